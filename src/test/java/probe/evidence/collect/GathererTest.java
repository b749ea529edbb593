package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.Conversation;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.Via;
import probe.evidence.ControlResult;
import probe.evidence.CounterChanges;
import probe.evidence.KernelAccess;
import probe.evidence.LateConnect;
import probe.evidence.LivenessCheck;
import probe.evidence.LocalListener;
import probe.evidence.Observation;
import probe.evidence.ResolverConfig;
import probe.evidence.SocketSnapshot;
import probe.evidence.SynSchedule;
import probe.evidence.TcpState;
import probe.profile.EvidenceLevel;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.target.Scheme;
import probe.target.Target;
import probe.testing.ClosedPort;
import probe.testing.Eventually;
import probe.testing.FullBacklog;
import probe.testing.Loopback;
import probe.testing.Needs;
import probe.testing.Prerequisite;

@Needs(Prerequisite.LINUX)
class GathererTest {
    private static final Duration BUDGET = Duration.ofSeconds(5);

    /** Linking takes more than a second on a machine that is busy; no test here is about that. */
    @BeforeAll
    static void link() {
        assertEquals(KernelAccess.SOCK_DIAG, KernelView.system().access());
    }

    @Test
    void a_refusal_is_repeated_and_the_absent_listener_is_seen() throws IOException {
        try (ClosedPort closed = ClosedPort.open();
                Gatherer gatherer = gatherer(closed.address(), EvidenceLevel.NORMAL);
                Socket socket = new Socket()) {
            gatherer.connecting(Via.SOCKET, socket, closed.address());
            assertNull(gatherer.failing(Via.SOCKET, socket, failure(FailureName.REFUSED,
                    Phase.CONNECT), List::of));
            List<Observation> found = gatherer.gather(
                    List.of(attempt(closed.address(), FailureName.REFUSED, Phase.CONNECT)), BUDGET);
            ControlResult repeat = only(ControlResult.class, found);
            assertEquals(ControlResult.Control.REPEAT, repeat.control());
            assertEquals(ControlResult.Outcome.REFUSED, repeat.outcome());
            assertEquals(LocalListener.State.ABSENT, only(LocalListener.class, found).state());
        }
    }

    @Test
    void a_late_handshake_is_kept_beyond_the_timeout_of_its_attempt() throws IOException {
        try (FullBacklog silent = FullBacklog.open();
                Gatherer gatherer = gatherer(silent.address(), EvidenceLevel.PASSIVE)) {
            Socket socket = new Socket();
            gatherer.connecting(Via.SOCKET, socket, silent.address());
            assertThrows(IOException.class,
                    () -> socket.connect(silent.address(), 1500));
            gatherer.failing(Via.SOCKET, socket, failure(FailureName.TIMED_OUT, Phase.CONNECT),
                    List::of);
            List<Observation> found = gatherer.gather(
                    List.of(attempt(silent.address(), FailureName.TIMED_OUT, Phase.CONNECT)),
                    BUDGET);
            SocketSnapshot snapshot = only(SocketSnapshot.class, found);
            assertTrue(snapshot.info() != null
                    && snapshot.info().state() == TcpState.SYN_SENT, snapshot::toString);
            assertEquals(ControlResult.Outcome.TIMED_OUT, only(LateConnect.class, found).outcome());
            assertEquals(LocalListener.State.FULL, only(LocalListener.class, found).state());
        }
    }

    /** What it lost before it failed is in the counters, although nothing of it is pending any more. */
    @Test
    void a_handshake_of_another_target_that_failed_meanwhile_shares_the_counters()
            throws IOException {
        try (FullBacklog silent = FullBacklog.open();
                ClosedPort closed = ClosedPort.open();
                Gatherer gatherer = gatherer(silent.address(), EvidenceLevel.PASSIVE)) {
            Socket socket = new Socket();
            gatherer.connecting(Via.SOCKET, socket, silent.address());
            try (Gatherer other = gatherer(closed.address(), EvidenceLevel.PASSIVE);
                    Socket refused = new Socket()) {
                other.connecting(Via.SOCKET, refused, closed.address());
                other.failing(Via.SOCKET, refused, failure(FailureName.REFUSED, Phase.CONNECT),
                        List::of);
            }
            assertThrows(IOException.class,
                    () -> socket.connect(silent.address(), 1500));
            gatherer.failing(Via.SOCKET, socket, failure(FailureName.TIMED_OUT, Phase.CONNECT),
                    List::of);
            CounterChanges changes = only(CounterChanges.class, gatherer.gather(
                    List.of(attempt(silent.address(), FailureName.TIMED_OUT, Phase.CONNECT)),
                    BUDGET));
            assertTrue(changes.othersPending() >= 1, changes::toString);
        }
    }

    @Test
    void a_mute_peer_acknowledges_and_the_unread_bytes_are_seen() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, Loopback.V4.address());
                Gatherer gatherer = gatherer(address(listener), EvidenceLevel.NORMAL);
                Closing server = new Closing()) {
            try (Socket socket = new Socket()) {
                gatherer.connecting(Via.SOCKET, socket, address(listener));
                socket.connect(address(listener));
                gatherer.connected(Via.SOCKET, socket);
                server.socket = listener.accept();
                socket.getOutputStream().write(new byte[42]);
                assertEquals(42, server.socket.getInputStream().readNBytes(42).length);
                server.socket.getOutputStream().write(new byte[9]);
                KernelView view = KernelView.system();
                Eventually.holds(() -> Long.valueOf(42).equals(view.acknowledged(socket)),
                        () -> "acknowledged: " + view.acknowledged(socket));
                assertEquals(42L, gatherer.failing(Via.SOCKET, socket,
                        failure(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD), List::of));
            }
            List<Observation> found = gatherer.gather(List.of(attempt(address(listener),
                    FailureName.TIMED_OUT, Phase.RESPONSE_HEAD)), BUDGET);
            SocketSnapshot snapshot = only(SocketSnapshot.class, found);
            assertTrue(snapshot.queues() != null && snapshot.queues().receiveQueue() == 9,
                    snapshot::toString);
            LivenessCheck alive = only(LivenessCheck.class, found);
            assertFalse(alive.answer() == LivenessCheck.Answer.SILENT, alive::toString);
        }
    }

    @Test
    void a_peer_that_closes_after_our_timeout_has_sent_no_data() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, Loopback.V4.address());
                Gatherer gatherer = gatherer(address(listener), EvidenceLevel.NORMAL)) {
            Socket server;
            try (Socket socket = new Socket()) {
                gatherer.connecting(Via.SOCKET, socket, address(listener));
                socket.connect(address(listener));
                gatherer.connected(Via.SOCKET, socket);
                server = listener.accept();
                gatherer.failing(Via.SOCKET, socket,
                        failure(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD), List::of);
            }
            try (server) {
                assertEquals(-1, server.getInputStream().read(), "our FIN");
            } // and now the peer's
            LivenessCheck alive = only(LivenessCheck.class,
                    gatherer.gather(List.of(attempt(address(listener), FailureName.TIMED_OUT,
                            Phase.RESPONSE_HEAD)), BUDGET));
            assertEquals(LivenessCheck.Answer.ACKNOWLEDGED, alive.answer());
        }
    }

    /** The server's end, which stays open while the client's is closed. */
    private static final class Closing implements AutoCloseable {
        private Socket socket = new Socket();

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void at_level_none_only_the_schedule_is_read() throws IOException {
        try (ClosedPort closed = ClosedPort.open();
                Gatherer gatherer = gatherer(closed.address(), EvidenceLevel.NONE);
                Socket socket = new Socket()) {
            gatherer.connecting(Via.SOCKET, socket, closed.address());
            assertNull(gatherer.failing(Via.SOCKET, socket, failure(FailureName.REFUSED,
                    Phase.CONNECT), List::of));
            List<Observation> found = gatherer.gather(
                    List.of(attempt(closed.address(), FailureName.REFUSED, Phase.CONNECT)), BUDGET);
            assertEquals(List.of(SynSchedule.class),
                    found.stream().map(Object::getClass).toList());
        }
    }

    @Test
    void at_level_passive_nothing_is_sent() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, Loopback.V4.address());
                Gatherer gatherer = gatherer(address(listener), EvidenceLevel.PASSIVE);
                Socket socket = new Socket()) {
            gatherer.connecting(Via.SOCKET, socket, address(listener));
            gatherer.failing(Via.SOCKET, socket, failure(FailureName.TIMED_OUT, Phase.CONNECT),
                    List::of);
            gatherer.gather(List.of(attempt(address(listener), FailureName.TIMED_OUT,
                    Phase.CONNECT)), BUDGET);
            listener.setSoTimeout(50);
            assertThrows(IOException.class, listener::accept);
        }
    }

    @Test
    void a_name_that_never_resolved_leaves_only_the_files_to_look_at_when_no_time_is_left() {
        Settings settings = settings(EvidenceLevel.NORMAL);
        Target target = new Target("nowhere.invalid:1", Scheme.TCP, "nowhere.invalid", 1, "", null);
        try (Gatherer gatherer = new Gatherer(target, settings)) {
            Attempt attempt = new Attempt(Via.SOCKET, null, 1, null, Map.of(), List.of(),
                    Bytes.NONE, Conversation.NONE, failure(FailureName.NAME_NOT_FOUND,
                            Phase.RESOLVE),
                    null, null, null, null, null);
            assertEquals(List.of(SynSchedule.class, ResolverConfig.class),
                    gatherer.gather(List.of(attempt), Duration.ZERO)
                            .stream()
                            .<Class<?>>map(Object::getClass)
                            .toList());
        }
    }

    @Test
    void a_probe_in_which_nothing_fails_loads_nothing_native(@TempDir Path folder)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Healthy.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String loaded = Files.readString(folder.resolve("out"),
                StandardCharsets.UTF_8);
        assertTrue(loaded.contains("probe.evidence.collect.Gatherer "), loaded);
        assertTrue(loaded.contains("it is done"), loaded);
        for (String line : loaded.lines().toList()) {
            assertFalse(line.contains("probe.evidence.linux.") || line.contains(
                    "java.lang.foreign.Linker"), line);
        }
    }

    /** What a probe does with its gatherer when all goes well. */
    static final class Healthy {
        private Healthy() {}

        public static void main(String[] arguments) throws IOException {
            try (ServerSocket listener = new ServerSocket(0, 1, Loopback.V4.address());
                    Gatherer gatherer = gatherer(address(listener), EvidenceLevel.DEEP);
                    Socket socket = new Socket()) {
                gatherer.connecting(Via.SOCKET, socket, address(listener));
                socket.connect(address(listener));
                gatherer.connected(Via.SOCKET, socket);
            }
            System.out.println("it is done");
        }
    }

    private static InetSocketAddress address(ServerSocket listener) {
        return new InetSocketAddress(Loopback.V4.address(), listener.getLocalPort());
    }

    private static <T> T only(Class<T> type, List<Observation> found) {
        List<T> matching = found.stream().filter(type::isInstance).map(type::cast).toList();
        assertEquals(1, matching.size(), found::toString);
        return matching.getFirst();
    }

    private static Gatherer gatherer(InetSocketAddress remote, EvidenceLevel level) {
        String host = remote.getAddress().getHostAddress();
        return new Gatherer(new Target(host + ":" + remote.getPort(), Scheme.TCP, host,
                remote.getPort(), "", null), settings(level));
    }

    private static Settings settings(EvidenceLevel level) {
        Settings base = Settings.defaults();
        return new Settings(base.timeouts(), base.family(), base.pins(), base.http(),
                base.exchange(), base.tls(), null, level, List.of(), 1, base.interval());
    }

    private static Failure failure(FailureName name, Phase phase) {
        @Nullable
        TimeoutName limit = name == FailureName.TIMED_OUT ? TimeoutName.CONNECT : null;
        return new Failure(name, phase, Duration.ofMillis(400), limit, null, null);
    }

    private static Attempt attempt(InetSocketAddress remote, FailureName name, Phase phase) {
        return new Attempt(Via.SOCKET, remote.getAddress().getHostAddress(), remote.getPort(), null,
                Map.of(), List.of(), Bytes.NONE, Conversation.NONE, failure(name, phase), null,
                null, null, null, null);
    }
}
