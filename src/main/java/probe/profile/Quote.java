package probe.profile;

/** A user's own words inside a message of one line. */
final class Quote {
    private static final int MAX = 60;

    private Quote() {}

    /** The text in single quotes, cut to 60 characters, what would break or reorder the line escaped. */
    static String of(String text) {
        return "'" + bare(text) + "'";
    }

    /** The same without the quotes. */
    static String bare(String text) {
        return bare(text, MAX);
    }

    /** The same without the quotes, cut to {@code max} characters. */
    static String bare(String text, int max) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(max).forEach(c -> append(shown, c));
        return text.codePointCount(0, text.length()) > max ? shown.append('…').toString()
                : shown.toString();
    }

    private static void append(StringBuilder shown, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.PRIVATE_USE,
                    Character.UNASSIGNED -> shown.append(String.format("\\u%04x", c));
            default -> shown.appendCodePoint(c);
        }
    }
}
