package probe.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import probe.advice.Measured;
import probe.advice.PoolLoad;
import probe.advice.TimeoutPlan;
import probe.cli.CommandLineOptions.Task;
import probe.evidence.SynSchedule;
import probe.profile.Settings;
import probe.report.Format;
import probe.report.Layout;
import probe.report.Report;
import probe.report.TimeoutReport;

/** What {@code --explain-timeouts} prints: text, or JSON for who asks for it. */
final class TimeoutExplanation {
    private final Console console;
    private final CommandLineOptions options;

    /**
     * Explanations in the form that was asked for.
     *
     * @throws UsageException when there is none in that form
     */
    TimeoutExplanation(Console console, CommandLineOptions options) {
        this.console = console;
        this.options = options;
        Format format = options.output().outlets().getFirst().format();
        boolean elsewhere = options.output().outlets().stream().anyMatch(one -> one.file() != null);
        if (elsewhere || format != Format.JSON && format != Format.TEXT) {
            throw new UsageException("--explain-timeouts writes json or text to standard output;"
                    + " leave other forms and files out");
        }
    }

    /** The explanation of a target that was measured. */
    String of(Report report, Settings settings) {
        List<Duration> instants = report.observations()
                .stream()
                .filter(SynSchedule.class::isInstance)
                .map(SynSchedule.class::cast)
                .findFirst()
                .map(SynSchedule::instants)
                .orElse(List.of());
        Measured measured = new Measured(report.attempts(), instants);
        TimeoutReport written = new TimeoutReport(report,
                TimeoutPlan.of(report.target(), measured, settings,
                        options.pool() == null ? PoolLoad.USUAL : options.pool().load()),
                measured.roundTrip().orElse(null));
        try {
            return options.task() == Task.EXPLAIN_TIMEOUTS_IN_JSON
                    ? written.json(console.outIsTerminal() == Console.Reader.TERMINAL
                            ? Layout.INDENTED
                            : Layout.ONE_LINE)
                    : written.text(ReportSink.style(console, options.output()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
