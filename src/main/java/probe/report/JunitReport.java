package probe.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Kind;

/**
 * A run as one JUnit XML document, in the shape that Maven Surefire made common and that every CI server reads. A
 * fault is a {@code failure}, a defect of this program an {@code error}. Written at the end, because the counts come
 * first.
 */
final class JunitReport implements ReportWriter {
    private final Appendable out;
    private final List<Report> reports = new ArrayList<>();

    JunitReport(Appendable out) {
        this.out = out;
    }

    @Override
    public void write(Report report) {
        reports.add(report);
    }

    @Override
    public void end() throws IOException {
        long defects = reports.stream().filter(JunitReport::isDefect).count();
        long faults = reports.stream().filter(report -> !report.isAsWanted()).count() - defects;
        Duration total = reports.stream()
                .map(Report::duration)
                .reduce(Duration.ZERO, Duration::plus);
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        String counts = " tests=\"" + reports.size() + "\" failures=\"" + faults + "\" errors=\""
                + defects
                + "\" time=\"" + seconds(total) + "\"";
        xml.append("<testsuites name=\"probe\"").append(counts).append(">\n");
        xml.append("  <testsuite name=\"probe\" skipped=\"0\"")
                .append(counts)
                .append(timestamp())
                .append(">\n");
        for (Report report : reports) {
            testCase(xml, report);
        }
        out.append(xml.append("  </testsuite>\n</testsuites>\n"));
    }

    private static boolean isDefect(Report report) {
        return report.diagnosis() != null && !report.isAsWanted()
                && report.diagnosis().kind() == Kind.UNCLASSIFIED;
    }

    /** The start of the first, in UTC without a zone: the document's schema knows none. */
    private String timestamp() {
        return reports.stream()
                .map(Report::startedAt)
                .min(Instant::compareTo)
                .map(start -> " timestamp=\"" + DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")
                        .withZone(ZoneOffset.UTC)
                        .format(start) + "\"")
                .orElse("");
    }

    private static void testCase(StringBuilder xml, Report report) throws IOException {
        xml.append("    <testcase classname=\"probe.")
                .append(report.target().scheme().id())
                .append("\" name=\"")
                .append(escape(report.target().input()))
                .append("\" time=\"")
                .append(seconds(report.duration()))
                .append("\">\n");
        StringBuilder text = new StringBuilder();
        TextReport.write(report, text, TextStyle.plain());
        Diagnosis diagnosis = report.diagnosis();
        if (report.isAsWanted()) {
            xml.append("      <system-out>")
                    .append(escape(text.toString()))
                    .append("</system-out>\n");
        } else {
            String element = isDefect(report) ? "error" : "failure";
            xml.append("      <")
                    .append(element)
                    .append(" type=\"")
                    .append(diagnosis == null ? "healthy" : diagnosis.kind().id())
                    .append("\" message=\"")
                    .append(escape(diagnosis == null ? unwanted(report) : diagnosis.summary()))
                    .append("\">")
                    .append(escape(text.toString()))
                    .append("</")
                    .append(element)
                    .append(">\n");
        }
        xml.append("    </testcase>\n");
    }

    /** What a healthy target is called that was meant to fail. */
    private static String unwanted(Report report) {
        return report.target() + " is healthy; wanted: "
                + String.join(", ", report.expectation().words());
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9)
                .setScale(3, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /**
     * Markup escaped, for text and attributes alike. What XML 1.0 §2.2 does not allow, not even as a reference, is
     * written as {@code \\uXXXX}, together with what no terminal should be shown.
     */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '#' -> escaped.append("&#35;"); // a runner's ##[command] counts anywhere in a line
                case '\n' -> escaped.append(c);
                default -> escaped.append(
                        TerminalSafeEscapes.isUnsafe(c) ? String.format("\\u%04x", (int) c)
                                : String.valueOf(c));
            }
        }
        return escaped.toString();
    }
}
