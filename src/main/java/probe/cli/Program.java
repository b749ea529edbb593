package probe.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import probe.attempt.Excerpt;
import probe.cli.OutputOptions.Talk;
import probe.diagnosis.Kind;
import probe.prober.NameResolution;
import probe.prober.Resolver;
import probe.prober.Watchdog;
import probe.profile.Suggestions;
import probe.report.Concurrency;
import probe.report.Expectation;
import probe.report.Format;
import probe.report.Layout;
import probe.report.Report;
import probe.report.ReportSchema;
import probe.report.TraceReport;

/** One run of the program, from the words of the command line to the exit code. */
final class Program {
    private final Console console;

    private Narrator narrator;
    private OptionalInt handedOn = OptionalInt.empty();

    Program(Console console) {
        this.console = console;
        this.narrator = new Narrator(console, Talk.NORMAL);
    }

    /** Does what the words say; nothing escapes, and only {@link Main} ends the JVM. */
    ExitCode run(String[] args) {
        try {
            Command command = args.length == 0 ? null : Command.byWord(args[0]).orElse(null);
            if (command != null) {
                return command(command, Arrays.copyOfRange(args, 1, args.length));
            }
            CommandLineOptions options = OptionsReader.read(args, console);
            narrator = new Narrator(console, options.output().talk());
            return switch (options.task()) {
                case PROBE -> probe(options);
                case EXPLAIN_TIMEOUTS, EXPLAIN_TIMEOUTS_IN_JSON -> explain(options);
                case HELP -> print(Help.text());
                case EXAMPLES -> print(Examples.text());
                case HELP_KINDS -> print(Help.kinds(Kind.values()));
                case VERSION -> print(version());
                case SCHEMA -> print(ReportSchema.text());
                case SUMMARY_SCHEMA -> print(ReportSchema.summary());
            };
        } catch (UsageException e) {
            complain("probe: " + e.getMessage());
            return ExitCode.USAGE;
        } catch (RuntimeException | Error e) {
            defect(e);
            return ExitCode.DEFECT;
        }
    }

    private static String version() {
        BuildInfo build = BuildInfo.load();
        return "probe " + build.version() + " (built for " + build.timestamp() + ", Java "
                + Runtime.version() + ")" + System.lineSeparator();
    }

    private ExitCode command(Command command, String[] words) {
        return switch (command) {
            case WAIT -> await(OptionsReader.waiting(words, console));
            case IDLE_LIMIT -> idleLimit(OptionsReader.idleLimit(words, console));
            case TRACE -> trace(OptionsReader.read(words, console));
            case HELP -> print(words.length == 0 ? Help.text()
                    : one(words, Help::topic, Help.topics()));
            case CONFIG -> print(OptionsReader.config(words, console).text());
            case COMPLETION -> print(
                    one(words, Completion::script, List.of("bash", "zsh", "fish")));
            case MAN -> print(ManPage.text(BuildInfo.load()));
        };
    }

    /** What a single word stands for. */
    private static String one(String[] words, Function<String, Optional<String>> reader,
            List<String> known) {
        String word = words.length == 1 ? words[0] : String.join(" ", words);
        return reader.apply(word)
                .orElseThrow(() -> new UsageException(OptionsReader.quote(word) + " is none of "
                        + String.join(", ", known)
                        + Suggestions.closest(word, Set.copyOf(known))
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("")));
    }

    private ExitCode probe(CommandLineOptions options) {
        ProxyChoice proxies = proxies(options);
        Concurrency concurrency = concurrency(options);
        try (Watchdog watchdog = new Watchdog();
                ReportSink sink = new ReportSink(console, options.output(),
                        options.jobs().size(), concurrency)) {
            Interruption interruption = new Interruption(sink, options.output().expectation());
            Runtime.getRuntime().addShutdownHook(interruption.hook());
            Work work = new Work(options, proxies, watchdog, sink, concurrency, interruption);
            return options.jobs().size() == 1
                    ? one(0, work, Thread.ofPlatform().daemon().factory())
                    : many(work);
        }
    }

    /** How many at once, which is said where it is fewer than was asked for. */
    private Concurrency concurrency(CommandLineOptions options) {
        if (options.jobs().size() == 1) {
            return Concurrency.asAsked(1);
        }
        Concurrency concurrency = DescriptorBudget.now()
                .concurrency(options.concurrency(), options.perHost(), options.jobs(),
                        options.proxy() != null);
        if (concurrency.openFiles() != null && options.output().talk().includes(Talk.NORMAL)) {
            complain(DescriptorBudget.note(concurrency));
        }
        return concurrency;
    }

    private ProxyChoice proxies(CommandLineOptions options) {
        ProxyChoice proxies = ProxyChoice.of(options.proxy(), options.noProxy(),
                console.environment());
        BuildInfo.load(); // a target may use up the descriptors that are left
        // A malformed variable is said before anything is opened.
        options.jobs().forEach(job -> proxies.forTarget(job.target()));
        if (options.jobs().stream().anyMatch(job -> job.settings().http().maxRedirects() != null)) {
            proxies.checkAll();
        }
        return proxies;
    }

    /** Measures every target, one after the other, and prints what its timers mean. */
    private ExitCode explain(CommandLineOptions options) {
        ProxyChoice proxies = proxies(options);
        ExitCode worst = ExitCode.HEALTHY;
        try (Watchdog watchdog = new Watchdog()) {
            TimeoutExplanation explanation = new TimeoutExplanation(console, options);
            for (Job job : options.jobs()) {
                TargetRun maker = maker(job, proxies, watchdog,
                        Thread.ofPlatform().daemon().factory());
                Report report = maker.series(job.target())
                        .run(options.rhythm().pace(job.settings()));
                print(explanation.of(report, maker.settings()));
                worst = worst.and(ExitCode.of(report));
            }
        }
        return worst;
    }

    private TargetRun maker(Job job, Work work, ThreadFactory threads) {
        return maker(job, work.proxies(), work.watchdog(), threads);
    }

    private TargetRun maker(Job job, ProxyChoice proxies, Watchdog watchdog,
            ThreadFactory threads) {
        NameResolution names = new NameResolution(Resolver.SYSTEM);
        AttemptPlan plan = new AttemptPlan(names,
                new RedirectChain(names, proxies::forTarget, console.in()), threads);
        return new TargetRun(job.settings().withProxy(proxies.forTarget(job.target())), plan,
                InstantSource.system(), watchdog, narrator);
    }

    /** What all targets of a run share. */
    private record Work(CommandLineOptions options, ProxyChoice proxies, Watchdog watchdog,
            ReportSink sink, Concurrency concurrency, Interruption interruption) {}

    private ExitCode one(int index, Work work, ThreadFactory threads) {
        try {
            Job job = work.options().jobs().get(index);
            if (work.options().pool() != null) {
                Report report = new PoolRun(
                        job.settings().withProxy(work.proxies().forTarget(job.target())),
                        work.options().pool(), work.watchdog()).probe(job.target())
                        .expecting(work.options().output().expectation());
                work.sink().write(index, report);
                return ExitCode.of(report);
            }
            if (work.options().idle() != null) {
                Report report = new IdleRun(
                        job.settings().withProxy(work.proxies().forTarget(job.target())),
                        work.watchdog(), narrator).hold(job.target(), work.options().idle())
                        .expecting(work.options().output().expectation());
                work.sink().write(index, report);
                return ExitCode.of(report);
            }
            SeriesRun series = maker(job, work, threads).series(job.target());
            work.interruption().watch(index, series);
            Report report = series.run(work.options().rhythm().pace(job.settings()))
                    .expecting(work.options().output().expectation());
            if (series.take()) {
                work.sink().write(index, report);
            }
            work.interruption().forget(index);
            return ExitCode.of(report);
        } catch (RuntimeException | Error e) {
            defect(e);
            return ExitCode.DEFECT;
        }
    }

    /** Every target on a thread of its own, so that a slow one holds up no other. */
    private ExitCode many(Work work) {
        AtomicReference<ExitCode> worst = new AtomicReference<>(ExitCode.HEALTHY);
        ThreadFactory threads = Thread.ofVirtual().factory();
        CommandLineOptions options = work.options();
        try {
            new Dispatcher(work.concurrency().used(), options.perHost()).run(options.jobs(),
                    index -> {
                        ExitCode code = one(index, work, threads);
                        worst.updateAndGet(code::and);
                    }, threads, work.sink()::isClosed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
        return worst.get();
    }

    /** Waits, and runs the command when all are ready; its exit code is handed on. */
    private ExitCode await(WaitOptions options) {
        narrator = new Narrator(console, options.probing().output().talk());
        if (options.probing().task() != CommandLineOptions.Task.PROBE) {
            return print(Help.topic("wait").orElseThrow());
        }
        ProxyChoice proxies = proxies(options.probing());
        Concurrency all = concurrency(options.probing());
        try (Watchdog watchdog = new Watchdog();
                ReportSink sink = new ReportSink(console, options.probing().output(),
                        options.probing().jobs().size(), all)) {
            Interruption interruption = new Interruption(sink, Expectation.healthy());
            Runtime.getRuntime().addShutdownHook(interruption.hook());
            ExitCode code = new WaitRun(console, options, interruption, (job, threads) -> maker(job,
                    new Work(options.probing(), proxies, watchdog, sink, all, interruption),
                    threads))
                    .run(sink, new Semaphore(all.used()));
            if (code != ExitCode.HEALTHY || options.command().isEmpty()) {
                return code;
            }
        }
        handedOn = OptionalInt.of(new ReadyCommand(options.command(), this::complain).run());
        return ExitCode.HEALTHY;
    }

    private ExitCode idleLimit(CommandLineOptions options) {
        return options.task() != CommandLineOptions.Task.PROBE
                ? print(Help.topic("idle-limit").orElseThrow())
                : new IdleLimitRun(console, options, proxies(options), narrator, this::print).run();
    }

    /** Traces one target after the other; one that answers nowhere on the way has failed. */
    private ExitCode trace(CommandLineOptions options) {
        if (options.task() != CommandLineOptions.Task.PROBE) {
            return print(Help.topic("trace").orElseThrow());
        }
        ExitCode worst = ExitCode.HEALTHY;
        try (Watchdog watchdog = new Watchdog()) {
            for (Job job : options.jobs()) {
                TraceReport report = TraceRun.run(job.target(), job.settings(), watchdog);
                boolean text = options.output().outlets().getFirst().format() == Format.TEXT;
                print(text ? report.text(ReportSink.style(console, options.output()))
                        : report.json(console.outIsTerminal() == Console.Reader.TERMINAL
                                ? Layout.INDENTED
                                : Layout.ONE_LINE));
                if (report.trace().host().isEmpty()) {
                    worst = worst.and(ExitCode.SERVER_FAULT);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return worst;
    }

    /** Runs the program and gives the number to exit with: that of a command that was run, or its own. */
    int exitCode(String[] args) {
        ExitCode own = run(args);
        return handedOn.orElse(own.code());
    }

    private ExitCode print(String text) {
        try {
            Writer out = new OutputStreamWriter(console.out(), StandardCharsets.UTF_8);
            out.write(text);
            out.flush();
            return ExitCode.HEALTHY;
        } catch (IOException e) {
            if (!Console.isReadByProgram()) {
                complain(Console.UNWRITABLE);
            }
            return ExitCode.HEALTHY; // a reader that has gone has seen what it wanted
        }
    }

    private void defect(Throwable e) {
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
