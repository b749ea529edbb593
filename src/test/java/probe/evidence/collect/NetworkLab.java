package probe.evidence.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Three network namespaces in a row, made for one test class and removed with it: a client, a router and a server.
 *
 * <pre>
 *   client 10.231.1.2 ── 10.231.1.1 router 10.231.2.1 ── 10.231.2.2 server (and .3 to .9, which are nobody's)
 * </pre>
 */
final class NetworkLab implements AutoCloseable {
    static final String SERVER = "10.231.2.2";
    static final String SERVER_V6 = "fd10:231:2::2";
    static final String ROUTER = "10.231.1.1";
    static final String ROUTER_V6 = "fd10:231:1::1";
    static final String CLIENT = "10.231.1.2";

    private static final long PATIENCE_SECONDS = 20;
    private final String prefix = "pk-" + ProcessHandle.current().pid() + "-";
    private final List<Process> running = new ArrayList<>();

    /** The names of the namespaces. */
    enum Place {
        CLIENT, ROUTER, SERVER;

        String suffix() {
            return name().toLowerCase(java.util.Locale.ROOT).substring(0, 1);
        }
    }

    static NetworkLab build() {
        NetworkLab lab = new NetworkLab();
        try {
            lab.up();
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
        return lab;
    }

    private void up() {
        for (Place place : Place.values()) {
            sh("ip netns add " + name(place));
            in(place, "ip link set lo up");
        }
        cable(Place.CLIENT, "c0", Place.ROUTER, "r1");
        cable(Place.ROUTER, "r2", Place.SERVER, "s0");
        address(Place.CLIENT, "c0", CLIENT + "/24", "fd10:231:1::2/64");
        address(Place.ROUTER, "r1", ROUTER + "/24", ROUTER_V6 + "/64");
        address(Place.ROUTER, "r2", "10.231.2.1/24", "fd10:231:2::1/64");
        address(Place.SERVER, "s0", SERVER + "/24", SERVER_V6 + "/64");
        in(Place.ROUTER, "sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1"
                + " net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0");
        in(Place.CLIENT, "ip route add default via " + ROUTER);
        in(Place.CLIENT, "ip -6 route add default via " + ROUTER_V6);
        in(Place.SERVER, "ip route add default via 10.231.2.1");
        in(Place.SERVER, "ip -6 route add default via fd10:231:2::1");
        for (Place place : Place.values()) {
            in(place, "nft add table inet f");
            for (String hook : List.of("input", "output", "forward")) {
                in(place, "nft add chain inet f " + hook + " { type filter hook " + hook
                        + " priority 0 ; }");
            }
        }
    }

    private void cable(Place one, String oneName, Place other, String otherName) {
        sh("ip link add " + oneName + " netns " + name(one) + " type veth peer name " + otherName
                + " netns " + name(other));
    }

    private void address(Place place, String device, String v4, String v6) {
        in(place, "ip addr add " + v4 + " dev " + device);
        in(place, "ip -6 addr add " + v6 + " dev " + device + " nodad");
        in(place, "ip link set " + device + " up");
    }

    /** A rule of the packet filter, such as {@code output tcp dport 7002 drop}. */
    void filter(Place place, String rule) {
        in(place, "nft add rule inet f " + rule);
    }

    /** Runs a command in a namespace and waits for it. */
    void in(Place place, String command) {
        sh("ip netns exec " + name(place) + " " + command);
    }

    private String name(Place place) {
        return prefix + place.suffix();
    }

    /** A JVM in a namespace, as an ordinary user without capabilities; it is ended with the lab. */
    Process java(Place place, Class<?> main, List<String> arguments) {
        // Not every folder of the class path can be read by everybody; root without capabilities can read its own.
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name(place),
                "setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).redirectError(
                    ProcessBuilder.Redirect.INHERIT).start();
            running.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sh(String command) {
        try {
            Path output = Files.createTempFile("lab", ".log");
            Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        running.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        running.forEach(Process::destroyForcibly);
        for (Place place : Place.values()) {
            try {
                sh("ip netns del " + name(place));
            } catch (IllegalStateException neverMade) {
                // Building it failed before this one; the failure itself is reported.
            }
        }
    }
}
