package probe.report;

import probe.diagnosis.Facts;
import probe.diagnosis.PoolUse;
import probe.diagnosis.Series;
import probe.diagnosis.Warning;
import probe.target.Scheme;
import probe.target.Target;

/**
 * Reads what {@link JsonReport} wrote, so that every saved report can be diagnosed again, without a network.
 *
 * <p>Nothing is lost but what was never written: durations below a microsecond, and the user name and password
 * of a URL. Names that follow from other fields ({@code outcome}, {@code alsoKnownAs}) are not read.
 */
public final class ReportReader {

    private ReportReader() {}

    /**
     * The report that the text is.
     *
     * @throws ReportFormatException naming the first field that is missing or not what it should be
     */
    public static Report report(String json) {
        JsonIn in = open(json);
        Facts facts = facts(in);
        return new Report(facts.target(), in.instant("startedAt"), in.millis("durationMs"),
                in.optional("diagnosis", JudgementReader::diagnosis),
                in.optional("advice", JudgementReader::advice), facts.attempts(),
                facts.observations(),
                in.list("warnings",
                        warning -> new Warning(warning.text("code"), warning.text("text"))),
                environment(in.object("environment")), expectation(in),
                in.optional("series", series -> (Series) counted(series, "series", Series.class)),
                in.optional("pool", pool -> (PoolUse) counted(pool, "pool", PoolUse.class)));
    }

    /**
     * The facts alone, of a report whose judgement need not be there.
     *
     * @throws ReportFormatException naming the first field that is missing or not what it should be
     */
    public static Facts facts(String json) {
        return facts(open(json));
    }

    private static JsonIn open(String json) {
        JsonIn in = JsonIn.parse(json);
        if (!in.text("schema").equals(Report.SCHEMA)) {
            throw in.wrong("schema", "is '" + in.text("schema") + "', not '" + Report.SCHEMA + "'");
        }
        return in;
    }

    private static Facts facts(JsonIn in) {
        return new Facts(target(in.object("target")), in.list("attempts", AttemptReader::attempt),
                ObservationReader.observations(in));
    }

    private static Target target(JsonIn target) {
        String path = target.optionalText("path");
        return new Target(target.text("input"), target.word("scheme", Scheme.values(), Scheme::id),
                target.text("host"), target.smallNumber("port"), path == null ? "" : path, null);
    }

    private static Record counted(JsonIn counts, String definition, Class<?> type) {
        return RecordReader.read(counts, type, JsonIn.parse(ReportSchema.text())
                .object("$defs")
                .object(definition));
    }

    private static Expectation expectation(JsonIn in) {
        Expectation wanted = in.optional("expectation",
                expectation -> Expectation.parse(expectation.words("wanted")));
        return wanted == null ? Expectation.healthy() : wanted;
    }

    static Report.Environment environment(JsonIn environment) {
        return new Report.Environment(environment.text("os"), environment.text("program"),
                environment.text("kernelEvidence"));
    }
}
