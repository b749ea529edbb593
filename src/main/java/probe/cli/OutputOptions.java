package probe.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import probe.diagnosis.Kind;
import probe.profile.Suggestions;
import probe.report.Expectation;
import probe.report.Format;

/**
 * What is written, where, and how much of it.
 *
 * @param outlets every written form, standard output among them
 * @param order in which reports come
 * @param summary whether a summary comes last
 * @param colour whether text is coloured
 * @param talk how much is said on standard error
 * @param expectation what the user wants the outcome to be
 */
record OutputOptions(List<Outlet> outlets, Order order, Summary summary, Colour colour, Talk talk,
        Expectation expectation) {

    /**
     * One written form.
     *
     * @param format how it is written
     * @param file where to, or null for standard output
     */
    record Outlet(Format format, @Nullable Path file) {}

    /** In which order reports come. */
    enum Order {
        /** As targets finish. */
        FINISHED,
        /** As targets were given. */
        GIVEN
    }

    /** What comes last. */
    enum Summary {
        /** Nothing of its own. */
        NONE,
        /** Counts of the run. */
        LAST
    }

    /** When text is coloured. */
    enum Colour {
        /** On a terminal that does not decline it. */
        AUTO,
        /** In any case. */
        ALWAYS,
        /** In no case. */
        NEVER
    }

    /** How much is said on standard error; each says more than the one before. */
    enum Talk {
        /** Nothing but complaints. */
        QUIET,
        /** Progress and the verdict, on a terminal. */
        NORMAL,
        /** What is done as it happens. */
        VERBOSE,
        /** That, and the stack of every exception. */
        DEBUG;

        boolean includes(Talk other) {
            return compareTo(other) >= 0;
        }
    }

    /** What is in force when nobody says anything. */
    static OutputOptions defaults() {
        return new OutputOptions(List.of(new Outlet(Format.JSON, null)), Order.FINISHED,
                Summary.NONE, Colour.AUTO, Talk.NORMAL, Expectation.healthy());
    }

    /**
     * Reads them.
     *
     * @param typed what was typed
     */
    record Reader(MatchedOptions typed) {

        OutputOptions read() {
            return new OutputOptions(outlets(),
                    typed.has("--ordered") ? Order.GIVEN : Order.FINISHED,
                    typed.has("--summary") ? Summary.LAST : Summary.NONE, colour(), talk(),
                    expectation());
        }

        /** Every {@code --format}; the one without a file goes to {@code --output}, if that is given. */
        private List<Outlet> outlets() {
            Path output = typed.has("--output") ? path("--output", typed.textOr("--output", ""))
                    : null;
            List<Outlet> outlets = new ArrayList<>();
            Format plain = null;
            for (String text : typed.texts("--format")) {
                int equals = text.indexOf('=');
                Format format = MatchedOptions.named("--format",
                        equals < 0 ? text : text.substring(0, equals), Reader::format);
                if (equals >= 0) {
                    outlets.add(new Outlet(format, path("--format", text.substring(equals + 1))));
                } else if (plain != null) {
                    throw new UsageException(
                            "--format is given twice without a file; type --format "
                                    + format.id() + "=FILE for the second");
                } else {
                    plain = format;
                }
            }
            outlets.addFirst(new Outlet(plain == null ? Format.JSON : plain, output));
            return List.copyOf(outlets);
        }

        private static Format format(String text) {
            return Format.byId(text)
                    .orElseThrow(() -> new IllegalArgumentException(OptionsReader.quote(text)
                            + " is no format; type one of " + OptionTable.formats()));
        }

        private static Path path(String option, String text) {
            try {
                Path path = Path.of(text);
                Path folder = path.toAbsolutePath().getParent();
                if (!text.isEmpty() && folder != null && folder.toFile().isDirectory()
                        && !path.toFile().isDirectory()) {
                    return path;
                }
            } catch (InvalidPathException e) {
                // falls through to the same complaint: nothing can be written there
            }
            throw new UsageException(option + ": cannot write the file " + OptionsReader.quote(text)
                    + "; type a name in a folder that exists");
        }

        private Colour colour() {
            return switch (typed.textOr("--color", "auto")) {
                case "auto" -> Colour.AUTO;
                case "always" -> Colour.ALWAYS;
                case "never" -> Colour.NEVER;
                default -> throw new UsageException(
                        "--color: " + OptionsReader.quote(typed.textOr("--color", ""))
                                + " is none of auto, always, never");
            };
        }

        private Talk talk() {
            if (typed.has("--quiet") && (typed.has("--verbose") || typed.has("--debug"))) {
                throw new UsageException("--quiet excludes --verbose and --debug; leave one out");
            }
            return typed.has("--debug") ? Talk.DEBUG
                    : typed.has("--verbose") ? Talk.VERBOSE
                            : typed.has("--quiet") ? Talk.QUIET : Talk.NORMAL;
        }

        private Expectation expectation() {
            Set<Kind> kinds = EnumSet.noneOf(Kind.class);
            for (String text : typed.texts("--expect-kind")) {
                kinds.add(MatchedOptions.named("--expect-kind", text, Reader::kind));
            }
            if (!typed.has("--expect-healthy")) {
                return kinds.isEmpty() ? Expectation.healthy() : Expectation.of(kinds);
            }
            return switch (typed.textOr("--expect-healthy", "true")) {
                case "true" -> kinds.isEmpty() ? Expectation.healthy()
                        : Expectation.healthyOr(kinds);
                case "false" -> kinds.isEmpty() ? Expectation.anyFault() : Expectation.of(kinds);
                default -> throw new UsageException("--expect-healthy: "
                        + OptionsReader.quote(typed.textOr("--expect-healthy", ""))
                        + " is neither true nor false");
            };
        }

        static Kind kind(String text) {
            return Kind.byId(text)
                    .orElseThrow(() -> new IllegalArgumentException(OptionsReader.quote(text)
                            + " is no kind of fault" + Suggestions.closest(text, kinds())
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("; probe --help-kinds lists them all")));
        }

        private static Set<String> kinds() {
            Set<String> ids = new java.util.TreeSet<>();
            for (Kind kind : Kind.values()) {
                ids.add(kind.id());
            }
            return ids;
        }
    }
}
