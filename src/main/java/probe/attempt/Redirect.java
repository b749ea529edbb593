package probe.attempt;

import java.util.Optional;

/**
 * An answer that sent the request on to another place, while redirects were to be followed.
 *
 * @param outcome whether it was followed, or why not
 * @param location where it led to: a URL without user name and password, or the reference as it stood when it is none
 */
public record Redirect(Outcome outcome, String location) {

    /** What became of it. */
    public enum Outcome {
        /** The next attempt asks there. */
        FOLLOWED("followed"),
        /** The same method and URL had been asked before in this chain. */
        LOOP("loop"),
        /** As many redirects as are allowed had been followed. */
        LIMIT("limit"),
        /** The reference names no place: its host, port or path is malformed. */
        MALFORMED("malformed"),
        /** It leads to a scheme other than http and https. */
        OTHER_SCHEME("other-scheme"),
        /** The body would have to be sent again, and came from standard input, which is read once. */
        BODY_SPENT("body-spent"),
        /** The body would have to be sent to another origin, which nobody asked for. */
        BODY_WITHHELD("body-withheld");

        private final String id;

        Outcome(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The value with this {@link #id()}. */
        public static Optional<Outcome> byId(String id) {
            for (Outcome value : values()) {
                if (value.id.equals(id)) {
                    return Optional.of(value);
                }
            }
            return Optional.empty();
        }
    }
}
