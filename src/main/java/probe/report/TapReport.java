package probe.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Warning;

/**
 * A run in the Test Anything Protocol: a test point for each target as it finishes, the plan at the end. Version 13,
 * as Perl's own harness refuses 14, and its diagnostics in the simple YAML that it reads.
 */
final class TapReport implements ReportWriter {
    private static final String VERSION = "TAP version 13\n";

    private final Appendable out;
    private int count;

    TapReport(Appendable out) {
        this.out = out;
    }

    @Override
    public void write(Report report) throws IOException {
        StringBuilder point = new StringBuilder(count == 0 ? VERSION : "");
        count++;
        Diagnosis diagnosis = report.diagnosis();
        point.append(report.isAsWanted() ? "ok " : "not ok ")
                .append(count)
                .append(" - ")
                .append(description(report.target().input()));
        if (diagnosis != null) {
            point.append(": ").append(diagnosis.kind().id());
        }
        point.append("\n  ---\n");
        details(point, report);
        out.append(point.append("  ...\n"));
    }

    @Override
    public void end() throws IOException {
        out.append((count == 0 ? VERSION : "") + "1.." + count + "\n");
    }

    private static void details(StringBuilder yaml, Report report) {
        field(yaml, "duration_ms", BigDecimal.valueOf(report.duration().toNanos(), 6)
                .setScale(3, RoundingMode.HALF_UP)
                .toPlainString());
        Diagnosis diagnosis = report.diagnosis();
        if (diagnosis != null) {
            field(yaml, "message", quoted(diagnosis.summary()));
            field(yaml, "severity", report.isAsWanted() ? "comment" : "fail");
            field(yaml, "phase", diagnosis.phase().id());
            field(yaml, "side", diagnosis.side().id());
            field(yaml, "locus", diagnosis.locus().id());
            field(yaml, "confidence", diagnosis.confidence().id());
        }
        if (!report.warnings().isEmpty()) {
            yaml.append("  warnings:\n");
            for (Warning warning : report.warnings()) {
                yaml.append("    - ").append(quoted(warning.text())).append('\n');
            }
        }
    }

    private static void field(StringBuilder yaml, String name, String value) {
        yaml.append("  ").append(name).append(": ").append(value).append('\n');
    }

    /** A double-quoted scalar; nothing is left in it that would need more than these two escapes. */
    private static String quoted(String text) {
        return '"' + safe(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** With backslash and hash escaped: a hash would begin a directive. */
    static String description(String text) {
        return safe(text).replace("\\", "\\\\").replace("#", "\\#");
    }

    private static String safe(String text) {
        return new Page(new TextStyle(TextStyle.Colour.NONE, TextStyle.Glyphs.UNICODE)).safe(text);
    }
}
