package probe.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
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

    static {
        // No value is read by picocli, and to find its readers of dates takes 3 ms of a cold start.
        System.setProperty("picocli.converters.excludes", ".*");
    }

    private OptionTable() {}

    /** The options by what they are about; the words are topics of {@code probe help}. */
    enum Section {
        TIMEOUTS, ADDRESSES, HTTP, SCRIPT, TLS, JUDGEMENT, WAITING, OUTPUT, OTHER;

        /** The word for it. */
        String topic() {
            return name().toLowerCase(Locale.ROOT);
        }

        private List<Row> rows() {
            return switch (this) {
                case TIMEOUTS -> timeouts();
                case ADDRESSES -> addresses();
                case HTTP -> http();
                case SCRIPT -> exchange();
                case TLS -> security();
                case JUDGEMENT -> judgement();
                case WAITING -> waiting();
                case OUTPUT -> output();
                case OTHER -> other();
            };
        }

        /** Its options, in the order in which they are told. */
        List<OptionSpec> options() {
            return rows().stream().map(Row::spec).toList();
        }
    }

    /** One option, before picocli is told of it. */
    private record Row(List<String> names, Class<?> type, String label, String help) {
        /** Whether the word is this option, with or without a value. */
        boolean isMeantBy(String word) {
            for (String name : names) {
                if (word.equals(name) || word.length() > name.length() && word.startsWith(name)
                        && word.charAt(name.length()) == '=') {
                    return true;
                }
            }
            return false;
        }

        OptionSpec spec() {
            OptionSpec.Builder spec = OptionSpec.builder(names.toArray(String[]::new))
                    .arity(type == boolean.class ? "0" : "1")
                    .type(type)
                    .description(help);
            return (label.isEmpty() ? spec : spec.paramLabel(label)).build();
        }
    }

    /**
     * The command, ready to parse these words: with the options among them alone, as to build every one takes 8 ms of a
     * cold start; with every one where a word is no option's name, so that picocli can say so.
     */
    static CommandLine commandLine(String... words) {
        List<String> options = new ArrayList<>();
        for (String word : words) {
            if (word.length() > 1 && word.startsWith("-")) {
                options.add(word);
            }
        }
        return commandLine(options.isEmpty() ? List.of() : rows(options));
    }

    private static List<Row> rows(List<String> options) {
        List<Row> all = new ArrayList<>();
        for (Section section : Section.values()) {
            all.addAll(section.rows());
        }
        List<Row> meant = new ArrayList<>(all);
        meant.removeIf(row -> !isMeant(row, options));
        options.removeIf(word -> isOption(word, meant));
        return options.isEmpty() ? meant : all;
    }

    private static boolean isMeant(Row row, List<String> words) {
        for (String word : words) {
            if (row.isMeantBy(word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOption(String word, List<Row> rows) {
        for (Row row : rows) {
            if (row.isMeantBy(word)) {
                return true;
            }
        }
        return false;
    }

    private static CommandLine commandLine(List<Row> rows) {
        CommandSpec spec = CommandSpec.create().name("probe");
        for (Row row : rows) {
            spec.addOption(row.spec());
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
        return Arrays.stream(Section.values())
                .flatMap(section -> section.rows().stream())
                .flatMap(row -> row.names().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The words after {@code --format}. */
    static String formats() {
        StringJoiner formats = new StringJoiner(", ");
        for (Format format : Format.values()) {
            formats.add(format.id());
        }
        return formats.toString();
    }

    private static List<Row> timeouts() {
        return List.of(one("--connect-timeout", "DURATION", "TCP handshake, per address (3100ms)"),
                one("--connection-request-timeout", "DURATION",
                        "lease of a pooled connection (3s)"),
                one("--socket-timeout", "DURATION", "longest silence between two reads (10s)"),
                one("--tls-timeout", "DURATION", "TLS handshake (as connect)"),
                one("--dns-timeout", "DURATION", "name resolution (5s)"),
                one("--deadline", "DURATION", "everything together, a hard stop (30s)"),
                one("--idle", "DURATION",
                        "hold a connection silent for so long, then use it"),
                one("--profile", "NAME|FILE", "a bundled profile or a file (default)"),
                flag("print what the six timers mean for the target, and which values follow"
                        + " from what is measured", "--explain-timeouts"),
                one("--attempts", "N",
                        "how many attempts, judged together (1)"),
                one("--interval", "DURATION|backoff",
                        "the pause between two attempts (1s); backoff: as the advice says"));
    }

    private static List<Row> addresses() {
        return List.of(flag("IPv4 addresses only", "-4", "--ipv4"),
                flag("IPv6 addresses only", "-6", "--ipv6"),
                many("--resolve", "HOST:PORT:ADDR",
                        "use this address instead of a lookup, as in curl"),
                one("--proxy", "URL", "http://, socks5:// or socks5h:// proxy; '' for none"),
                one("--noproxy", "LIST", "hosts reached without a proxy, as in curl"));
    }

    private static List<Row> http() {
        return List.of(one("--method", "METHOD", "HTTP method (GET, with data POST)"),
                many("--header", "NAME: VALUE", "HTTP header to send"),
                one("--data", "TEXT|@FILE|@-", "HTTP body; a file or standard input is streamed"),
                one("--expect-status", "LIST", "good statuses, such as 200-299,404 (200-399)"),
                one("--expect-body", "REGEX", "what the answer's body must contain"),
                flag("speak HTTP/2; on http:// without asking first", "--http2"),
                flag("follow redirects, each as an attempt of its own", "-L",
                        "--location"),
                one("--requests", "N",
                        "so many requests over one pool of HttpClient, for each target"),
                one("--concurrency-per-target", "N", "how many of them at once (25)"),
                one("--pool-size", "N", "connections of that pool (5, as HttpClient has)"),
                one("--max-redirs", "N", "how many redirects to follow at most (10)"));
    }

    private static List<Row> exchange() {
        return List.of(
                many("--send", "TEXT", "bytes to send on a raw socket; \\r \\n \\t \\\\ \\xNN"),
                many("--expect", "REGEX", "what must come back; in order with --send"));
    }

    private static List<Row> security() {
        return List.of(one("--cacert", "FILE", "trust the issuers in this PEM file and no others"),
                one("--cert", "FILE", "client certificate, PEM or PKCS#12 (FILE:PASSWORD)"),
                one("--key", "FILE", "client key, PEM"),
                flag("note the certificate's faults, and go on", "-k", "--insecure"),
                one("--tls-min", "VERSION", "lowest TLS version offered: 1.2 or 1.3"),
                one("--tls-max", "VERSION", "highest TLS version offered: 1.2 or 1.3"),
                one("--servername", "NAME", "name to ask for (SNI) and to verify"));
    }

    private static List<Row> judgement() {
        return List.of(one("--evidence", "LEVEL",
                "how far to look when something fails: none, passive, normal or deep (normal)"),
                many("--control", "HOST:PORT",
                        "a known-good place to compare with"));
    }

    private static List<Row> waiting() {
        return List.of(one("--for", "DURATION",
                "probe wait, probe idle-limit: how long at most (60s)"),
                many("--keep-waiting-for", "KIND",
                        "probe wait: wait on, though waiting alone does not cure this fault"));
    }

    private static List<Row> output() {
        return List.of(many("--format", "FORMAT[=FILE]",
                formats() + " (json); with a file beside standard output"),
                one("--output", "FILE", "write there instead of standard output"),
                one("--targets", "FILE|-",
                        "more targets: TARGET [PROFILE] a line, or a JSON array; - is standard input"),
                one("--concurrency", "N",
                        "how many targets at once (256), fewer where ulimit -n is low"),
                one("--per-host", "N", "how many of them at one host (64)"),
                flag("reports in the order of the targets", "--ordered"),
                flag("a summary of the run, last", "--summary"),
                many("--expect-kind", "KIND", "the fault that is wanted: exit 0 for it"),
                one("--expect-healthy", "BOOL", "false: any fault is wanted (true)"),
                one("--color", "WHEN", "colour in text: auto, always, never (auto)"),
                flag("say nothing on standard error but complaints", "-q", "--quiet"),
                flag("say what is done as it happens", "-v", "--verbose"),
                flag("that, and the stack of every exception", "--debug"));
    }

    private static List<Row> other() {
        return List.of(flag("print ways of reading reports with jq", "--examples"),
                flag("print the JSON Schema of reports", "--schema"),
                flag("print the JSON Schema of summaries", "--summary-schema"),
                flag("print every kind of fault and what it means", "--help-kinds"),
                flag("print the version", "-V", "--version"),
                flag("print this help", "-h", "--help"));
    }

    private static Row one(String name, String label, String help) {
        return new Row(List.of(name), String.class, label, help);
    }

    private static Row many(String name, String label, String help) {
        return new Row(List.of(name), String[].class, label, help);
    }

    private static Row flag(String help, String... names) {
        return new Row(List.of(names), boolean.class, "", help);
    }
}
