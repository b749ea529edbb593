package probe.report;

import java.io.IOException;

/** Writes the reports of one run to where it was made for; one writer a run, one thread at a time. */
@FunctionalInterface
public interface ReportWriter {

    /**
     * Takes one report. What a format can show at once is appended at once and with a single call; the rest waits
     * for {@link #end}.
     *
     * @throws IOException when the place written to throws it
     */
    void write(Report report) throws IOException;

    /**
     * Appends what can only come last. Called once, after the last report, also when the run was interrupted.
     *
     * @throws IOException when the place written to throws it
     */
    default void end() throws IOException {}
}
