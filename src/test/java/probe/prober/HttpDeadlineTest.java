package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.profile.TimeoutName;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.FullBacklog;
import probe.testing.HttpAnswers;
import probe.testing.Leaks;
import probe.testing.Moment;
import probe.testing.Reply;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** The six limits, one at a time: each ends its own phase, and the deadline ends all of them. */
class HttpDeadlineTest {
    private static final Duration DEADLINE = Duration.ofMillis(700);
    private static final Duration DRIP = Duration.ofMillis(20);
    /** What a machine that is busy with other things may add. */
    private static final Duration MARGIN = Duration.ofSeconds(8);

    private static final Reply PAGE = HttpAnswers.ok("0123456789".repeat(100));

    record Case(Fault fault, Phase phase) {}

    @BeforeAll
    static void warmUp() {
        HttpTrial.warmUp();
    }

    static Stream<Case> slow() {
        return Stream.of(
                new Case(Fault.stall(Moment.ON_CLIENT_HELLO), Phase.TLS),
                new Case(Fault.drip(DRIP, Moment.ON_CLIENT_HELLO), Phase.TLS),
                new Case(Fault.stall(Moment.AFTER_REQUEST), Phase.RESPONSE_HEAD),
                new Case(Fault.drip(DRIP, Moment.AFTER_REQUEST), Phase.RESPONSE_HEAD),
                new Case(Fault.stall(Moment.MID_HEAD), Phase.RESPONSE_HEAD),
                new Case(Fault.stall(Moment.MID_BODY), Phase.RESPONSE_BODY),
                new Case(Fault.drip(DRIP, Moment.MID_BODY), Phase.RESPONSE_BODY));
    }

    @ParameterizedTest
    @MethodSource("slow")
    void the_deadline_ends_every_phase(Case slow) {
        Leaks before = Leaks.snapshot();
        try (FaultServer server = FaultServer.builder()
                .connection(slow.fault())
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .reply(PAGE)
                .start()) {
            Attempt attempt = HttpTrial.trusting()
                    .limit(TimeoutName.DEADLINE, DEADLINE)
                    .attempt(server.uri("/").toString());
            assertEnded(attempt, slow.phase(), TimeoutName.DEADLINE, DEADLINE);
            assertEquals(1, server.connectionCount());
        }
        before.assertNoneSince();
    }

    @Test
    void the_deadline_ends_a_connect() {
        try (FullBacklog backlog = FullBacklog.open()) {
            Attempt attempt = HttpTrial.http()
                    .limit(TimeoutName.DEADLINE, DEADLINE)
                    .attempt("http://127.0.0.1:" + backlog.port() + "/");
            assertEnded(attempt, Phase.CONNECT, TimeoutName.DEADLINE, DEADLINE);
        }
    }

    @Test
    void a_slow_connect_is_a_connect_timeout() {
        try (FullBacklog backlog = FullBacklog.open()) {
            Attempt attempt = HttpTrial.http()
                    .limit(TimeoutName.CONNECT, DEADLINE)
                    .attempt("http://127.0.0.1:" + backlog.port() + "/");
            assertEnded(attempt, Phase.CONNECT, TimeoutName.CONNECT, DEADLINE);
        }
    }

    /** HttpClient says ConnectTimeoutException to both. */
    @ParameterizedTest
    @MethodSource("handshakes")
    void a_slow_handshake_is_a_tls_timeout(Fault fault) {
        try (FaultServer server = FaultServer.builder()
                .connection(fault)
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .start()) {
            Attempt attempt = HttpTrial.trusting()
                    .limit(TimeoutName.TLS, DEADLINE)
                    .attempt(server.uri("/").toString());
            assertEnded(attempt, Phase.TLS, TimeoutName.TLS, DEADLINE);
        }
    }

    static Stream<Fault> handshakes() {
        return Stream.of(
                Fault.stall(Moment.ON_ACCEPT),
                Fault.stall(Moment.ON_CLIENT_HELLO),
                Fault.stall(Moment.MID_HANDSHAKE),
                Fault.drip(DRIP, Moment.ON_CLIENT_HELLO));
    }

    /** The socket timeout is a gap between two reads, not a total. */
    @Test
    void an_answer_that_drips_is_no_read_timeout() {
        try (FaultServer server = FaultServer.start(
                Fault.drip(Duration.ofMillis(5), Moment.AFTER_REQUEST))) {
            Attempt attempt = HttpTrial.http()
                    .limit(TimeoutName.SOCKET, Duration.ofMillis(400))
                    .attempt(server.uri("/").toString());
            assertEquals(null, attempt.failure());
        }
    }

    /** Not the head, which came at once, but the gaps within the body. */
    @Test
    void the_longest_wait_is_a_gap_within_the_body() {
        Duration gap = Duration.ofMillis(200);
        try (FaultServer server = FaultServer.start(Fault.drip(gap, Moment.MID_BODY))) {
            Attempt attempt = HttpTrial.http().attempt(server.uri("/").toString());
            Duration waited = Objects.requireNonNull(attempt.conversation().longestWait());
            assertTrue(waited.compareTo(gap.multipliedBy(9).dividedBy(10)) >= 0,
                    attempt::toString);
        }
    }

    private static void assertEnded(Attempt attempt, Phase phase, TimeoutName limit,
            Duration atLeast) {
        Failure failure = Objects.requireNonNull(attempt.failure());
        assertEquals(FailureName.TIMED_OUT, failure.name(), attempt::toString);
        assertEquals(phase, failure.phase());
        assertEquals(limit, failure.limit());
        Duration end = attempt.phases()
                .getLast()
                .start()
                .plus(attempt.phases().getLast().duration());
        Duration counted = limit == TimeoutName.DEADLINE ? end : failure.elapsed();
        assertTrue(counted.compareTo(atLeast.minusMillis(5)) >= 0, attempt::toString);
        assertTrue(counted.compareTo(atLeast.plus(MARGIN)) < 0, attempt::toString);
    }
}
