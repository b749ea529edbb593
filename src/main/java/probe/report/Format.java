package probe.report;

import java.util.Optional;

/** The written forms of a run: the one list of them. */
public enum Format {
    /** One JSON object a target, by the schema {@link ReportSchema}. */
    JSON("json"),
    /** For people. */
    TEXT("text"),
    /** One JUnit XML document, a test case for each target, for continuous integration. */
    JUNIT("junit"),
    /** Workflow commands of GitHub Actions: an annotation for each fault and each warning. */
    GITHUB("github"),
    /** Prometheus text exposition format 0.0.4, for the textfile collector or a push gateway. */
    PROMETHEUS("prometheus"),
    /** Test Anything Protocol, version 13. */
    TAP("tap");

    private final String id;

    Format(String id) {
        this.id = id;
    }

    /** The word for it on the command line. */
    public String id() {
        return id;
    }

    /** The format with this {@link #id()}. */
    public static Optional<Format> byId(String id) {
        for (Format format : values()) {
            if (format.id.equals(id)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * A writer for one run.
     *
     * @param out where to
     * @param layout of {@link #JSON}; the others have one of their own
     * @param style of {@link #TEXT}; the others are never coloured
     */
    public ReportWriter writer(Appendable out, Layout layout, TextStyle style) {
        return switch (this) {
            case JSON -> report -> JsonReport.write(report, out, layout);
            case TEXT -> report -> TextReport.write(report, out, style);
            case JUNIT -> new JunitReport(out);
            case GITHUB -> report -> GithubReport.write(report, out);
            case PROMETHEUS -> new PrometheusReport(out);
            case TAP -> new TapReport(out);
        };
    }
}
