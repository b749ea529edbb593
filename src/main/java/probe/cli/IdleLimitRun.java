package probe.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import probe.advice.IdleLimit;
import probe.prober.Watchdog;
import probe.profile.Settings;
import probe.report.Concurrency;
import probe.report.Format;
import probe.report.IdleReport;
import probe.report.Layout;
import probe.report.Report;
import probe.target.Target;

/**
 * {@code probe idle-limit}: searches one target after the other. A target to which no connection could be made has an
 * ordinary report instead; when a signal ends the search, what was found by then is told.
 */
final class IdleLimitRun {
    private final Console console;
    private final CommandLineOptions options;
    private final ProxyChoice proxies;
    private final Narrator narrator;
    private final Consumer<String> out;
    private @Nullable Search current;

    /** The search that is under way. */
    private record Search(Target target, IdleRun run) {}

    IdleLimitRun(Console console, CommandLineOptions options, ProxyChoice proxies,
            Narrator narrator, Consumer<String> out) {
        this.console = console;
        this.options = options;
        this.proxies = proxies;
        this.narrator = narrator;
        this.out = out;
    }

    /** Searches all; the exit code is that of the reports of those that could not be reached. */
    ExitCode run() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::interrupted));
        ExitCode worst = ExitCode.HEALTHY;
        Duration longest = options.idle() == null ? WaitOptions.USUAL : options.idle();
        try (Watchdog watchdog = new Watchdog()) {
            for (Job job : options.jobs()) {
                Settings settings = job.settings().withProxy(proxies.forTarget(job.target()));
                IdleRun run = new IdleRun(settings, watchdog, narrator);
                begin(new Search(job.target(), run));
                Optional<IdleLimit> limit = run.search(job.target(), longest);
                if (!end()) {
                    return ExitCode.INTERRUPTED;
                }
                if (limit.isPresent()) {
                    print(job.target(), limit.get());
                } else {
                    worst = worst.and(unreached(job.target(),
                            new IdleRun(settings, watchdog, narrator)));
                }
            }
        }
        return worst;
    }

    private synchronized void begin(Search search) {
        current = search;
    }

    /** Whether it is still this thread's to tell. */
    private synchronized boolean end() {
        boolean mine = current != null;
        current = null;
        return mine;
    }

    private synchronized void interrupted() {
        if (current != null) {
            print(current.target(), current.run().found());
            current = null;
        }
    }

    private ExitCode unreached(Target target, IdleRun run) {
        Report report = run.hold(target, Duration.ZERO);
        try (ReportSink sink = new ReportSink(console, options.output(), 1,
                Concurrency.asAsked(1))) {
            sink.write(0, report);
        }
        return ExitCode.of(report);
    }

    private void print(Target target, IdleLimit limit) {
        boolean text = options.output().outlets().getFirst().format() == Format.TEXT;
        try {
            out.accept(text
                    ? IdleReport.text(target, limit, ReportSink.style(console, options.output()))
                    : IdleReport.json(target, limit,
                            console.outIsTerminal() == Console.Reader.TERMINAL ? Layout.INDENTED
                                    : Layout.ONE_LINE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
