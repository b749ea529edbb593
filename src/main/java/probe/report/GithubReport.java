package probe.report;

import java.io.IOException;
import java.util.stream.Collectors;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Warning;

/**
 * A report as workflow commands of GitHub Actions: an error annotation for a fault, a warning annotation for each
 * warning, and one plain line for what is healthy.
 */
final class GithubReport {

    private GithubReport() {}

    static void write(Report report, Appendable out) throws IOException {
        StringBuilder lines = new StringBuilder();
        Diagnosis diagnosis = report.diagnosis();
        if (diagnosis == null && !report.isAsWanted()) {
            command(lines, "error", report.target().input() + ": healthy",
                    "wanted: " + String.join(", ", report.expectation().words()));
        } else if (diagnosis == null) {
            // A line of its own words first: the target alone could begin like a command.
            lines.append("probe: ").append(safe(report.target().input())).append(" is healthy\n");
        } else {
            StringBuilder text = new StringBuilder();
            TextReport.write(report, text, TextStyle.plain());
            command(lines, report.isAsWanted() ? "notice" : "error",
                    report.target().input() + ": " + diagnosis.kind().id() + ", "
                            + diagnosis.side().id() + " side, " + diagnosis.confidence().id()
                            + " confidence",
                    text.toString().stripTrailing());
        }
        for (Warning warning : report.warnings()) {
            command(lines, "warning", report.target().input() + ": " + warning.code(),
                    warning.text());
        }
        out.append(lines);
    }

    private static void command(StringBuilder lines, String name, String title, String message) {
        lines.append("::")
                .append(name)
                .append(" title=")
                .append(property(title))
                .append("::")
                .append(data(message))
                .append('\n');
    }

    /** As the runner undoes it (actions/toolkit, packages/core/src/command.ts: escapeData). */
    static String data(String text) {
        return text.lines()
                .map(line -> safe(line).replace("%", "%25"))
                .collect(Collectors.joining("%0A"));
    }

    /** As {@link #data}, and what would end a property (escapeProperty). */
    static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    private static String safe(String text) {
        return new Page(new TextStyle(TextStyle.Colour.NONE, TextStyle.Glyphs.UNICODE)).safe(text);
    }
}
