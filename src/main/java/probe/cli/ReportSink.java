package probe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import probe.cli.OutputOptions.Order;
import probe.cli.OutputOptions.Summary;
import probe.cli.OutputOptions.Talk;
import probe.report.Concurrency;
import probe.report.Format;
import probe.report.GithubSummary;
import probe.report.Layout;
import probe.report.Report;
import probe.report.RunSummary;
import probe.report.TextReport;
import probe.report.TextStyle;

/**
 * Where reports go: whole, as they finish or in their order, never two mixed and never half a one. A reader that has
 * gone away ({@code | head -1}) closes it quietly.
 */
final class ReportSink implements AutoCloseable {
    private final Console console;
    private final OutputOptions options;
    private final int targets;
    private final Concurrency concurrency;
    private final long began = System.nanoTime();
    private final List<Outlet> outlets = new CopyOnWriteArrayList<>();
    private final RunSummary summary = new RunSummary();
    private final TreeMap<Integer, Rendered> waiting = new TreeMap<>();
    private final @Nullable Progress progress;
    private final @Nullable GithubSummary steps;
    private int next;
    private Talk said;
    private volatile Gate gate = Gate.OPEN;

    /** Whether anything more is written. */
    private enum Gate {
        OPEN, CLOSED
    }

    /**
     * A sink for a run.
     *
     * @throws UsageException when a file cannot be written
     */
    ReportSink(Console console, OutputOptions options, int targets, Concurrency concurrency) {
        this.console = console;
        this.options = options;
        this.targets = targets;
        this.said = options.talk();
        this.concurrency = concurrency;
        boolean watched = console.errIsTerminal() == Console.Reader.TERMINAL;
        this.progress = watched && targets > 1 && options.talk().includes(Talk.NORMAL)
                ? new Progress(console, targets)
                : null;
        this.steps = options.outlets().stream().anyMatch(one -> one.format() == Format.GITHUB)
                && console.environment().containsKey("GITHUB_STEP_SUMMARY")
                        ? new GithubSummary()
                        : null;
        for (OutputOptions.Outlet one : options.outlets()) {
            outlets.add(open(one));
        }
    }

    /** From here on nothing more goes to standard output: it belongs to somebody else. */
    synchronized void leaveStandardOutput() {
        outlets.removeIf(outlet -> outlet.file() == null);
        said = Talk.QUIET;
    }

    private Outlet open(OutputOptions.Outlet one) {
        Path file = one.file();
        if (file == null) {
            return Outlet.on(console.out(), one.format(), layout(), style());
        }
        try {
            return Outlet.in(file, one.format());
        } catch (IOException e) {
            throw new UsageException("cannot write " + OptionsReader.quote(file.toString())
                    + "; check its folder and permissions");
        }
    }

    /**
     * Takes the report of one target.
     *
     * @param index of the target among those given
     */
    void write(int index, Report report) {
        if (!isClosed()) {
            take(index, render(report)); // no other target waits while this one's text is made
        }
    }

    /** A report, with its text for those outlets that need nothing but the report for it. */
    private record Rendered(Report report, Map<Outlet, String> texts) {}

    private Rendered render(Report report) {
        Map<Outlet, String> texts = new HashMap<>();
        for (Outlet outlet : outlets) {
            outlet.rendered(report).ifPresent(text -> texts.put(outlet, text));
        }
        return new Rendered(report, texts);
    }

    private synchronized void take(int index, Rendered rendered) {
        if (isClosed()) {
            return;
        }
        summary.add(rendered.report());
        if (progress != null) {
            progress.hide();
        }
        if (options.order() == Order.FINISHED) {
            put(rendered);
        } else {
            waiting.put(index, rendered);
            while (!waiting.isEmpty() && waiting.firstKey() == next) {
                put(waiting.pollFirstEntry().getValue());
                next++;
            }
        }
        if (progress != null) {
            progress.show(summary);
        }
    }

    private void put(Rendered rendered) {
        Report report = rendered.report();
        each(outlet -> outlet.write(report, rendered.texts().get(outlet)));
        if (steps != null) {
            steps.write(report);
        }
        if (saysVerdict()) {
            PrintWriter err = new PrintWriter(console.err(), true, StandardCharsets.UTF_8);
            err.println(TextReport.verdict(report));
            err.flush();
        }
    }

    /** A person who is shown JSON is told in a sentence what it says. */
    private boolean saysVerdict() {
        OutputOptions.Outlet first = options.outlets().getFirst();
        return first.file() == null && first.format() == Format.JSON
                && said.includes(Talk.NORMAL)
                && console.outIsTerminal() == Console.Reader.TERMINAL
                && console.errIsTerminal() == Console.Reader.TERMINAL;
    }

    /** Whether nobody reads any more. */
    boolean isClosed() {
        return gate == Gate.CLOSED;
    }

    /** Writes what can only come last; more than once is as good as once. */
    @Override
    public synchronized void close() {
        if (isClosed()) {
            return;
        }
        if (progress != null) {
            progress.hide();
        }
        waiting.values().forEach(this::put); // the run was cut short: their predecessors never come
        waiting.clear();
        if (options.summary() == Summary.LAST) {
            each(this::summarise);
        }
        each(Outlet::end);
        if (steps != null) {
            appendSteps(steps);
        }
        gate = Gate.CLOSED;
    }

    private void summarise(Outlet outlet) throws IOException {
        Duration duration = Duration.ofNanos(System.nanoTime() - began);
        switch (outlet.format()) {
            case JSON -> outlet.append(summary.json(targets, concurrency, duration,
                    outlet.file() == null ? layout() : Layout.ONE_LINE));
            case TEXT -> outlet.append(summary.line(targets, duration));
            case JUNIT, GITHUB, PROMETHEUS, TAP -> {} // they count for themselves
        }
    }

    /** The page that a workflow shows for a step; appended, as steps before may have written too. */
    private void appendSteps(GithubSummary page) {
        try {
            Files.writeString(Path.of(console.environment().get("GITHUB_STEP_SUMMARY")),
                    page.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException | java.nio.file.InvalidPathException e) {
            complain("probe: cannot write the step summary of GITHUB_STEP_SUMMARY");
        }
    }

    private interface Writing {
        void to(Outlet outlet) throws IOException;
    }

    /** A file that cannot be written is said, and holds up no other; standard output that nobody reads ends the run. */
    private void each(Writing writing) {
        for (Outlet outlet : List.copyOf(outlets)) {
            try {
                writing.to(outlet);
            } catch (IOException e) {
                outlets.remove(outlet);
                if (outlet.file() == null) {
                    gate = Gate.CLOSED;
                    if (!Console.isReadByProgram()) {
                        complain(Console.UNWRITABLE);
                    }
                } else {
                    complain("probe: cannot write " + OptionsReader.quote(outlet.file().toString())
                            + "; the disk may be full");
                }
            }
        }
    }

    private void complain(String line) {
        PrintWriter err = new PrintWriter(console.err(), true, StandardCharsets.UTF_8);
        err.println(line);
        err.flush();
    }

    private Layout layout() {
        return console.outIsTerminal() == Console.Reader.TERMINAL ? Layout.INDENTED
                : Layout.ONE_LINE;
    }

    private TextStyle style() {
        return style(console, options);
    }

    /** How text looks on standard output. */
    static TextStyle style(Console console, OutputOptions options) {
        boolean colour = switch (options.colour()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminalWantsColour(console);
        };
        return new TextStyle(colour ? TextStyle.Colour.ANSI : TextStyle.Colour.NONE,
                speaksUtf8(console) ? TextStyle.Glyphs.UNICODE : TextStyle.Glyphs.ASCII);
    }

    /** A terminal that did not decline it (no-color.org). */
    private static boolean terminalWantsColour(Console console) {
        return console.outIsTerminal() == Console.Reader.TERMINAL
                && console.environment().getOrDefault("NO_COLOR", "").isEmpty()
                && !console.environment().getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** The locale by the precedence of POSIX: LC_ALL, LC_CTYPE, LANG. */
    private static boolean speaksUtf8(Console console) {
        for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = console.environment().getOrDefault(variable, "");
            if (!value.isEmpty()) {
                String lower = value.toLowerCase(Locale.ROOT);
                return lower.contains("utf-8") || lower.contains("utf8");
            }
        }
        return false;
    }
}
