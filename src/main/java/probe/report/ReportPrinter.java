package probe.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;

/** Two spaces a level, a line for each field; small objects and lists of words stay on one line. */
final class ReportPrinter implements PrettyPrinter {
    private static final String INDENT = "  ";

    private int depth;
    private int lines;
    private int lineDepth;

    /** Whatever is opened from here on stays on one line, until {@link #leaveLine}. */
    void enterLine() {
        if (lines == 0) {
            lineDepth = depth;
        }
        lines++;
    }

    void leaveLine() {
        lines--;
    }

    private boolean inLine() {
        return lines > 0 && depth > lineDepth;
    }

    @Override
    public void writeRootValueSeparator(JsonGenerator out) throws IOException {
        out.writeRaw('\n');
    }

    @Override
    public void writeStartObject(JsonGenerator out) throws IOException {
        out.writeRaw('{');
        depth++;
    }

    @Override
    public void beforeObjectEntries(JsonGenerator out) throws IOException {
        indent(out);
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
        out.writeRaw(": ");
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
        separate(out);
    }

    @Override
    public void writeEndObject(JsonGenerator out, int entries) throws IOException {
        end(out, entries, '}');
    }

    @Override
    public void writeStartArray(JsonGenerator out) throws IOException {
        out.writeRaw('[');
        depth++;
    }

    @Override
    public void beforeArrayValues(JsonGenerator out) throws IOException {
        indent(out);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
        separate(out);
    }

    @Override
    public void writeEndArray(JsonGenerator out, int values) throws IOException {
        end(out, values, ']');
    }

    private void separate(JsonGenerator out) throws IOException {
        out.writeRaw(inLine() ? ", " : ",");
        indent(out);
    }

    private void end(JsonGenerator out, int inside, char bracket) throws IOException {
        boolean breaks = inside > 0 && !inLine();
        depth--;
        if (breaks) {
            indent(out);
        }
        out.writeRaw(bracket);
    }

    private void indent(JsonGenerator out) throws IOException {
        if (!inLine()) {
            out.writeRaw('\n');
            out.writeRaw(INDENT.repeat(depth));
        }
    }
}
