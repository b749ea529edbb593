package probe.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;
import probe.cli.OutputOptions.Talk;
import probe.diagnosis.Diagnosis;
import probe.profile.Durations;

/** The line on a terminal that says what is still waited for; nothing at all where nobody sees it. */
final class WaitLine implements AutoCloseable {
    /** Twice a second: often enough for a clock, and no burden. */
    private static final long PERIOD_MILLIS = 500;
    /** Back to the first column, and the rest of the line erased (ECMA-48 EL). */
    private static final String ERASE = "\r\033[K";
    /** What fits every terminal. */
    private static final int COLUMNS = 79;

    private final PrintStream err;
    private final Duration patience;
    private final List<SeriesRun> all;
    private final long began = System.nanoTime();
    private final @Nullable ScheduledExecutorService timer;
    private boolean closed;

    WaitLine(Console console, WaitOptions options, List<SeriesRun> all) {
        this.err = new PrintStream(console.err(), false, StandardCharsets.UTF_8);
        this.patience = options.patience();
        this.all = List.copyOf(all);
        boolean seen = console.errIsTerminal() == Console.Reader.TERMINAL
                && options.probing().output().talk() == Talk.NORMAL;
        this.timer = seen ? Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("probe-wait-line").factory()) : null;
        if (timer != null) {
            var _ = timer.scheduleAtFixedRate(this::show, PERIOD_MILLIS, PERIOD_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void show() {
        if (!closed) {
            err.print(ERASE + text(Duration.ofNanos(System.nanoTime() - began)));
            err.flush();
        }
    }

    private String text(Duration elapsed) {
        List<String> pending = new ArrayList<>();
        for (SeriesRun series : all) {
            if (series.last() != SeriesRun.Last.HEALTHY) {
                Diagnosis diagnosis = series.lastDiagnosis();
                pending.add(series.target().hostPort() + (diagnosis == null ? ""
                        : " (" + diagnosis.kind().id() + ")"));
            }
        }
        String clock = elapsed.toSeconds() + " s of "
                + Durations.spoken(patience);
        String text = clock + ", " + (all.size() - pending.size()) + "/" + all.size()
                + " ready, waiting for " + Excerpt.printable(String.join(", ", pending));
        return text.length() <= COLUMNS ? text : text.substring(0, COLUMNS - 1) + "…";
    }

    /** Takes the line away. */
    @Override
    public synchronized void close() {
        if (timer != null && !closed) {
            timer.shutdownNow();
            err.print(ERASE);
            err.flush();
        }
        closed = true;
    }
}
