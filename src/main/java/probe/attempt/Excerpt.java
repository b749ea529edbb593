package probe.attempt;

/**
 * The first bytes of something that came from the network, made harmless.
 *
 * @param text printable ASCII as it is, {@code \r \n \t \\} and {@code \xNN} for the rest; stands for at most
 *     {@link #LIMIT} bytes
 * @param total how many bytes there were
 */
public record Excerpt(String text, long total) {
    /** How many bytes an excerpt shows at most. */
    public static final int LIMIT = 256;

    /** The excerpt of the first {@code length} bytes, of {@code total} that there were. */
    public static Excerpt of(byte[] bytes, int length, long total) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(length, LIMIT); i++) {
            append(text, bytes[i] & 0xff);
        }
        return new Excerpt(text.toString(), total);
    }

    /** The excerpt of all of these bytes. */
    public static Excerpt of(byte[] bytes) {
        return of(bytes, bytes.length, bytes.length);
    }

    private static void append(StringBuilder text, int b) {
        switch (b) {
            case '\r' -> text.append("\\r");
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            case '\\' -> text.append("\\\\");
            default -> {
                if (b >= 0x20 && b < 0x7f) {
                    text.append((char) b);
                } else {
                    text.append("\\x")
                            .append(Character.forDigit(b >> 4, 16))
                            .append(Character.forDigit(b & 15, 16));
                }
            }
        }
    }

    /** Any text made harmless: control characters escaped as {@code \\u001b}, cut to {@link #LIMIT}. */
    public static String printable(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length() && i < LIMIT; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || isFormatting(c)) {
                safe.append(String.format("\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return text.length() > LIMIT ? safe.append('…').toString() : safe.toString();
    }

    /** Direction marks, separators and lone surrogates can reorder or break what a terminal or parser shows. */
    private static boolean isFormatting(char c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.PRIVATE_USE || type == Character.UNASSIGNED;
    }

    /** Whether nothing was received. */
    public boolean isEmpty() {
        return total == 0;
    }
}
