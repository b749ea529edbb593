package probe.report;

import java.io.IOException;
import java.io.StringWriter;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Warning;

/**
 * A run in the Test Anything Protocol, version 14: a test point for each target as it finishes, the plan at the end.
 * The YAML of a test point is written as JSON, which YAML 1.2 includes.
 */
final class TapReport implements ReportWriter {
    private final Appendable out;
    private int count;

    TapReport(Appendable out) {
        this.out = out;
    }

    @Override
    public void write(Report report) throws IOException {
        StringBuilder point = new StringBuilder(count == 0 ? "TAP version 14\n" : "");
        count++;
        Diagnosis diagnosis = report.diagnosis();
        point.append(diagnosis == null ? "ok " : "not ok ")
                .append(count)
                .append(" - ")
                .append(escape(report.target().input()));
        if (diagnosis != null) {
            point.append(": ").append(diagnosis.kind().id());
        }
        point.append("\n  ---\n  ").append(details(report)).append("\n  ...\n");
        out.append(point);
    }

    @Override
    public void end() throws IOException {
        out.append((count == 0 ? "TAP version 14\n" : "") + "1.." + count + "\n");
    }

    private static String details(Report report) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonOut json = new JsonOut(text, Layout.ONE_LINE)) {
            json.object(() -> details(json, report));
        }
        return text.toString();
    }

    private static void details(JsonOut json, Report report) throws IOException {
        json.millis("duration_ms", report.duration());
        Diagnosis diagnosis = report.diagnosis();
        if (diagnosis != null) {
            json.text("message", diagnosis.summary());
            json.text("severity", "fail");
            json.text("phase", diagnosis.phase().id());
            json.text("side", diagnosis.side().id());
            json.text("locus", diagnosis.locus().id());
            json.text("confidence", diagnosis.confidence().id());
        }
        json.words("warnings", report.warnings().stream().map(Warning::text).toList());
    }

    /** Backslash and hash, which would begin a directive, as version 14 asks; and what no terminal should be shown. */
    static String escape(String description) {
        return new Page(new TextStyle(TextStyle.Colour.NONE, TextStyle.Glyphs.UNICODE))
                .safe(description)
                .replace("\\", "\\\\")
                .replace("#", "\\#");
    }
}
