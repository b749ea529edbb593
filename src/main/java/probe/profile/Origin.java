package probe.profile;

/** Where a setting in force came from. */
public sealed interface Origin {

    /** The word for it in a report: {@code flag}, {@code profile:NAME}, {@code env:NAME}, {@code default}. */
    String id();

    /** Typed on the command line. */
    record Flag() implements Origin {
        @Override
        public String id() {
            return "flag";
        }
    }

    /**
     * Read from a profile.
     *
     * @param name the bundled profile's name, or the path of the file as it was typed
     */
    record FromProfile(String name) implements Origin {
        @Override
        public String id() {
            return "profile:" + name;
        }
    }

    /**
     * Read from an environment variable.
     *
     * @param variable the variable's name; never its value
     */
    record FromEnvironment(String variable) implements Origin {
        @Override
        public String id() {
            return "env:" + variable;
        }
    }

    /** Nobody said anything. */
    record Default() implements Origin {
        @Override
        public String id() {
            return "default";
        }
    }

    /** The origin with this {@link #id()}, as a saved report carries it. */
    static Origin byId(String id) {
        if (id.equals("flag")) {
            return new Flag();
        }
        if (id.startsWith("profile:")) {
            return new FromProfile(id.substring("profile:".length()));
        }
        if (id.startsWith("env:")) {
            return new FromEnvironment(id.substring("env:".length()));
        }
        return new Default();
    }
}
