package probe.evidence.collect;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import probe.attempt.Excerpt;
import probe.evidence.HostsEntry;
import probe.evidence.ResolverConfig;
import probe.target.AddressText;

/**
 * Reads the files by which this machine resolves names, with the rules of glibc ({@code resolv.conf(5)}); musl and
 * others differ in small ways. The environment variables LOCALDOMAIN and RES_OPTIONS are not looked at.
 */
final class DnsConfig {
    /** MAXNS and, before glibc 2.26, MAXDNSRCH of {@code resolv.h}; more search domains are not worth the packets. */
    private static final int MAX_SERVERS = 3;
    private static final int MAX_DOMAINS = 6;
    private static final int MAX_NDOTS = 15; // RES_MAXNDOTS
    private static final int DEFAULT_TIMEOUT = 5; // seconds, RES_TIMEOUT
    private static final int MAX_TIMEOUT = 30; // RES_MAXRETRANS
    private static final String BLANKS = "[ \t]+";

    private DnsConfig() {}

    /** What the files say. */
    static ResolverConfig read(DnsFiles files) {
        Optional<List<String>> lines = DnsFiles.lines(files.resolvConf(), "#;");
        List<String> servers = new ArrayList<>();
        List<String> domains = null;
        int ndots = 1;
        for (String line : lines.orElse(List.of())) {
            String[] words = line.split(BLANKS);
            List<String> values = Arrays.asList(words).subList(1, words.length);
            switch (words[0]) {
                case "nameserver" -> values.stream().limit(1).forEach(servers::add);
                case "search", "domain" -> domains = values;
                case "options" -> ndots = ndots(values, ndots);
                default -> {} // nothing that matters here
            }
        }
        return new ResolverConfig(
                !servers.isEmpty() ? ResolverConfig.File.NAMES_SERVERS
                        : lines.isPresent() ? ResolverConfig.File.NAMES_NO_SERVER
                                : ResolverConfig.File.UNREADABLE,
                printable(servers, MAX_SERVERS),
                printable(domains == null ? ownDomain(files) : domains, MAX_DOMAINS), ndots,
                sources(files));
    }

    private static int ndots(List<String> options, int before) {
        return Math.min(option("ndots", options, before), MAX_NDOTS);
    }

    /** The last that is said of an option with a number. */
    private static int option(String name, List<String> options, int before) {
        return options.stream()
                .filter(option -> option.matches(name + ":[0-9]{1,9}"))
                .map(option -> Integer.parseInt(option.substring(name.length() + 1)))
                .reduce(before, (_, later) -> later);
    }

    /** How long the first name server is waited for, at least a second. */
    static Duration timeout(DnsFiles files) {
        int seconds = DEFAULT_TIMEOUT;
        for (String line : DnsFiles.lines(files.resolvConf(), "#;").orElse(List.of())) {
            List<String> words = Arrays.asList(line.split(BLANKS));
            if (words.getFirst().equals("options")) {
                seconds = option("timeout", words, seconds);
            }
        }
        return Duration.ofSeconds(Math.clamp(seconds, 1, MAX_TIMEOUT));
    }

    /** Without {@code search} and {@code domain}: what follows the first dot of this machine's name. */
    private static List<String> ownDomain(DnsFiles files) {
        String name = DnsFiles.lines(files.hostname(), "")
                .flatMap(lines -> lines.stream().findFirst())
                .orElse("");
        int dot = name.indexOf('.');
        return dot < 0 || dot == name.length() - 1 ? List.of() : List.of(name.substring(dot + 1));
    }

    /** The words of the line {@code hosts:}; without one, glibc's {@code dns [!UNAVAIL=return] files}. */
    private static List<String> sources(DnsFiles files) {
        return DnsFiles.lines(files.nsswitch(), "#")
                .orElse(List.of())
                .stream()
                .filter(line -> line.startsWith("hosts:"))
                .map(line -> line.substring(6).strip())
                .findFirst()
                .map(words -> printable(List.of(words.split(BLANKS)), 20))
                .orElse(List.of("dns", "files"));
    }

    /** The addresses of {@code name} in the hosts file, if it stands there. */
    static Optional<HostsEntry> hosts(DnsFiles files, String name) {
        String bare = bare(name);
        List<String> addresses = new ArrayList<>();
        for (String line : DnsFiles.lines(files.hosts(), "#").orElse(List.of())) {
            // A cheap look first: some hosts files have a million lines.
            if (line.toLowerCase(Locale.ROOT).contains(bare)) {
                String[] words = line.split(BLANKS);
                if (Arrays.stream(words).skip(1).anyMatch(word -> bare(word).equals(bare))) {
                    addresses.add(canonical(words[0]));
                }
            }
        }
        return addresses.isEmpty() ? Optional.empty()
                : Optional.of(new HostsEntry(name, printable(addresses, 20)));
    }

    private static String canonical(String literal) {
        try {
            return AddressText.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException notAnAddress) {
            return literal;
        }
    }

    private static String bare(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static List<String> printable(List<String> words, int max) {
        return words.stream().limit(max).map(Excerpt::printable).toList();
    }
}
