package probe.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import probe.testing.Eventually;

/**
 * Four namespaces in a row ({@link Place}) and one JVM with {@link Fixtures} at their far end. Between two scenarios
 * all namespaces but the server's are made anew, so that no rule, route, counter or orphaned socket outlives its
 * scenario. Names hold the process id: what a killed run left behind can be told from a living one's.
 */
final class Slot implements AutoCloseable {
    /** Made anew before every scenario; {@code {c}} and so on stand for the names of the namespaces. */
    private static final String CABLES = """
            for n in {c} {r} {q}; do ip netns add $n; ip -n $n link set lo up; done
            ip link add c0 netns {c} type veth peer name r1 netns {r}
            ip link add r2 netns {r} type veth peer name q1 netns {q}
            ip link add q2 netns {q} type veth peer name s0 netns {s}
            give() {
              ip -n $1 addr add 10.77.$3/24 dev $2
              ip -n $1 addr add fd77:$4/64 dev $2 nodad
              ip -n $1 link set $2 up
            }
            give {c} c0 1.2 1::2
            give {r} r1 1.1 1::1
            give {r} r2 12.1 12::1
            give {q} q1 12.2 12::2
            give {q} q2 2.1 2::1
            give {s} s0 2.2 2::2
            for n in {r} {q}; do
              ip netns exec $n sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 \\
                net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
            done
            ip -n {c} route add default via 10.77.1.1
            ip -n {c} route add default via fd77:1::1
            ip -n {r} route add default via 10.77.12.2
            ip -n {r} route add default via fd77:12::2
            ip -n {q} route add 10.77.1.0/24 via 10.77.12.1
            ip -n {q} route add fd77:1::/64 via fd77:12::1
            ip -n {s} route add default via 10.77.2.1
            ip -n {s} route add default via fd77:2::1
            ip netns exec {s} sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
            ip netns exec {s} nft flush ruleset
            for n in {c} {r} {q} {s}; do
              ip netns exec $n nft 'table inet f {
                chain input { type filter hook input priority 0; }
                chain output { type filter hook output priority 0; }
                chain forward { type filter hook forward priority 0; }
              }'
            done
            """;
    /** The kernel joins the groups of IPv6's neighbour discovery in its own time once a link is up. */
    private static final String READY = """
            for i in $(seq 50); do
              if ip netns exec {c} timeout 1 bash -c 'exec 3<>/dev/tcp/fd77:2::2/8000' 2>/dev/null
              then exit 0; fi
              sleep 0.1
            done
            echo "no way over IPv6"; exit 1
            """;
    /** Between the routers through the relay, over devices that need no addresses. */
    private static final String LONG_WAY = """
            ip -n {r} link set wan up
            ip -n {q} link set wan up
            ip -n {r} route replace default dev wan
            ip -n {q} route replace 10.77.1.0/24 dev wan
            """;
    private static final String UNPLUGGED = """
            ip netns exec {s} ss -K dst 10.77.1.2 >/dev/null 2>&1 || true
            for n in {c} {r} {q}; do ip netns del $n 2>/dev/null || true; done
            ip -n {s} link del s0 2>/dev/null || true
            """;
    private static final int NOBODY = 65534;
    /** The longest that a program takes to say what it is waited for to say. */
    private static final Duration CUE = Duration.ofSeconds(5);
    private static final int NAME_SERVERS = 53;
    private static final int LAST_NAME_SERVER = 59;

    private final String prefix;
    private final Path resolverFolder;
    private final Process fixtures;
    private @Nullable DelayRelay relay;
    private final BufferedReader said;

    /** Begins to start the fixtures; see {@link #awaitFixtures}. */
    Slot(int number, Path rootCertificate) {
        prefix = "pl" + ProcessHandle.current().pid() + "-" + number;
        resolverFolder = rootCertificate.resolveSibling("resolver" + number);
        Shell.script("ip netns add %1$s; ip -n %1$s link set lo up".formatted(name(Place.SERVER)));
        try {
            Files.createDirectories(resolverFolder);
            StringBuilder addresses = new StringBuilder();
            for (int last = NAME_SERVERS; last <= LAST_NAME_SERVER; last++) {
                addresses.append("ip -n {s} addr add 10.77.2.")
                        .append(last)
                        .append(
                                "/32 dev lo\n");
            }
            Shell.script(named(addresses + "ip -n {s} addr add 10.77.2.80/32 dev lo"));
            fixtures = startFixtures(rootCertificate);
            said = fixtures.inputReader(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            Shell.script("ip netns del " + name(Place.SERVER));
            throw e;
        }
    }

    private Process startFixtures(Path rootCertificate) {
        try {
            return new ProcessBuilder("ip", "netns", "exec", name(Place.SERVER),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp",
                    System.getProperty("java.class.path"), Fixtures.class.getName(),
                    rootCertificate.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Blocks until the far end serves. */
    void awaitFixtures() {
        try {
            String line = said.readLine();
            if (!"ready".equals(line)) {
                throw new IllegalStateException("the fixtures said " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A healthy path, then the faults of the scenario. */
    void arrange(Scenario scenario) {
        Shell.script(named(UNPLUGGED + CABLES));
        if (scenario.delayMillis() > 0) {
            relay = DelayRelay.between(file(Place.ROUTER1), file(Place.ROUTER2));
            relay.delay(scenario.delayMillis());
            Shell.script(named(LONG_WAY));
        }
        if (scenario.arguments().stream().anyMatch(word -> word.contains("[fd77:"))) {
            Shell.script(named(READY));
        }
        StringBuilder script = new StringBuilder();
        for (Fault fault : scenario.faults()) {
            script.append("ip netns exec ")
                    .append(name(fault.place()))
                    .append(" sh -ec '")
                    .append(fault.command().replace("'", "'\\''"))
                    .append("'\n");
        }
        if (scenario.freezesServer()) {
            script.append("kill -STOP ").append(fixtures.pid()).append('\n');
        }
        if (!script.isEmpty()) {
            Shell.script(script.toString());
        }
    }

    private Path file(Place place) {
        return Path.of("/run/netns", name(place));
    }

    /** Whatever a scenario left that is not in a namespace. */
    void tidy(Scenario scenario) {
        if (relay != null) {
            relay.close();
            relay = null;
        }
        if (scenario.freezesServer()) {
            Shell.script("kill -CONT " + fixtures.pid());
        }
    }

    /** Files of the client's own over those of this machine, in the mount namespace of the command alone. */
    private List<String> seeing(String configuration) {
        try {
            Path names = Files.writeString(resolverFolder.resolve("resolv.conf"), configuration);
            Path order = Files.writeString(resolverFolder.resolve("nsswitch.conf"),
                    "hosts: files dns\n");
            return List.of("sh", "-ec", "mount --bind \"$1\" /etc/resolv.conf;"
                    + " mount --bind \"$2\" /etc/nsswitch.conf; shift 2; exec \"$@\"", "sh",
                    names.toString(), order.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All faults of a scenario pass. */
    void heal(Scenario scenario) {
        if (scenario.freezesServer()) {
            Shell.script("kill -CONT " + fixtures.pid());
        }
        Shell.script(named(Healing.SCRIPT));
    }

    /** On how many requests that must not be made twice the services have acted. */
    long acted() {
        try {
            fixtures.getOutputStream().write('\n');
            fixtures.getOutputStream().flush();
            return Long.parseLong(said.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the program printed on standard output, run on the client without any right. */
    String client(Scenario scenario, List<String> program) {
        return client(scenario, program, "", () -> {});
    }

    /**
     * The same, and something that is done as soon as the program has said something on standard error.
     *
     * @param cue what it has said; empty for something that is done at once
     */
    String client(Scenario scenario, List<String> program, String cue, Runnable then) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name(Place.CLIENT)));
        if (!scenario.resolver().isEmpty()) {
            command.addAll(seeing(scenario.resolver()));
        }
        command.addAll(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all",
                "--no-new-privs"));
        command.addAll(isNobodyKnown()
                ? List.of("--reuid=65534", "--regid=65534", "--clear-groups", "--")
                : List.of("--securebits=+noroot,+noroot_locked", "--"));
        command.addAll(program);
        try {
            Path errors = Files.createTempFile("probe-lab", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.toLowerCase(
                            Locale.ROOT).endsWith("_proxy"));
            builder.environment().putAll(Map.of("HOME", "/nonexistent"));
            Process process = builder.start();
            process.getOutputStream().close();
            Eventually.within(CUE, () -> !process.isAlive()
                    || contains(errors, cue));
            then.run();
            String out = new String(process.getInputStream().readAllBytes(),
                    StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            String complaint = Files.readString(errors);
            Files.delete(errors);
            return out.isBlank() ? "no report: " + complaint : out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return text.isEmpty() || Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the user nobody exists here; in a namespace of users there may be root alone (user_namespaces(7)). */
    private static boolean isNobodyKnown() {
        try {
            return Files.readAllLines(Path.of("/proc/self/uid_map"))
                    .stream()
                    .map(line -> line.strip().split("\\s+"))
                    .anyMatch(part -> Long.parseLong(part[0]) <= NOBODY
                            && NOBODY < Long.parseLong(part[0]) + Long.parseLong(part[2]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String named(String script) {
        String result = script;
        for (Place place : Place.values()) {
            result = result.replace("{" + place.suffix() + "}", name(place));
        }
        return result;
    }

    private String name(Place place) {
        return prefix + place.suffix();
    }

    @Override
    public void close() {
        fixtures.destroyForcibly();
        Shell.script(named(UNPLUGGED + "ip netns del {s}"));
    }
}
