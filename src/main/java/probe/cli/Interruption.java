package probe.cli;

import java.util.Map;
import java.util.TreeMap;
import probe.report.Expectation;

/**
 * What is still told when a signal ends the run: of a series that was under way, a report on the rounds that had been
 * made; a report that is being written is finished, and no other begun.
 */
final class Interruption {
    private final ReportSink sink;
    private final Expectation expectation;
    private Runnable first = () -> {};
    private final Map<Integer, SeriesRun> running = new TreeMap<>();

    Interruption(ReportSink sink, Expectation expectation) {
        this.sink = sink;
        this.expectation = expectation;
    }

    /** Takes note of a series that begins. */
    synchronized void watch(int index, SeriesRun series) {
        running.put(index, series);
    }

    /** What is done before anything is told, such as taking away a line on the terminal. */
    synchronized void first(Runnable action) {
        first = action;
    }

    /** It has ended by itself, and is forgotten. */
    synchronized void forget(int index) {
        running.remove(index);
    }

    /** A hook for the end of the JVM. */
    Thread hook() {
        return Thread.ofPlatform().unstarted(this::end);
    }

    /** Stops every series and tells what it has seen. */
    synchronized void end() {
        running.values().forEach(SeriesRun::stop);
        first.run();
        running.forEach((index, series) -> {
            if (series.tells() && series.take()) {
                sink.write(index, series.report().expecting(expectation));
            }
        });
        sink.close();
    }
}
