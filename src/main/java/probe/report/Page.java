package probe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lines for people, being written: at most 80 columns, unless a single word is longer (a command must stay whole to
 * be copied). Every character is made harmless here, so that no text from the network steers the terminal.
 */
final class Page {
    static final int WIDTH = 80;
    /** How typographic characters are spelled where only ASCII can be shown. */
    private static final Map<Character, String> SPELLED = Map.of('…', "...", '–', "-", '—', "-",
            '×', "x", '’', "'", '‘', "'", '“', "\"", '”', "\"");

    private final TextStyle style;
    private final StringBuilder out = new StringBuilder();

    /** What a line is coloured with: an SGR parameter. */
    enum Ink {
        PLAIN(""), BOLD("1"), DIM("2"), RED("31"), GREEN("32"), YELLOW("33");

        private final String parameter;

        Ink(String parameter) {
            this.parameter = parameter;
        }
    }

    Page(TextStyle style) {
        this.style = style;
    }

    TextStyle style() {
        return style;
    }

    /** One line as it is, however long. */
    void line(Ink ink, String text) {
        out.append(paint(ink, safe(text).stripTrailing())).append('\n');
    }

    void blank() {
        out.append('\n');
    }

    /** Wrapped at the width, each line behind the indent. */
    void paragraph(int indent, Ink ink, String text) {
        item(" ".repeat(indent), ink, text);
    }

    /** Wrapped at the width; the first line begins with the label, the others are indented as far. */
    void item(String label, Ink ink, String text) {
        String begin = label;
        for (String line : wrap(safe(text), WIDTH - label.length())) {
            out.append(paint(ink, (begin + line).stripTrailing())).append('\n');
            begin = " ".repeat(label.length());
        }
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split(" +", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** The text with everything that could harm or not be shown written as {@code \\uXXXX}. */
    String safe(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (TerminalSafeEscapes.isUnsafe(c)) {
                safe.append(String.format("\\u%04x", (int) c));
            } else if (c >= 0x80 && style.glyphs() == TextStyle.Glyphs.ASCII) {
                safe.append(SPELLED.getOrDefault(c, String.format("\\u%04x", (int) c)));
            } else {
                safe.append(c);
            }
        }
        return WorkflowCommands.disarmed(safe.toString());
    }

    private String paint(Ink ink, String text) {
        return ink == Ink.PLAIN || text.isEmpty() || style.colour() == TextStyle.Colour.NONE ? text
                : "\u001b[" + ink.parameter + "m" + text + "\u001b[0m";
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
