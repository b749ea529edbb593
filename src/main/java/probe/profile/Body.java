package probe.profile;

import java.nio.file.Path;

/** What an HTTP request carries; never shown in a report. */
public sealed interface Body {

    /** Nothing. */
    record None() implements Body {}

    /**
     * The words after {@code --data}, sent as UTF-8.
     *
     * @param text the body
     */
    record Text(String text) implements Body {
        @Override
        public String toString() {
            return "text of " + text.length() + " characters";
        }
    }

    /**
     * A file, streamed: {@code --data @FILE}.
     *
     * @param path the file, checked to be readable before anything is opened
     */
    record File(Path path) implements Body {}

    /** Standard input, streamed once: {@code --data @-}. */
    record StandardInput() implements Body {}
}
