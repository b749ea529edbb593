package probe.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import probe.attempt.Excerpt;
import probe.cli.OutputOptions.Talk;
import probe.diagnosis.Kind;
import probe.prober.NameResolution;
import probe.prober.Resolver;
import probe.prober.Watchdog;
import probe.report.Report;
import probe.report.ReportSchema;

/** One run of the program, from the words of the command line to the exit code. */
final class Program {
    private final Console console;

    private Narrator narrator;

    Program(Console console) {
        this.console = console;
        this.narrator = new Narrator(console, Talk.NORMAL);
    }

    /** Does what the words say; nothing escapes, and only {@link Main} ends the JVM. */
    ExitCode run(String[] args) {
        try {
            CommandLineOptions options = OptionsReader.read(args, console);
            narrator = new Narrator(console, options.output().talk());
            return switch (options.task()) {
                case PROBE -> probe(options);
                case HELP -> print(Help.text());
                case EXAMPLES -> print(Examples.text());
                case HELP_KINDS -> print(Help.kinds(Kind.values()));
                case VERSION -> print(
                        "probe " + BuildInfo.load().version() + System.lineSeparator());
                case SCHEMA -> print(ReportSchema.text());
            };
        } catch (UsageException e) {
            complain("probe: " + e.getMessage());
            return ExitCode.USAGE;
        } catch (RuntimeException e) {
            defect(e);
            return ExitCode.DEFECT;
        }
    }

    private ExitCode probe(CommandLineOptions options) {
        ProxyChoice proxies = ProxyChoice.of(options.proxy(), options.noProxy(),
                console.environment());
        BuildInfo.load(); // a target may use up the descriptors that are left
        // A malformed variable is said before anything is opened.
        options.jobs().forEach(job -> proxies.forTarget(job.target()));
        try (Watchdog watchdog = new Watchdog();
                ReportSink sink = new ReportSink(console, options.output(),
                        options.jobs().size())) {
            Runtime.getRuntime().addShutdownHook(sink.completeOnExit());
            return options.jobs().size() == 1
                    ? one(0, options, proxies, watchdog, sink,
                            Thread.ofPlatform().daemon().factory())
                    : many(options, proxies, watchdog, sink);
        }
    }

    private ExitCode one(int index, CommandLineOptions options, ProxyChoice proxies,
            Watchdog watchdog, ReportSink sink, ThreadFactory threads) {
        try {
            Job job = options.jobs().get(index);
            NameResolution names = new NameResolution(Resolver.SYSTEM);
            AttemptPlan plan = new AttemptPlan(names,
                    new RedirectChain(names, proxies::forTarget, console.in()), threads);
            Report report = new TargetRun(
                    job.settings().withProxy(proxies.forTarget(job.target())), plan,
                    InstantSource.system(), watchdog, narrator).probe(job.target())
                    .expecting(options.output().expectation());
            sink.write(index, report);
            return ExitCode.of(report);
        } catch (RuntimeException e) {
            defect(e);
            return ExitCode.DEFECT;
        }
    }

    /** Every target on a thread of its own, so that a slow one holds up no other. */
    private ExitCode many(CommandLineOptions options, ProxyChoice proxies, Watchdog watchdog,
            ReportSink sink) {
        AtomicReference<ExitCode> worst = new AtomicReference<>(ExitCode.HEALTHY);
        ThreadFactory threads = Thread.ofVirtual().factory();
        try {
            new Dispatcher(options.concurrency(), options.perHost()).run(options.jobs(),
                    index -> {
                        ExitCode code = one(index, options, proxies, watchdog, sink, threads);
                        worst.updateAndGet(code::and);
                    }, threads, sink::isClosed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
        return worst.get();
    }

    private ExitCode print(String text) {
        try {
            Writer out = new OutputStreamWriter(console.out(), StandardCharsets.UTF_8);
            out.write(text);
            out.flush();
            return ExitCode.HEALTHY;
        } catch (IOException closedPipe) {
            return ExitCode.HEALTHY; // the reader has seen what it wanted
        }
    }

    private void defect(RuntimeException e) {
        complain("probe: a defect of probe itself: " + e.getClass().getName() + ": "
                + Excerpt.printable(String.valueOf(e.getMessage())));
        if (narrator.debugs()) {
            PrintWriter err = new PrintWriter(console.err(), true, StandardCharsets.UTF_8);
            e.printStackTrace(err);
            err.flush();
        }
    }

    private void complain(String oneLine) {
        PrintWriter err = new PrintWriter(console.err(), true, StandardCharsets.UTF_8);
        err.println(oneLine.replaceAll("\\R", " "));
        err.flush();
    }
}
