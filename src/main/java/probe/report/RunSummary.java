package probe.report;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Kind;
import probe.diagnosis.Side;

/** How a run of many targets went: counts, added up as reports come. One thread at a time. */
public final class RunSummary {
    /** The version of the form; changed only by breaking it. */
    public static final String SCHEMA = "probe-summary/1";

    private final Map<Side, Integer> sides = new EnumMap<>(Side.class);
    private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    private int healthy;
    private int unwanted;

    /** Counts one report. */
    public void add(Report report) {
        Diagnosis diagnosis = report.diagnosis();
        if (diagnosis == null) {
            healthy++;
        } else {
            sides.merge(diagnosis.side(), 1, Integer::sum);
            kinds.merge(diagnosis.kind(), 1, Integer::sum);
        }
        if (!report.isAsWanted()) {
            unwanted++;
        }
    }

    /** How many targets have a report. */
    public int done() {
        return healthy + failed(Side.CLIENT) + failed(Side.SERVER);
    }

    /** How many targets are healthy. */
    public int healthy() {
        return healthy;
    }

    /** How many faults lie on this side. */
    public int failed(Side side) {
        return sides.getOrDefault(side, 0);
    }

    /**
     * The summary as one JSON object, ended by a line feed; {@code schema} tells it from a report.
     *
     * @param targets how many there are, those that were never reached included
     */
    public String json(int targets, Concurrency concurrency, Duration duration, Layout layout)
            throws IOException {
        StringWriter text = new StringWriter();
        try (JsonOut json = new JsonOut(text, layout)) {
            json.object(() -> {
                json.text("schema", SCHEMA);
                json.number("targets", targets);
                json.number("healthy", healthy);
                json.line("failed", () -> {
                    json.number("client", failed(Side.CLIENT));
                    json.number("server", failed(Side.SERVER));
                });
                json.number("notProbed", targets - done());
                json.number("notAsWanted", unwanted);
                json.line("kinds", () -> {
                    for (Map.Entry<Kind, Integer> entry : kinds.entrySet()) {
                        json.number(entry.getKey().id(), entry.getValue());
                    }
                });
                json.line("concurrency", () -> {
                    json.number("asked", concurrency.asked());
                    json.number("used", concurrency.used());
                    if (concurrency.openFiles() != null) {
                        json.number("openFilesLimit", concurrency.openFiles());
                    }
                });
                json.millis("durationMs", duration);
            });
        }
        return text.append('\n').toString();
    }

    /** The summary as one line for people. */
    public String line(int targets, Duration duration) {
        int left = targets - done();
        return targets + (targets == 1 ? " target: " : " targets: ") + healthy + " healthy, "
                + failed(Side.CLIENT) + " failed on the client side, " + failed(Side.SERVER)
                + " on the server side" + (left == 0 ? "" : ", " + left + " not probed") + ", in "
                + probe.profile.Durations.spoken(duration) + "\n";
    }
}
