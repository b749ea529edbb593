package probe.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import probe.diagnosis.Kind;
import probe.testing.DnsReply;
import probe.testing.DnsReply.Rcode;
import probe.testing.FaultServer;
import probe.testing.Loopback;
import probe.testing.Payload;
import probe.testing.TestDnsServer;

/**
 * Faults of the machine itself and of its name servers. Each is brought about in a process of its own that has a network
 * and a file {@code resolv.conf} of its own, which end with it: nothing outside is touched.
 */
final class NamespaceScenes {
    private static final long PATIENCE_SECONDS = 60;
    private static final String NAME = "db.shop.test";
    private static final String[] SHORT = {"--dns-timeout", "2500ms"};

    private NamespaceScenes() {}

    /** Something to run inside. */
    private interface Inside {
        String report() throws Exception;
    }

    /**
     * One of them.
     *
     * @param name of the case that it is recorded as
     * @param kind what it is
     * @param network shell commands that make the network
     * @param inside what is run there
     */
    private record Scene(String name, Kind kind, String network, Inside inside) {
        Situation situation() {
            return new Situation(name, kind, () -> outside(this));
        }
    }

    static List<Situation> all() {
        return scenes().map(Scene::situation).toList();
    }

    private static Stream<Scene> scenes() {
        return Stream.of(
                named("name-does-not-exist-says-the-name-server", Kind.DNS_NOT_FOUND,
                        DnsReply.notFound("shop.test")),
                named("name-without-address", Kind.DNS_NO_ADDRESS, DnsReply.noData("shop.test")),
                named("name-server-fails-for-one-zone", Kind.DNS_SERVER_FAILURE,
                        DnsReply.failure(Rcode.SERVFAIL).because(22, "no reachable authority")),
                named("name-server-refuses", Kind.DNS_REFUSED, DnsReply.failure(Rcode.REFUSED)),
                named("name-server-silent", Kind.DNS_TIMEOUT, new DnsReply.Silence()),
                named("name-server-answers-garbage", Kind.DNS_BAD_RESPONSE,
                        new DnsReply.Garbage(Payload.latin1("this is no message of DNS"))),
                named("name-leads-nowhere", Kind.DNS_BOGUS_ADDRESS,
                        DnsReply.addresses("0.0.0.0")),
                new Scene("name-server-absent", Kind.DNS_UNREACHABLE, "",
                        () -> Situation.probe(NAME + ":5432", SHORT)),
                new Scene("name-cannot-be-told-apart", Kind.DNS_FAILED, "",
                        () -> answering(DnsReply.failure(Rcode.SERVFAIL), "--evidence", "none")),
                new Scene("no-route", Kind.NETWORK_UNREACHABLE, "",
                        () -> Situation.probe("192.0.2.7:5432")),
                new Scene("neighbour-silent", Kind.HOST_UNREACHABLE,
                        "ip link add n0 type veth peer name n1; ip addr add 10.99.0.1/24 dev n0;"
                                + " ip link set n0 up; ip link set n1 up",
                        () -> Situation.probe("10.99.0.9:5432", "--connect-timeout", "4s")),
                new Scene("route-prohibits", Kind.BLOCKED_LOCALLY,
                        "ip route add prohibit 192.0.2.0/24",
                        () -> Situation.probe("192.0.2.7:5432")),
                new Scene("own-filter-resets-requests", Kind.RESET,
                        "nft 'table inet f { chain o { type filter hook output priority 0;"
                                + " tcp dport 8000 meta length > 80 reject with tcp reset; }; }'",
                        NamespaceScenes::resetHere),
                new Scene("idle-forgotten", Kind.READ_TIMEOUT, forgetting("drop"),
                        NamespaceScenes::silentHere),
                new Scene("idle-reset", Kind.RESET, forgetting("reject with tcp reset"),
                        NamespaceScenes::silentHere),
                new Scene("no-port-left", Kind.ADDRESS_UNAVAILABLE,
                        "echo 40000 40019 > /proc/sys/net/ipv4/ip_local_port_range;"
                                + " echo 0 > /proc/sys/net/ipv4/tcp_max_tw_buckets",
                        NamespaceScenes::withoutPort),
                new Scene("no-descriptor-left", Kind.TOO_MANY_OPEN_FILES, "ulimit -n 200",
                        NamespaceScenes::withoutDescriptor));
    }

    /** A connection's entry is gone after a second of silence, and this is done with what has none. */
    private static String forgetting(String verdict) {
        return "nft 'table inet f { chain i { type filter hook input priority 0;"
                + " tcp dport 8000 ct state invalid " + verdict + "; }; }';"
                + " sysctl -qw net.netfilter.nf_conntrack_tcp_loose=0"
                + " net.netfilter.nf_conntrack_tcp_timeout_established=1";
    }

    /** The service is healthy, and its connection silent for too long. */
    private static String silentHere() {
        try (FaultServer _ = FaultServer.builder()
                .on(new InetSocketAddress(Loopback.V4.address(), 8000))
                .start()) {
            return Situation.probe("127.0.0.1:8000", "--idle", "2500ms");
        }
    }

    private static Scene named(String name, Kind kind, DnsReply reply) {
        return new Scene(name, kind, "", () -> answering(reply, SHORT));
    }

    /** The root answers as it should; the name gets its reply. */
    private static String answering(DnsReply reply, String... options) {
        try (TestDnsServer server = TestDnsServer.on(
                new InetSocketAddress(Loopback.V4.address(), 53))) {
            server.reply("", DnsReply.noData("")).reply(NAME, reply);
            return Situation.probe(NAME + ":5432", options);
        }
    }

    /** The service is healthy; no request comes to it. */
    private static String resetHere() {
        try (FaultServer _ = FaultServer.builder()
                .on(new InetSocketAddress(Loopback.V4.address(), 8000))
                .start()) {
            return Situation.probe("http://127.0.0.1:8000/");
        }
    }

    /** All ports to one place are taken; to another there are some left. */
    private static String withoutPort() throws IOException {
        InetAddress here = Loopback.V4.address();
        List<Socket> taken = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(9000, 50, here)) {
            takeAll(here, server.getLocalPort(), taken);
            return Situation.probe("127.0.0.1:" + server.getLocalPort());
        } finally {
            for (Socket one : taken) {
                one.close();
            }
        }
    }

    private static void takeAll(InetAddress here, int port, List<Socket> taken)
            throws IOException {
        try {
            while (taken.size() < 100) {
                taken.add(new Socket(here, port));
            }
        } catch (BindException noneLeft) {
            return;
        }
        throw new IllegalStateException("the range does not hold");
    }

    /**
     * All descriptors are taken. A class in a folder needs one to be loaded, unlike one in the packaged program's jar,
     * so all are loaded before.
     */
    private static String withoutDescriptor() throws IOException, ClassNotFoundException {
        try (ServerSocket server = new ServerSocket(0, 50, Loopback.V4.address())) {
            String target = "127.0.0.1:" + server.getLocalPort();
            Situation.probe("127.0.0.1:1");
            Situation.probe(target);
            loadAll();
            List<FileInputStream> taken = new ArrayList<>();
            try {
                while (taken.size() < 1_000) {
                    taken.add(new FileInputStream("/dev/null"));
                }
                throw new IllegalStateException("the limit does not hold");
            } catch (IOException limitReached) {
                return Situation.probe(target);
            } finally {
                for (FileInputStream one : taken) {
                    one.close();
                }
            }
        }
    }

    private static void loadAll() throws IOException, ClassNotFoundException {
        Path folder = Path.of(Program.class.getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        try (Stream<Path> files = Files.walk(folder.resolve("probe"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = folder.relativize(file).toString();
                if (name.endsWith(".class") && !name.endsWith("package-info.class")) {
                    Class.forName(name.replace(".class", "").replace('/', '.'));
                }
            }
        }
    }

    private static String outside(Scene scene) throws IOException, InterruptedException {
        return outside(scene.name(), scene.network(), Child.class);
    }

    /** Runs a class with the scene's name in a process with a network of its own, and returns what it prints. */
    static String outside(String name, String network, Class<?> child)
            throws IOException, InterruptedException {
        Path resolver = Files.createTempFile("resolv", ".conf");
        Path output = Files.createTempFile("scene", ".json");
        Path errors = Files.createTempFile("scene", ".log");
        Files.writeString(resolver, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
        String script = "set -e; mount --bind " + resolver + " /etc/resolv.conf;"
                + " ip link set lo up; " + (network.isEmpty() ? ":" : network)
                + "; exec \"$@\"";
        Process process = new ProcessBuilder("unshare", "--net", "--mount", "--propagation",
                "private", "sh", "-c", script, "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), child.getName(), name)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(name + ": "
                        + Files.readString(errors, StandardCharsets.UTF_8));
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
            for (Path file : List.of(resolver, output, errors)) {
                Files.delete(file);
            }
        }
    }

    /** Brings one about, again and again under a deadline, in a process with a network of its own; throws what went wrong. */
    static void underDeadline(Situation situation) throws IOException, InterruptedException {
        Scene scene = scenes().filter(one -> one.name().equals(situation.name()))
                .findFirst()
                .orElseThrow();
        outside(scene.name(), scene.network(), DeadlineChild.class);
    }

    /** The process that has a network of its own, and whose runs have a deadline. */
    static final class DeadlineChild {
        private DeadlineChild() {}

        /** Runs the scene of that name as the other faults are run; exits with 1 when it did not end in time or whole. */
        public static void main(String[] args) throws Exception {
            Scene scene = scenes().filter(one -> one.name().equals(args[0]))
                    .findFirst()
                    .orElseThrow();
            EveryFaultUnderADeadlineTest.holdAlone(
                    new Situation(scene.name(), scene.kind(), scene.inside()::report));
            System.exit(0);
        }
    }

    /** The process that has a network of its own. */
    static final class Child {
        private Child() {}

        /** Runs the scene of that name and prints the report. */
        public static void main(String[] args) throws Exception {
            Scene scene = scenes().filter(one -> one.name().equals(args[0]))
                    .findFirst()
                    .orElseThrow();
            System.out.print(scene.inside().report());
            System.out.flush();
            System.exit(0);
        }
    }
}
