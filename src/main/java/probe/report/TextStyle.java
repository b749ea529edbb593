package probe.report;

/**
 * What the terminal, or whatever stands in its place, can show.
 *
 * @param colour whether text may be coloured
 * @param glyphs which characters may be drawn with
 */
public record TextStyle(Colour colour, Glyphs glyphs) {
    /** Whether text may be coloured. */
    public enum Colour {
        /** By the SGR sequences of ECMA-48 §8.3.117. */
        ANSI,
        /** Not at all: no escape sequence is written. */
        NONE
    }

    /** Which characters may be drawn with. */
    public enum Glyphs {
        /** Blocks, marks and letters of every script. */
        UNICODE,
        /** Printable ASCII alone; any other character is written as {@code \\uXXXX}. */
        ASCII
    }

    /** For a pipe or a file: no colour, ASCII. */
    public static TextStyle plain() {
        return new TextStyle(Colour.NONE, Glyphs.ASCII);
    }

    /** The first where Unicode may be drawn, else the second. */
    String glyph(String unicode, String ascii) {
        return glyphs == Glyphs.UNICODE ? unicode : ascii;
    }
}
