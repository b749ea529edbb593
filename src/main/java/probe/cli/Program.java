package probe.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import probe.attempt.Excerpt;
import probe.diagnosis.Kind;
import probe.prober.NameResolution;
import probe.prober.Resolver;
import probe.prober.Watchdog;
import probe.report.Report;
import probe.report.ReportSchema;
import probe.target.Target;

/** One run of the program, from the words of the command line to the exit code. */
final class Program {
    private final Console console;

    Program(Console console) {
        this.console = console;
    }

    /** Does what the words say; nothing escapes, and only {@link Main} ends the JVM. */
    ExitCode run(String[] args) {
        try {
            CommandLineOptions options = OptionsReader.read(args);
            return switch (options.task()) {
                case PROBE -> probe(options);
                case HELP -> print(Help.text());
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
        options.targets().forEach(proxies::forTarget); // a malformed variable is said before anything is opened
        try (Watchdog watchdog = new Watchdog();
                ReportSink sink = new ReportSink(console, options.format())) {
            Runtime.getRuntime().addShutdownHook(sink.completeOnExit());
            return options.targets().size() == 1
                    ? one(options.targets().getFirst(), options, proxies, watchdog, sink,
                            Thread.ofPlatform().daemon().factory())
                    : many(options, proxies, watchdog, sink);
        }
    }

    private ExitCode one(Target target, CommandLineOptions options, ProxyChoice proxies,
            Watchdog watchdog,
            ReportSink sink, ThreadFactory threads) {
        try {
            AttemptPlan plan = new AttemptPlan(new NameResolution(Resolver.SYSTEM), console.in(),
                    threads);
            Report report = new TargetRun(options.settings().withProxy(proxies.forTarget(target)),
                    plan,
                    InstantSource.system(), watchdog).probe(target);
            sink.write(report);
            return ExitCode.of(report.diagnosis());
        } catch (RuntimeException e) {
            defect(e);
            return ExitCode.DEFECT;
        }
    }

    /** Every target on a thread of its own, so that a slow one holds up no other. */
    private ExitCode many(CommandLineOptions options, ProxyChoice proxies, Watchdog watchdog,
            ReportSink sink) {
        AtomicReference<ExitCode> worst = new AtomicReference<>(ExitCode.HEALTHY);
        Semaphore places = new Semaphore(options.concurrency());
        ThreadFactory threads = Thread.ofVirtual().factory();
        List<Target> targets = options.targets();
        try {
            for (int i = 0; i < targets.size() && !sink.isClosed(); i++) {
                Target target = targets.get(i);
                places.acquire();
                threads.newThread(() -> {
                    try {
                        ExitCode code = one(target, options, proxies, watchdog, sink, threads);
                        worst.updateAndGet(code::and);
                    } finally {
                        places.release();
                    }
                }).start();
            }
            places.acquire(options.concurrency());
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
        if (console.environment().containsKey("PROBE_DEBUG")) {
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
