package probe.report;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import probe.diagnosis.Facts;

/**
 * One recorded situation: a folder named after it, with what was seen ({@code facts.json}, recorded by
 * {@code CaseRecorder}, never written by hand), what is to be made of it ({@code diagnosis.json}) and the whole report
 * ({@code report.json}).
 *
 * @param folder where it lies
 */
public record GoldenCase(Path folder) {
    static final Path ROOT = Path.of(System.getProperty("basedir", "."), "src", "test", "resources",
            "cases");
    static final List<String> FILES = List.of("diagnosis.json", "facts.json", "report.json");

    /** Every case, by name. */
    static List<GoldenCase> all() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory).sorted().map(GoldenCase::new).toList();
        }
    }

    /** The case of this name. */
    public static GoldenCase named(String name) {
        return new GoldenCase(ROOT.resolve(name));
    }

    /**
     * Keeps the facts of a report as a case, or instead of those that the case had; the expectations follow.
     *
     * @param report JSON as the program wrote it
     */
    public static void record(String name, String report) throws IOException {
        GoldenCase golden = named(name);
        golden.write("facts.json", facts(ReportReader.report(report)));
        golden.expectToday();
    }

    /** Writes what the program of today makes of the facts as what is expected. */
    void expectToday() throws IOException {
        write("diagnosis.json", judgement(report()));
        write("report.json", whole(report()));
    }

    String name() {
        return String.valueOf(folder.getFileName());
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(file), text);
    }

    /** The report that the program of today makes of the recorded facts. */
    public Report report() throws IOException {
        JsonIn in = JsonIn.parse(read("facts.json"));
        Facts facts = ReportReader.facts(read("facts.json"));
        return Report.of(facts, SavedSettings.of(facts), in.instant("startedAt"),
                in.millis("durationMs"),
                ReportReader.environment(in.object("environment")));
    }

    /** What {@code facts.json} holds: the report without any judgement. */
    static String facts(Report report) throws IOException {
        return json(json -> {
            JsonReport.head(json, report);
            JsonReport.facts(json, report);
        });
    }

    /** What {@code diagnosis.json} holds. */
    static String judgement(Report report) throws IOException {
        return json(json -> {
            JsonJudgement.write(json, report.diagnosis());
            JsonJudgement.write(json, report.advice());
            JsonJudgement.writeAll(json, report.warnings());
        });
    }

    /** What {@code report.json} holds. */
    static String whole(Report report) throws IOException {
        StringBuilder out = new StringBuilder();
        JsonReport.write(report, out, Layout.INDENTED);
        return out.toString();
    }

    private static String json(JsonOut.Element<JsonOut> content) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonOut json = new JsonOut(out, Layout.INDENTED)) {
            json.object(() -> content.write(json));
        }
        return out.append('\n').toString();
    }
}
