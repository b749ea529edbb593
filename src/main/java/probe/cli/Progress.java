package probe.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import probe.diagnosis.Side;
import probe.profile.Durations;
import probe.report.RunSummary;

/**
 * The line on a terminal that says how far a run of many targets has come. Written over itself, at most ten times a
 * second, and taken away before anything else is shown. One thread at a time.
 */
final class Progress {
    /** Ten times a second: faster than anybody reads, slow enough to cost nothing. */
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** Back to the first column, and the rest of the line erased (ECMA-48 EL). */
    private static final String ERASE = "\r\033[K";

    private final PrintStream err;
    private final int targets;
    private final long began = System.nanoTime();
    private long shownAt;
    private Line line = Line.HIDDEN;

    private enum Line {
        SHOWN, HIDDEN
    }

    Progress(Console console, int targets) {
        this.err = new PrintStream(console.err(), false, StandardCharsets.UTF_8);
        this.targets = targets;
    }

    /** Takes the line away, so that something else can be written. */
    void hide() {
        if (line == Line.SHOWN) {
            err.print(ERASE);
            err.flush();
            line = Line.HIDDEN;
        }
    }

    /** Shows how far the run is, unless it has just been shown. */
    void show(RunSummary summary) {
        long now = System.nanoTime();
        if (line == Line.HIDDEN && summary.done() < targets
                || now - shownAt >= PAUSE.toNanos()) {
            err.print(ERASE + text(summary, Duration.ofNanos(now - began)));
            err.flush();
            shownAt = now;
            line = Line.SHOWN;
        }
    }

    private String text(RunSummary summary, Duration elapsed) {
        int done = summary.done();
        double rate = done / Math.max(0.001, elapsed.toNanos() / 1e9);
        String left = done == 0 ? ""
                : ", " + Durations.spoken(Duration.ofMillis(
                        Math.round((targets - done) / rate * 1_000))) + " left";
        return done + "/" + targets + " done, " + summary.failed(Side.CLIENT)
                + " failed here, " + summary.failed(Side.SERVER) + " there, "
                + Math.round(rate) + "/s" + left;
    }
}
