package probe.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import probe.report.Format;

/**
 * The options, as picocli is told of them: names, arity and help. Every value arrives as text and is read by
 * {@link OptionsReader}, so that every complaint has the same form. Built by hand, as annotations would cost
 * every run their reflection (measured: 97 ms against 190 ms of a cold start).
 */
final class OptionTable {

    private OptionTable() {}

    /** The options by what they are about; the words are topics of {@code probe help}. */
    enum Section {
        TIMEOUTS, ADDRESSES, HTTP, SCRIPT, TLS, JUDGEMENT, WAITING, OUTPUT, OTHER;

        /** The word for it. */
        String topic() {
            return name().toLowerCase(Locale.ROOT);
        }

        private void addTo(CommandSpec spec) {
            switch (this) {
                case TIMEOUTS -> timeouts(spec);
                case ADDRESSES -> addresses(spec);
                case HTTP -> http(spec);
                case SCRIPT -> exchange(spec);
                case TLS -> security(spec);
                case JUDGEMENT -> judgement(spec);
                case WAITING -> waiting(spec);
                case OUTPUT -> output(spec);
                case OTHER -> other(spec);
            }
        }

        /** Its options, in the order in which they are told. */
        List<OptionSpec> options() {
            CommandSpec spec = CommandSpec.create();
            addTo(spec);
            return spec.options();
        }
    }

    /** The command, ready to parse. */
    static CommandLine commandLine() {
        CommandSpec spec = CommandSpec.create().name("probe");
        for (Section section : Section.values()) {
            section.addTo(spec);
        }
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("TARGET")
                .arity("0..*")
                .type(String[].class)
                .description("host:port, tcp://host:port, tls://host:port, http://… or https://…")
                .build());
        CommandLine line = new CommandLine(spec);
        line.setExpandAtFiles(false);
        line.setPosixClusteredShortOptionsAllowed(false);
        line.setOverwrittenOptionsAllowed(false);
        return line;
    }

    /** Every name of every option. */
    static Set<String> names() {
        return commandLine().getCommandSpec().optionsMap().keySet();
    }

    /** The words after {@code --format}. */
    static String formats() {
        return Arrays.stream(Format.values()).map(Format::id).collect(Collectors.joining(", "));
    }

    private static void timeouts(CommandSpec spec) {
        spec.addOption(one("--connect-timeout", "DURATION", "TCP handshake, per address (3100ms)"));
        spec.addOption(one("--connection-request-timeout", "DURATION",
                "lease of a pooled connection (3s)"));
        spec.addOption(
                one("--socket-timeout", "DURATION", "longest silence between two reads (10s)"));
        spec.addOption(one("--tls-timeout", "DURATION", "TLS handshake (as connect)"));
        spec.addOption(one("--dns-timeout", "DURATION", "name resolution (5s)"));
        spec.addOption(one("--deadline", "DURATION", "everything together, a hard stop (30s)"));
        spec.addOption(one("--idle", "DURATION",
                "hold a connection silent for so long, then use it"));
        spec.addOption(one("--profile", "NAME|FILE", "a bundled profile or a file (default)"));
        spec.addOption(flag("print what the six timers mean for the target, and which values follow"
                + " from what is measured", "--explain-timeouts"));
        spec.addOption(one("--attempts", "N",
                "how many attempts, judged together (1)"));
        spec.addOption(one("--interval", "DURATION|backoff",
                "the pause between two attempts (1s); backoff: as the advice says"));
    }

    private static void addresses(CommandSpec spec) {
        spec.addOption(flag("IPv4 addresses only", "-4", "--ipv4"));
        spec.addOption(flag("IPv6 addresses only", "-6", "--ipv6"));
        spec.addOption(many("--resolve", "HOST:PORT:ADDR",
                "use this address instead of a lookup, as in curl"));
        spec.addOption(
                one("--proxy", "URL", "http://, socks5:// or socks5h:// proxy; '' for none"));
        spec.addOption(one("--noproxy", "LIST", "hosts reached without a proxy, as in curl"));
    }

    private static void http(CommandSpec spec) {
        spec.addOption(one("--method", "METHOD", "HTTP method (GET, with data POST)"));
        spec.addOption(many("--header", "NAME: VALUE", "HTTP header to send"));
        spec.addOption(
                one("--data", "TEXT|@FILE|@-", "HTTP body; a file or standard input is streamed"));
        spec.addOption(
                one("--expect-status", "LIST", "good statuses, such as 200-299,404 (200-399)"));
        spec.addOption(one("--expect-body", "REGEX", "what the answer's body must contain"));
        spec.addOption(flag("speak HTTP/2; on http:// without asking first", "--http2"));
        spec.addOption(flag("follow redirects, each as an attempt of its own", "-L",
                "--location"));
        spec.addOption(one("--requests", "N",
                "so many requests over one pool of HttpClient, for each target"));
        spec.addOption(one("--concurrency-per-target", "N", "how many of them at once (25)"));
        spec.addOption(one("--pool-size", "N", "connections of that pool (5, as HttpClient has)"));
        spec.addOption(one("--max-redirs", "N", "how many redirects to follow at most (10)"));
    }

    private static void exchange(CommandSpec spec) {
        spec.addOption(
                many("--send", "TEXT", "bytes to send on a raw socket; \\r \\n \\t \\\\ \\xNN"));
        spec.addOption(many("--expect", "REGEX", "what must come back; in order with --send"));
    }

    private static void security(CommandSpec spec) {
        spec.addOption(one("--cacert", "FILE", "trust the issuers in this PEM file and no others"));
        spec.addOption(one("--cert", "FILE", "client certificate, PEM or PKCS#12 (FILE:PASSWORD)"));
        spec.addOption(one("--key", "FILE", "client key, PEM"));
        spec.addOption(flag("note the certificate's faults, and go on", "-k", "--insecure"));
        spec.addOption(one("--tls-min", "VERSION", "lowest TLS version offered: 1.2 or 1.3"));
        spec.addOption(one("--tls-max", "VERSION", "highest TLS version offered: 1.2 or 1.3"));
        spec.addOption(one("--servername", "NAME", "name to ask for (SNI) and to verify"));
    }

    private static void judgement(CommandSpec spec) {
        spec.addOption(one("--evidence", "LEVEL",
                "how far to look when something fails: none, passive, normal or deep (normal)"));
        spec.addOption(many("--control", "HOST:PORT",
                "a known-good place to compare with"));
    }

    private static void waiting(CommandSpec spec) {
        spec.addOption(one("--for", "DURATION",
                "probe wait, probe idle-limit: how long at most (60s)"));
        spec.addOption(many("--keep-waiting-for", "KIND",
                "probe wait: wait on, though waiting alone does not cure this fault"));
    }

    private static void output(CommandSpec spec) {
        spec.addOption(many("--format", "FORMAT[=FILE]",
                formats() + " (json); with a file beside standard output"));
        spec.addOption(one("--output", "FILE", "write there instead of standard output"));
        spec.addOption(one("--targets", "FILE|-",
                "more targets: TARGET [PROFILE] a line, or a JSON array; - is standard input"));
        spec.addOption(one("--concurrency", "N",
                "how many targets at once (256), fewer where ulimit -n is low"));
        spec.addOption(one("--per-host", "N", "how many of them at one host (64)"));
        spec.addOption(flag("reports in the order of the targets", "--ordered"));
        spec.addOption(flag("a summary of the run, last", "--summary"));
        spec.addOption(many("--expect-kind", "KIND", "the fault that is wanted: exit 0 for it"));
        spec.addOption(one("--expect-healthy", "BOOL", "false: any fault is wanted (true)"));
        spec.addOption(one("--color", "WHEN", "colour in text: auto, always, never (auto)"));
        spec.addOption(flag("say nothing on standard error but complaints", "-q", "--quiet"));
        spec.addOption(flag("say what is done as it happens", "-v", "--verbose"));
        spec.addOption(flag("that, and the stack of every exception", "--debug"));
    }

    private static void other(CommandSpec spec) {
        spec.addOption(flag("print ways of reading reports with jq", "--examples"));
        spec.addOption(flag("print the JSON Schema of reports", "--schema"));
        spec.addOption(flag("print the JSON Schema of summaries", "--summary-schema"));
        spec.addOption(flag("print every kind of fault and what it means", "--help-kinds"));
        spec.addOption(flag("print the version", "-V", "--version"));
        spec.addOption(flag("print this help", "-h", "--help"));
    }

    private static OptionSpec one(String name, String label, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1")
                .type(String.class)
                .description(help)
                .build();
    }

    private static OptionSpec many(String name, String label, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1")
                .type(String[].class)
                .description(help)
                .build();
    }

    private static OptionSpec flag(String help, String... names) {
        return OptionSpec.builder(names).arity("0").type(boolean.class).description(help).build();
    }
}
