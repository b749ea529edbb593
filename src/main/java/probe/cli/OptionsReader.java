package probe.cli;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import probe.attempt.Excerpt;
import probe.prober.TlsMaterial;
import probe.profile.AddressFamily;
import probe.profile.Body;
import probe.profile.Durations;
import probe.profile.Escapes;
import probe.profile.EvidenceLevel;
import probe.profile.Header;
import probe.profile.HttpSettings;
import probe.profile.Pin;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.StatusRange;
import probe.profile.Step;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;
import probe.profile.TlsSettings;
import probe.report.Format;
import probe.target.HostPort;
import probe.target.Target;
import probe.target.TargetParser;

/** Reads the words of the command line into {@link CommandLineOptions}; opens nothing but the files named there. */
final class OptionsReader {
    private static final int MAX_CONCURRENCY = 65_536;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+"); // RFC 9110 §5.6.2

    private final ParseResult line;

    private OptionsReader(ParseResult line) {
        this.line = line;
    }

    /**
     * The command line that these words are.
     *
     * @throws UsageException with one line, when they are none
     */
    static CommandLineOptions read(String[] args) {
        try {
            return new OptionsReader(OptionTable.commandLine().parseArgs(args)).read();
        } catch (CommandLine.ParameterException e) {
            throw new UsageException(Complaints.of(e));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    e.getMessage() == null ? "malformed argument" : e.getMessage());
        }
    }

    private CommandLineOptions read() {
        if (line.hasMatchedOption("--help")) {
            return CommandLineOptions.of(CommandLineOptions.Task.HELP);
        }
        if (line.hasMatchedOption("--help-kinds")) {
            return CommandLineOptions.of(CommandLineOptions.Task.HELP_KINDS);
        }
        if (line.hasMatchedOption("--version")) {
            return CommandLineOptions.of(CommandLineOptions.Task.VERSION);
        }
        if (line.hasMatchedOption("--schema")) {
            return CommandLineOptions.of(CommandLineOptions.Task.SCHEMA);
        }
        List<Target> targets = new ArrayList<>();
        for (String word : line.matchedPositionalValue(0, new String[0])) {
            targets.add(TargetParser.parse(word));
        }
        if (targets.isEmpty()) {
            throw new UsageException("no target; type probe host:port, or probe --help");
        }
        Settings settings = settings();
        targets.forEach(target -> check(target, settings));
        if (!settings.tls().equals(TlsSettings.defaults())) {
            TlsMaterial.load(settings.tls()); // a file that cannot be used is said before anything is opened
        }
        return new CommandLineOptions(CommandLineOptions.Task.PROBE, targets, settings,
                text("--proxy"), text("--noproxy"),
                format(), number("--concurrency", MAX_CONCURRENCY, 256));
    }

    /** A script has no place in an HTTP request, nor a body in a raw socket: better said than ignored. */
    private void check(Target target, Settings settings) {
        boolean script = line.hasMatchedOption("--send") || line.hasMatchedOption("--expect");
        if (target.scheme().isHttp() && script) {
            throw new UsageException(
                    "--send and --expect are for raw sockets, and " + target.input()
                            + " is a URL; use --data and --expect-body, or " + target.hostPort());
        }
        for (String option : List.of("--method", "--header", "--data", "--expect-status",
                "--expect-body")) {
            if (!target.scheme().isHttp() && line.hasMatchedOption(option)) {
                throw new UsageException(option + " is for URLs, and " + target.input()
                        + " is a raw socket; use --send and --expect, or http://"
                        + target.hostPort() + "/");
            }
        }
        if (settings.attempts() > 1 && settings.http().body() instanceof Body.StandardInput) {
            throw new UsageException("--data @- can be read only once; use a file with --attempts");
        }
    }

    private Settings settings() {
        Settings base = profile();
        Timeouts timeouts = timeouts(base.timeouts());
        return new Settings(timeouts, family(base.family()), pins(), http(base.http()),
                exchange(base.exchange()),
                tls(base.tls()), null, evidence(base.evidence()), controls(base.controls()),
                number("--attempts", 100_000, base.attempts()),
                line.hasMatchedOption("--interval") ? duration("--interval") : base.interval());
    }

    private Settings profile() {
        return line.hasMatchedOption("--profile") ? named("--profile", ProfileChoice::settings)
                : ProfileChoice.settings(null);
    }

    private Timeouts timeouts(Timeouts base) {
        Setting<Duration> connect = timeout(TimeoutName.CONNECT, base.connect());
        // The TLS limit follows the connect limit unless somebody set it (the contract's "as connect").
        boolean tlsUnset = base.tls().equals(base.connect());
        return new Timeouts(timeout(TimeoutName.DNS, base.dns()), connect,
                timeout(TimeoutName.TLS, tlsUnset ? connect : base.tls()),
                timeout(TimeoutName.CONNECTION_REQUEST, base.connectionRequest()),
                timeout(TimeoutName.SOCKET, base.socket()),
                timeout(TimeoutName.DEADLINE, base.deadline()));
    }

    private Setting<Duration> timeout(TimeoutName name, Setting<Duration> base) {
        return line.hasMatchedOption(name.flag()) ? Setting.ofFlag(duration(name.flag())) : base;
    }

    private Duration duration(String option) {
        return named(option, Durations::parse);
    }

    private AddressFamily family(AddressFamily base) {
        if (line.hasMatchedOption("-4") && line.hasMatchedOption("-6")) {
            throw new UsageException(
                    "-4 and -6 exclude each other; leave both out to attempt all addresses");
        }
        return line.hasMatchedOption("-4") ? AddressFamily.IPV4
                : line.hasMatchedOption("-6") ? AddressFamily.IPV6 : base;
    }

    private List<Pin> pins() {
        return Arrays.stream(texts("--resolve")).map(OptionsReader::pin).toList();
    }

    private static Pin pin(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 3 || !parts[1].matches("\\*|[0-9]{1,5}")) {
            throw new UsageException("--resolve " + quote(text) + " is not host:port:address; "
                    + "type db.example:5432:192.0.2.7");
        }
        List<String> addresses = Arrays.stream(parts[2].split(",", -1))
                .map(a -> a.replaceAll("^\\[|]$", ""))
                .toList();
        for (String address : addresses) {
            try {
                InetAddress.ofLiteral(address);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--resolve " + quote(text) + ": " + quote(address)
                        + " is not an IP address; type db.example:5432:192.0.2.7");
            }
        }
        return new Pin(parts[0], parts[1].equals("*") ? 0 : Integer.parseInt(parts[1]), addresses);
    }

    private HttpSettings http(HttpSettings base) {
        Body body = line.hasMatchedOption("--data") ? body() : base.body();
        String method = line.hasMatchedOption("--method") ? named("--method", OptionsReader::method)
                : body instanceof Body.None || !base.method().equals("GET") ? base.method()
                        : "POST";
        List<Header> headers = new ArrayList<>(base.headers());
        for (String text : texts("--header")) {
            headers.add(header(text));
        }
        return new HttpSettings(method, List.copyOf(headers), body,
                line.hasMatchedOption("--expect-status")
                        ? named("--expect-status", OptionsReader::statuses)
                        : base.expectStatus(),
                line.hasMatchedOption("--expect-body")
                        ? named("--expect-body", OptionsReader::regex)
                        : base.expectBody());
    }

    private Body body() {
        String text = textOr("--data", "");
        if (text.equals("@-")) {
            return new Body.StandardInput();
        }
        return text.startsWith("@") ? new Body.File(file("--data", text.substring(1)))
                : new Body.Text(text);
    }

    private static String method(String text) {
        if (!TOKEN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    quote(text) + " is not an HTTP method; type one such as GET or POST");
        }
        return text;
    }

    private static Header header(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon);
        boolean control = text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t');
        if (!TOKEN.matcher(name).matches() || control) {
            // The value may be a secret, so only the name is shown.
            throw new UsageException("--header " + quote(name.isEmpty() ? "…" : name)
                    + " is not a header; type 'Name: value' on one line");
        }
        return new Header(name, text.substring(colon + 1).strip());
    }

    private static List<StatusRange> statuses(String text) {
        List<StatusRange> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.matches("[0-9]{3}(-[0-9]{3})?")) {
                throw new IllegalArgumentException(
                        quote(part) + " is not a status or a range; type 200, 200-399 or 200,404");
            }
            int from = Integer.parseInt(part.substring(0, 3));
            ranges.add(new StatusRange(from,
                    part.length() == 3 ? from : Integer.parseInt(part.substring(4))));
        }
        return List.copyOf(ranges);
    }

    private static String regex(String text) {
        try {
            Pattern.compile(text);
            return text;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    quote(text) + " is not a regular expression: " + e.getDescription()
                            + " at position " + (e.getIndex() + 1));
        }
    }

    /** {@code --send} and {@code --expect} in the order in which they were typed. */
    private List<Step> exchange(List<Step> base) {
        String[] sends = texts("--send");
        String[] expects = texts("--expect");
        if (sends.length + expects.length == 0) {
            return base;
        }
        List<Step> steps = new ArrayList<>();
        int send = 0;
        int expect = 0;
        for (OptionSpec option : line.matchedOptions()) {
            if (option.longestName().equals("--send")) {
                steps.add(new Step.Send(named("--send", sends[send++], Escapes::unescape)));
            } else if (option.longestName().equals("--expect")) {
                steps.add(new Step.Expect(
                        named("--expect", expects[expect++], Escapes::pattern)));
            }
        }
        return List.copyOf(steps);
    }

    private TlsSettings tls(TlsSettings base) {
        String cert = text("--cert");
        if (cert == null && line.hasMatchedOption("--key")) {
            throw new UsageException("--key needs --cert FILE beside it");
        }
        return new TlsSettings(
                line.hasMatchedOption("--cacert") ? file("--cacert", textOr("--cacert", ""))
                        : base.caCertificates(),
                cert == null ? base.certificate() : Path.of(cert),
                line.hasMatchedOption("--key") ? file("--key", textOr("--key", "")) : base.key(),
                line.hasMatchedOption("--insecure") ? TlsSettings.Verification.FORGIVEN
                        : base.verification(),
                line.hasMatchedOption("--tls-min") ? named("--tls-min", OptionsReader::tlsVersion)
                        : base.minimum(),
                line.hasMatchedOption("--tls-max") ? named("--tls-max", OptionsReader::tlsVersion)
                        : base.maximum(),
                line.hasMatchedOption("--servername") ? text("--servername") : base.serverName());
    }

    private static String tlsVersion(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1.0", "tlsv1", "tlsv1.0" -> "TLSv1";
            case "1.1", "tlsv1.1" -> "TLSv1.1";
            case "1.2", "tlsv1.2" -> "TLSv1.2";
            case "1.3", "tlsv1.3" -> "TLSv1.3";
            default -> throw new IllegalArgumentException(
                    quote(text) + " is not a TLS version; type 1.2 or 1.3");
        };
    }

    private EvidenceLevel evidence(EvidenceLevel base) {
        return line.hasMatchedOption("--evidence") ? named("--evidence",
                text -> EvidenceLevel.byId(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                quote(text)
                                        + " is no evidence level; type none, passive, normal or deep")))
                : base;
    }

    private List<HostPort> controls(List<HostPort> base) {
        List<HostPort> controls = new ArrayList<>(base);
        for (String text : texts("--control")) {
            controls.add(named("--control", text, TargetParser::parseHostAndPort));
        }
        return List.copyOf(controls);
    }

    private Format format() {
        return !line.hasMatchedOption("--format") ? Format.JSON
                : named("--format",
                        text -> Format.byId(text)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        quote(text) + " is no format; type one of "
                                                + OptionTable.formats())));
    }

    private int number(String option, int max, int otherwise) {
        if (!line.hasMatchedOption(option)) {
            return otherwise;
        }
        return named(option, text -> {
            if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) < 1
                    || Integer.parseInt(text) > max) {
                throw new IllegalArgumentException(
                        quote(text) + " is not a number from 1 to " + max);
            }
            return Integer.parseInt(text);
        });
    }

    private static Path file(String option, String text) {
        try {
            Path path = Path.of(text);
            if (Files.isReadable(path) && !Files.isDirectory(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // falls through to the same complaint: there is no such file
        }
        throw new UsageException(option + ": cannot read the file " + quote(text)
                + "; check its name and permissions");
    }

    private <T> T named(String option, Function<String, T> reader) {
        return named(option, textOr(option, ""), reader);
    }

    /** Puts the option's name before the complaint about its value. */
    private static <T> T named(String option, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }

    private @Nullable String text(String option) {
        return line.matchedOptionValue(option, (String) null);
    }

    private String textOr(String option, String otherwise) {
        return line.matchedOptionValue(option, otherwise);
    }

    private String[] texts(String option) {
        return line.matchedOptionValue(option, new String[0]);
    }

    static String quote(String text) {
        return "'" + Excerpt.printable(text) + "'";
    }
}
