package probe.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import probe.advice.PoolLoad;
import probe.attempt.Excerpt;
import probe.cli.CommandLineOptions.Rhythm;
import probe.cli.CommandLineOptions.Task;
import probe.diagnosis.Kind;
import probe.prober.TlsMaterial;
import probe.profile.Body;
import probe.profile.Escapes;
import probe.profile.EvidenceLevel;
import probe.profile.ProfileMerge;
import probe.profile.ProfileReader;
import probe.profile.Settings;
import probe.profile.Step;
import probe.profile.TlsSettings;
import probe.target.HostPort;
import probe.target.Target;
import probe.target.TargetParser;

/** Reads the words of the command line into {@link CommandLineOptions}; opens nothing but the files named there. */
final class OptionsReader {
    private static final int MAX_CONCURRENCY = 65_536;
    private static final int CONCURRENCY = 256;
    private static final int PER_HOST = 64;

    private final MatchedOptions typed;
    private final Console console;
    private final Map<String, Settings> settings = new HashMap<>();

    private OptionsReader(MatchedOptions typed, Console console) {
        this.typed = typed;
        this.console = console;
    }

    /**
     * The command line that these words are.
     *
     * @throws UsageException with one line, when they are none
     */
    static CommandLineOptions read(String[] args, Console console) {
        try {
            return new OptionsReader(
                    typed(args, console), console).read(Use.PROBE);
        } catch (CommandLine.ParameterException e) {
            throw new UsageException(Complaints.of(e));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    e.getMessage() == null ? "malformed argument" : e.getMessage());
        }
    }

    /**
     * The settings that these words stand for, and what they are made of.
     *
     * @throws UsageException with one line, when they stand for none
     */
    static ConfigListing config(String[] args, Console console) {
        try {
            OptionsReader reader = new OptionsReader(typed(args, console), console);
            return new ConfigListing(reader.typed, reader.config(), reader.profile(),
                    reader.settings(null));
        } catch (CommandLine.ParameterException e) {
            throw new UsageException(Complaints.of(e));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    e.getMessage() == null ? "malformed argument" : e.getMessage());
        }
    }

    /**
     * The words after {@code probe idle-limit}: the command line with {@code --for} as its {@code idle}.
     *
     * @throws UsageException with one line, when they are malformed
     */
    static CommandLineOptions idleLimit(String[] args, Console console) {
        List<String> words = new ArrayList<>(List.of(args));
        if (words.stream().anyMatch(word -> word.equals("--idle") || word.startsWith("--idle="))) {
            throw new UsageException("--idle has no place in probe idle-limit; type --for");
        }
        words.replaceAll(word -> word.equals("--for") ? "--idle"
                : word.startsWith("--for=") ? "--idle" + word.substring(5) : word);
        return read(words.toArray(String[]::new), console);
    }

    /**
     * The words after {@code probe wait}.
     *
     * @throws UsageException with one line, when they are malformed
     */
    static WaitOptions waiting(String[] args, Console console) {
        int end = Arrays.asList(args).indexOf("--");
        String[] words = end < 0 ? args : Arrays.copyOf(args, end);
        List<String> command = end < 0 ? List.of()
                : List.of(Arrays.copyOfRange(args, end + 1, args.length));
        if (end >= 0 && command.isEmpty()) {
            throw new UsageException("no command after --; type one, or leave -- out");
        }
        try {
            OptionsReader reader = new OptionsReader(typed(words, console), console);
            CommandLineOptions options = reader.read(Use.WAIT);
            Set<Kind> kinds = EnumSet.noneOf(Kind.class);
            for (String text : reader.typed.texts("--keep-waiting-for")) {
                kinds.add(MatchedOptions.named("--keep-waiting-for", text,
                        OutputOptions.Reader::kind));
            }
            return new WaitOptions(options,
                    reader.typed.duration("--for", WaitOptions.USUAL), kinds, command);
        } catch (CommandLine.ParameterException e) {
            throw new UsageException(Complaints.of(e));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    e.getMessage() == null ? "malformed argument" : e.getMessage());
        }
    }

    /** What the options are read for. */
    private enum Use {
        PROBE, WAIT;

        /** Options that mean nothing here are better said than ignored. */
        void check(MatchedOptions typed) {
            switch (this) {
                case PROBE -> {
                    for (String option : List.of("--for", "--keep-waiting-for")) {
                        if (typed.isTyped(option)) {
                            throw new UsageException(
                                    option + " is for waiting; type probe wait " + option + " …");
                        }
                    }
                }
                case WAIT -> {
                    for (String option : List.of("--attempts", "--expect-kind",
                            "--expect-healthy", "--explain-timeouts")) {
                        if (typed.isTyped(option)) {
                            throw new UsageException(option
                                    + " has no place in probe wait, which tries until the target is healthy");
                        }
                    }
                }
            }
        }
    }

    private static MatchedOptions typed(String[] args, Console console) {
        return new MatchedOptions(OptionTable.commandLine(args).parseArgs(args),
                new UserDefaults(console.environment()));
    }

    private CommandLineOptions read(Use use) {
        for (Task task : Task.values()) {
            if (task.flag() != null && typed.has(task.flag())) {
                return CommandLineOptions.of(task);
            }
        }
        use.check(typed);
        List<Job> jobs = jobs();
        if (jobs.isEmpty()) {
            throw new UsageException(typed.has("--targets") ? "--targets names no target"
                    : "no target; type probe host:port, or probe --help");
        }
        jobs.forEach(this::check);
        if (use == Use.WAIT && jobs.stream()
                .anyMatch(job -> job.settings().http().body() instanceof Body.StandardInput)) {
            throw new UsageException("--data @- can be read only once; use a file to wait with");
        }
        for (Settings one : settings.values()) {
            if (!one.tls().equals(TlsSettings.defaults())) {
                TlsMaterial.load(one.tls()); // a file that cannot be used is said before anything is opened
            }
        }
        return new CommandLineOptions(
                task(), jobs, typed.text("--proxy"),
                typed.text("--noproxy"), new OutputOptions.Reader(typed).read(),
                typed.number("--concurrency", MAX_CONCURRENCY, CONCURRENCY),
                typed.number("--per-host", MAX_CONCURRENCY, PER_HOST), rhythm(use),
                pool(use, jobs), idle(use, jobs));
    }

    /** Those of the command line first, then those of the file. */
    private List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (String word : typed.line().matchedPositionalValue(0, new String[0])) {
            jobs.add(new Job(TargetParser.parse(word), settings(null)));
        }
        if (typed.has("--targets")) {
            String name = typed.textOr("--targets", "-");
            boolean standardInput = name.equals("-");
            if (standardInput && typed.textOr("--data", "").equals("@-")) {
                throw new UsageException(
                        "--targets - and --data @- both read standard input; put one in a file");
            }
            jobs.addAll(TargetList.read(standardInput ? "standard input" : name,
                    standardInput ? console.in() : null, this::settings));
        }
        return jobs;
    }

    /** A script has no place in an HTTP request, nor a body in a raw socket: better said than ignored. */
    private void check(Job job) {
        Target target = job.target();
        boolean script = typed.has("--send") || typed.has("--expect");
        if (target.scheme().isHttp() && script) {
            throw new UsageException(
                    "--send and --expect are for raw sockets, and " + target.input()
                            + " is a URL; use --data and --expect-body, or " + target.hostPort());
        }
        for (String option : List.of("--method", "--header", "--data", "--expect-status",
                "--expect-body", "--location",
                "--http2")) {
            if (!target.scheme().isHttp() && typed.has(option)) {
                throw new UsageException(option + " is for URLs, and " + target.input()
                        + " is a raw socket; use --send and --expect, or http://"
                        + target.hostPort() + "/");
            }
        }
        if (job.settings().attempts() > 1
                && job.settings().http().body() instanceof Body.StandardInput) {
            throw new UsageException("--data @- can be read only once; use a file with --attempts");
        }
    }

    /**
     * What the flags make of a profile, each read once.
     *
     * @param profile beside the target in a list, or null for that of {@code --profile}
     */
    private Settings settings(@Nullable String profile) {
        String name = profile == null ? typed.textOr("--profile", ProfileReader.DEFAULT) : profile;
        return settings.computeIfAbsent(name,
                key -> over(profile == null ? profile() : ProfileChoice.over(config(), key)));
    }

    /** The user's own defaults, with the profile of the command line over them. */
    private Settings profile() {
        return typed.has("--profile")
                ? typed.named("--profile", name -> ProfileChoice.over(config(), name))
                : config();
    }

    private Settings config() {
        return typed.defaults()
                .profile()
                .map(profile -> ProfileMerge.apply(Settings.defaults(), profile))
                .orElse(Settings.defaults());
    }

    private Settings over(Settings base) {
        ConnectionOptions connection = new ConnectionOptions(typed);
        return new Settings(connection.timeouts(base.timeouts()), connection.family(base.family()),
                connection.pins(), new HttpOptions(typed).over(base.http()),
                exchange(base.exchange()), connection.tls(base.tls()), null,
                evidence(base.evidence()), controls(base.controls()),
                typed.number("--attempts", 100_000, base.attempts()),
                leavesPausesToAdvice() ? base.interval()
                        : typed.duration("--interval", base.interval()));
    }

    /** An explanation is for people, unless a form is asked for. */
    private Task task() {
        return !typed.has("--explain-timeouts") ? Task.PROBE
                : (typed.has("--format") ? typed.texts("--format")[0] : "text").equals("json")
                        ? Task.EXPLAIN_TIMEOUTS_IN_JSON
                        : Task.EXPLAIN_TIMEOUTS;
    }

    /** How long a connection is held silent, or null. */
    private @Nullable Duration idle(Use use, List<Job> jobs) {
        if (!typed.has("--idle")) {
            return null;
        }
        for (String option : List.of("--http2", "--location", "--requests",
                "--explain-timeouts")) {
            if (typed.isTyped(option)) {
                throw new UsageException(option + " has no place beside --idle; leave one out");
            }
        }
        if (use == Use.WAIT) {
            throw new UsageException("--idle has no place in probe wait; leave it out");
        }
        if (typed.textOr("--data", "").equals("@-")) {
            throw new UsageException("--data @- can be read only once; use a file with --idle");
        }
        checkOnce(jobs, "--idle");
        return typed.duration("--idle");
    }

    /** More than one attempt is not passed over in silence, wherever it comes from. */
    private void checkOnce(List<Job> jobs, String option) {
        for (Job job : jobs) {
            if (job.settings().attempts() > 1) {
                throw new UsageException(typed.isTyped("--attempts")
                        ? "--attempts has no place beside " + option + "; leave one out"
                        : "attempts: " + job.settings().attempts()
                                + " of the profile has no place beside " + option
                                + "; add --attempts 1");
            }
        }
    }

    /** The pool to drive; its options mean nothing without each other. */
    private @Nullable PoolOptions pool(Use use, List<Job> jobs) {
        List<String> options = List.of("--requests", "--concurrency-per-target", "--pool-size");
        if (options.stream().noneMatch(typed::has)) {
            return null;
        }
        boolean explains = typed.has("--explain-timeouts");
        if (!typed.has("--requests") && !explains) {
            throw new UsageException("--pool-size and --concurrency-per-target say how --requests N"
                    + " are made; add --requests");
        }
        for (String option : List.of("--http2", "--location")) {
            if (typed.isTyped(option)) {
                throw new UsageException(option + " has no place beside --requests; leave one out");
            }
        }
        if (use == Use.WAIT) {
            throw new UsageException("--requests has no place in probe wait; leave it out");
        }
        if (!explains || typed.isTyped("--attempts")) {
            checkOnce(jobs, "--requests");
        }
        for (Job job : jobs) {
            if (!job.target().scheme().isHttp()) {
                throw new UsageException("--requests is for URLs, and " + job.target().input()
                        + " is a raw socket; use http://" + job.target().hostPort() + "/");
            }
            if (job.settings().http().body() instanceof Body.StandardInput) {
                throw new UsageException("--data @- can be read only once; use a file with"
                        + " --requests");
            }
        }
        return new PoolOptions(typed.number("--requests", 100_000, 1),
                new PoolLoad(typed.number("--pool-size", 10_000, PoolLoad.USUAL.size()),
                        typed.number("--concurrency-per-target", 10_000,
                                PoolLoad.USUAL.concurrency())));
    }

    private boolean leavesPausesToAdvice() {
        return typed.textOr("--interval", "").equals("backoff");
    }

    private Rhythm rhythm(Use use) {
        return leavesPausesToAdvice() ? Rhythm.BACKOFF
                : use == Use.WAIT && !typed.has("--interval") ? Rhythm.GROWING : Rhythm.FIXED;
    }

    /** {@code --send} and {@code --expect} in the order in which they were typed. */
    private List<Step> exchange(List<Step> base) {
        String[] sends = typed.texts("--send");
        String[] expects = typed.texts("--expect");
        if (sends.length + expects.length == 0) {
            return base;
        }
        List<Step> steps = new ArrayList<>();
        int send = 0;
        int expect = 0;
        for (OptionSpec option : typed.line().matchedOptions()) {
            if (option.longestName().equals("--send")) {
                steps.add(new Step.Send(
                        MatchedOptions.named("--send", sends[send++], Escapes::unescape)));
            } else if (option.longestName().equals("--expect")) {
                steps.add(new Step.Expect(
                        MatchedOptions.named("--expect", expects[expect++], Escapes::pattern)));
            }
        }
        return List.copyOf(steps);
    }

    private EvidenceLevel evidence(EvidenceLevel base) {
        return typed.has("--evidence") ? typed.named("--evidence",
                text -> EvidenceLevel.byId(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                quote(text)
                                        + " is no evidence level; type none, passive, normal or deep")))
                : base;
    }

    private List<HostPort> controls(List<HostPort> base) {
        List<HostPort> controls = new ArrayList<>(base);
        for (String text : typed.texts("--control")) {
            controls.add(MatchedOptions.named("--control", text,
                    TargetParser::parseHostAndPort));
        }
        return List.copyOf(controls);
    }

    static String quote(String text) {
        return "'" + Excerpt.printable(text) + "'";
    }
}
