package probe.profile;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Bytes as users type them in {@code --send} and {@code --expect}. In a {@link Step} every byte is one character
 * (ISO 8859-1).
 */
public final class Escapes {
    private static final String KNOWN = "type \\r \\n \\t \\0 \\\\ or \\xNN";

    private Escapes() {}

    /**
     * The bytes that an argument of {@code --send} stands for: {@code \r \n \t \0 \\ \xNN} are undone, other
     * characters are sent as UTF-8.
     *
     * @throws IllegalArgumentException with one line saying where an escape is wrong and what to type instead
     */
    public static String unescape(String text) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < text.length();) {
            int backslash = text.indexOf('\\', i);
            int plainEnd = backslash < 0 ? text.length() : backslash;
            bytes.append(utf8(text.substring(i, plainEnd)));
            i = backslash < 0 ? plainEnd : backslash + escape(text, backslash, bytes);
        }
        return bytes.toString();
    }

    /** Undoes the escape at {@code at} and says how long it is. */
    private static int escape(String text, int at, StringBuilder bytes) {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
        switch (kind) {
            case 'r' -> bytes.append('\r');
            case 'n' -> bytes.append('\n');
            case 't' -> bytes.append('\t');
            case '0' -> bytes.append('\0');
            case '\\' -> bytes.append('\\');
            case 'x' -> {
                bytes.append(hex(text, at));
                return 4;
            }
            default -> throw new IllegalArgumentException(at + 1 < text.length()
                    ? "unknown escape " + Quote.of(text.substring(at, at + 2)) + position(at) + "; "
                            + KNOWN
                    : "a lone backslash ends the text" + position(at)
                            + "; type \\\\ for a backslash");
        }
        return 2;
    }

    private static char hex(String text, int at) {
        String digits = text.substring(at + 2, Math.min(at + 4, text.length()));
        if (!digits.matches("[0-9A-Fa-f]{2}")) {
            throw new IllegalArgumentException("\\x" + position(at)
                    + " needs two hexadecimal digits; type \\x0d for a carriage return");
        }
        return (char) Integer.parseInt(digits, 16);
    }

    /**
     * The pattern over bytes that an argument of {@code --expect} stands for. Escapes are the regular expression's
     * own, which know {@code \r \n \t \xNN} too; a character beyond ASCII stands for its UTF-8 bytes.
     *
     * @throws IllegalArgumentException with one line saying where the expression is wrong
     */
    public static String pattern(String text) {
        check(text);
        return utf8(text);
    }

    /**
     * The same text, when it is a regular expression.
     *
     * @throws IllegalArgumentException with one line saying where the expression is wrong
     */
    public static String regularExpression(String text) {
        check(text);
        return text;
    }

    static void check(String pattern) {
        try {
            Pattern.compile(pattern, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            int at = Math.clamp(e.getIndex(), 0, pattern.length());
            throw new IllegalArgumentException(Quote.of(pattern) + " is not a regular expression"
                    + position(at) + ": " + Quote.bare(e.getDescription()));
        }
    }

    private static String position(int at) {
        return " at character " + (at + 1);
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
