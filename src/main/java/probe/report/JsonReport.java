package probe.report;

import java.io.IOException;
import java.io.StringWriter;
import probe.target.Target;

/**
 * A report as one JSON object, ended by a line feed. Its shape is the schema {@link ReportSchema}.
 *
 * <p>What absence looks like: in the judgement ({@code diagnosis}, {@code advice}) every field is always there, and
 * null when there is nothing to say; in the facts, what was not seen is not there. Arrays are always there.
 * Durations are milliseconds with at most three decimals. The user name and password of a URL are never written.
 */
public final class JsonReport {

    private JsonReport() {}

    /**
     * Writes the report with a single call of {@code append}, so that reports of several threads do not mix.
     *
     * @throws IOException when {@code out} throws it
     */
    public static void write(Report report, Appendable out, Layout layout) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonOut json = new JsonOut(text, layout)) {
            json.object(() -> report(json, report));
        }
        out.append(text.append('\n').getBuffer());
    }

    private static void report(JsonOut json, Report report) throws IOException {
        head(json, report);
        json.text("outcome", report.isHealthy() ? "healthy" : "failed");
        if (!report.expectation().isUsual()) {
            json.line("expectation", () -> {
                json.words("wanted", report.expectation().words());
                json.flag("met", report.isAsWanted());
            });
        }
        JsonJudgement.write(json, report.diagnosis());
        JsonJudgement.write(json, report.advice());
        JsonJudgement.writeAll(json, report.warnings());
        json.optional(report.series(),
                series -> json.object("series", () -> JsonRecord.write(json, series)));
        json.optional(report.pool(),
                pool -> json.object("pool", () -> JsonRecord.write(json, pool)));
        facts(json, report);
    }

    /** What was asked, and when. */
    static void head(JsonOut json, Report report) throws IOException {
        json.text("schema", Report.SCHEMA);
        json.line("target", () -> target(json, report.target()));
        json.instant("startedAt", report.startedAt());
        json.millis("durationMs", report.duration());
    }

    /** What was seen, apart from any judgement. */
    static void facts(JsonOut json, Report report) throws IOException {
        JsonAttempt.writeAll(json, report.attempts());
        JsonObservations.write(json, report.observations());
        json.object("environment", () -> environment(json, report));
    }

    private static void target(JsonOut json, Target target) throws IOException {
        json.text("input", target.input());
        json.text("scheme", target.scheme().id());
        json.text("host", target.host());
        json.number("port", target.port());
        json.optionalText("path", target.path().isEmpty() ? null : target.path());
    }

    private static void environment(JsonOut json, Report report) throws IOException {
        json.text("os", report.environment().os());
        json.text("program", report.environment().program());
        json.text("kernelEvidence", report.environment().kernelEvidence());
        JsonObservations.writeSynSchedule(json, report.observations());
    }
}
