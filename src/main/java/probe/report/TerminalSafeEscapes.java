package probe.report;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * Which characters of a JSON string are written as {@code \\uXXXX}. JSON itself asks for quotes, backslash and
 * U+0000 to U+001F (RFC 8259 §7). Here also everything that can steer, reorder or break what a terminal shows:
 * DEL, the C1 controls of U+0080 to U+009F, line and paragraph separators, direction marks and other format
 * characters, private and unassigned ones, and surrogates; and the hash, which may begin a command to a workflow
 * runner that reads the line. Letters of every script stay readable; no value is
 * lost, as a parser undoes it all.
 */
final class TerminalSafeEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int DEL = 0x7f;

    private final int[] ascii = standardAsciiEscapesForJSON();

    TerminalSafeEscapes() {
        ascii[DEL] = ESCAPE_STANDARD;
        ascii['#'] = ESCAPE_STANDARD; // see WorkflowCommands
    }

    /** Whether the character is unfit for a terminal, and so is never written as it is. */
    static boolean isUnsafe(int c) {
        if (c < DEL) {
            return c < ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.SURROGATE, Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        return isUnsafe(c) ? new SerializedString(String.format("\\u%04x", c)) : null;
    }
}
