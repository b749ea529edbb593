package probe.prober;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import probe.attempt.Attempt;
import probe.attempt.ExchangeFacts;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.RequestProgress;
import probe.profile.Step;
import probe.testing.ClosedPort;
import probe.testing.Effect;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.FullBacklog;
import probe.testing.Garbage;
import probe.testing.HttpAnswers;
import probe.testing.Leaks;
import probe.testing.Loopback;
import probe.testing.Moment;
import probe.testing.Payload;
import probe.testing.Reply;
import probe.testing.RequestFraming;

/** The raw socket against every fault that a line protocol can have. */
class SocketProberTest {
    private static final Step.Send PING = new Step.Send("PING\r\n");
    private static final Step.Expect PONG = new Step.Expect("^\\+PONG\r\n");
    /** Far beyond the limits used here: only a run that hangs takes so long. */
    private static final Duration HANGS = Duration.ofSeconds(15);

    private static FaultServer server(Fault fault) {
        return FaultServer.builder()
                .connection(fault)
                .framing(new RequestFraming.Line())
                .reply(Reply.raw("+PONG\r\n"))
                .start();
    }

    private static void everyPhaseEnds(Attempt attempt) {
        assertAll(() -> assertTrue(attempt.phases().size() >= 1),
                () -> assertTrue(
                        attempt.phases()
                                .stream()
                                .limit(Math.max(0, attempt.phases().size() - 1))
                                .allMatch(p -> p.outcome() == PhaseOutcome.OK),
                        "only the last can fail"),
                () -> assertEquals(attempt.succeeded() ? PhaseOutcome.OK : PhaseOutcome.FAILED,
                        attempt.phases().getLast().outcome()),
                () -> assertTrue(attempt.phases()
                        .stream()
                        .allMatch(p -> p.duration().compareTo(HANGS) < 0)));
    }

    @ParameterizedTest
    @EnumSource
    void a_port_that_listens_is_connected_to(Loopback loopback) {
        try (FaultServer server = FaultServer.builder().on(loopback).start()) {
            Attempt attempt = SocketTrial.of().attempt(server.address());
            assertNull(attempt.failure());
            assertNotNull(attempt.localPort());
            assertEquals(PeerState.OPEN, attempt.conversation().peer());
            assertEquals(RequestProgress.NO_REQUEST, attempt.conversation().request());
            everyPhaseEnds(attempt);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_listening_is_refused(Loopback loopback) {
        try (ClosedPort port = ClosedPort.on(loopback)) {
            Attempt attempt = SocketTrial.of(PING, PONG).attempt(port.address());
            assertEquals(FailureName.REFUSED, failure(attempt).name());
            assertEquals(Phase.CONNECT, failure(attempt).phase());
            assertEquals("none", SocketTrial.limit(attempt));
            everyPhaseEnds(attempt);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_silent_port_is_a_timeout_of_the_connect_limit_and_never_early(Loopback loopback) {
        try (FullBacklog port = FullBacklog.on(loopback)) {
            Attempt attempt = SocketTrial.of().attempt(port.address());
            assertEquals(FailureName.TIMED_OUT, failure(attempt).name());
            assertEquals(Phase.CONNECT, failure(attempt).phase());
            assertEquals("connect", SocketTrial.limit(attempt));
            assertTrue(failure(attempt).elapsed().toMillis() >= 300, failure(attempt)::toString);
            assertEquals(0, attempt.bytes().sent());
            everyPhaseEnds(attempt);
        }
    }

    @Test
    void a_deadline_that_comes_before_the_connect_limit_is_named_as_the_cause() {
        try (FullBacklog port = FullBacklog.open()) {
            Attempt attempt = SocketTrial.of()
                    .deadline(Duration.ofMillis(300))
                    .attempt(port.address());
            assertEquals(FailureName.TIMED_OUT, failure(attempt).name());
            assertEquals("deadline", SocketTrial.limit(attempt));
        }
    }

    /** Fault; the failures it may be, limit, progress, states of the peer it may be. */
    static Stream<Arguments> faults() {
        return Stream.of(
                fault(Fault.close(Moment.AFTER_FIRST_BYTE), "closed reset", "none", "complete",
                        "closed reset"),
                fault(Fault.close(Moment.AFTER_REQUEST), "closed", "none", "complete", "closed"),
                fault(Fault.halfClose(Moment.AFTER_REQUEST), "closed", "none", "complete",
                        "closed"),
                fault(Fault.close(Moment.MID_HEAD), "closed", "none", "complete", "closed"),
                fault(Fault.cut(3, Moment.AFTER_REQUEST), "closed", "none", "complete", "closed"),
                fault(Fault.reset(Moment.AFTER_FIRST_BYTE), "reset", "none", "complete", "reset"),
                fault(Fault.reset(Moment.AFTER_REQUEST), "reset", "none", "complete", "reset"),
                fault(Fault.closeWithUnread(Moment.AFTER_FIRST_BYTE), "reset", "none", "complete",
                        "reset"),
                fault(Fault.stall(Moment.ON_ACCEPT), "timed-out", "socket", "complete", "open"),
                fault(Fault.stall(Moment.AFTER_FIRST_BYTE), "timed-out", "socket", "complete",
                        "open"),
                fault(Fault.stall(Moment.AFTER_REQUEST), "timed-out", "socket", "complete", "open"),
                fault(Fault.neverRead(Moment.ON_ACCEPT), "timed-out", "socket", "complete", "open"),
                fault(Fault.garbage(Garbage.SSH_BANNER, Moment.AFTER_REQUEST), "mismatch", "any",
                        "complete", "any"),
                fault(Fault.garbage(Garbage.ESCAPES, Moment.AFTER_REQUEST),
                        "mismatch timed-out closed", "any",
                        "complete", "any"));
    }

    private static Arguments fault(Fault fault, String failures, String limit, String progress,
            String peers) {
        return Arguments.of(fault, Set.copyOf(Arrays.asList(failures.split(" ", -1))), limit,
                progress,
                Set.copyOf(Arrays.asList(peers.split(" ", -1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void a_fault_of_the_exchange_is_recorded_as_what_it_was(Fault fault, Set<String> failures,
            String limit,
            String progress, Set<String> peers) {
        Leaks before = Leaks.snapshot();
        try (FaultServer server = server(fault)) {
            Attempt attempt = SocketTrial.of(PING, PONG).attempt(server.address());
            assertTrue(failures.contains(failure(attempt).name().id()), attempt::toString);
            assertEquals(Phase.EXCHANGE, failure(attempt).phase());
            assertTrue(limit.equals("any") || limit.equals(SocketTrial.limit(attempt)),
                    attempt::toString);
            assertEquals(progress, attempt.conversation().request().id());
            assertTrue(peers.contains("any") || peers.contains(attempt.conversation().peer().id()),
                    attempt::toString);
            assertEquals(new ExchangeFacts(2, 1, PONG.pattern()), attempt.exchange());
            assertEquals(PING.text().length(), attempt.bytes().sent());
            everyPhaseEnds(attempt);
            assertEquals(1, server.connectionCount(), "no hidden retry");
        }
        before.assertNoneSince();
    }

    @Test
    void a_reset_on_accept_is_told_wherever_it_overtakes_the_client() {
        try (FaultServer server = server(Fault.reset(Moment.ON_ACCEPT))) {
            Attempt attempt = SocketTrial.of(PING, PONG).attempt(server.address());
            // A reset that is faster than our write leaves EPIPE for it (Linux tcp_reset, tcp_sendmsg).
            assertTrue(
                    Set.of(FailureName.RESET, FailureName.BROKEN_PIPE)
                            .contains(failure(attempt).name()),
                    attempt::toString);
            everyPhaseEnds(attempt);
        }
    }

    @Test
    void whoever_closes_before_the_request_is_recorded_so() {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.close(Moment.ON_ACCEPT))
                .start()) {
            Step[] steps = {new Step.Expect("x")};
            Attempt attempt = SocketTrial.of(steps).attempt(server.address());
            assertEquals(FailureName.CLOSED, failure(attempt).name());
            assertEquals(PeerState.CLOSED_BEFORE_REQUEST, attempt.conversation().peer());
            assertEquals(0, attempt.bytes().sent());
        }
    }

    @Test
    void two_writes_into_a_closed_connection_end_in_a_broken_pipe_or_reset() {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.close(Moment.ON_ACCEPT))
                .start()) {
            Step[] many = Stream.generate(() -> new Step.Send("x".repeat(200_000)))
                    .limit(40)
                    .toArray(Step[]::new);
            Attempt attempt = SocketTrial.of(many).attempt(server.address());
            assertTrue(
                    Set.of(FailureName.RESET, FailureName.BROKEN_PIPE)
                            .contains(failure(attempt).name()),
                    attempt::toString);
            assertTrue(attempt.conversation().request() != RequestProgress.COMPLETE,
                    attempt::toString);
        }
    }

    @Test
    void a_peer_that_never_reads_is_a_write_that_times_out() {
        try (FaultServer server = FaultServer.start(Fault.neverRead(Moment.ON_ACCEPT))) {
            Attempt attempt = SocketTrial.of(new Step.Send("x".repeat(20_000_000)))
                    .attempt(server.address());
            assertEquals(FailureName.TIMED_OUT, failure(attempt).name());
            assertEquals("socket", SocketTrial.limit(attempt));
            assertEquals(RequestProgress.PARTIAL, attempt.conversation().request());
            everyPhaseEnds(attempt);
        }
    }

    @Test
    void a_dripping_answer_trips_no_gap_and_ends_at_the_deadline() {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.drip(Duration.ofMillis(50), Moment.AFTER_REQUEST))
                .framing(new RequestFraming.Line())
                .reply(Reply.raw("x".repeat(10_000)))
                .start()) {
            SocketTrial trial = SocketTrial.of(PING, PONG);
            Attempt attempt = trial.deadline(Duration.ofMillis(900)).attempt(server.address());
            Failure failure = failure(attempt);
            // An answer that cannot become the expected one may be told before the deadline.
            assertTrue(
                    failure.name() == FailureName.MISMATCH
                            || SocketTrial.limit(attempt).equals("deadline"),
                    attempt::toString);
        }
    }

    @Test
    void an_answer_before_the_request_was_read_is_not_lost_behind_the_failed_write() {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.say(Payload.latin1("-ERR too many connections\r\n"),
                        new Effect.Close(),
                        Moment.ON_ACCEPT))
                .start()) {
            Attempt attempt = SocketTrial.of(new Step.Expect("^\\+OK")).attempt(server.address());
            assertEquals(FailureName.MISMATCH, failure(attempt).name());
            assertEquals("-ERR too many connections\\r\\n",
                    Objects.requireNonNull(attempt.received()).text());
        }
    }

    @Test
    void a_script_that_is_answered_succeeds_and_says_how_far_it_came() {
        try (FaultServer server = server(Fault.none())) {
            Attempt attempt = SocketTrial.of(PING, PONG).attempt(server.address());
            assertNull(attempt.failure(), attempt::toString);
            assertEquals(new ExchangeFacts(2, 2, null), attempt.exchange());
        }
    }

    @Test
    void a_pattern_that_runs_away_is_no_match_and_no_hang() {
        try (FaultServer server = FaultServer.builder()
                .framing(new RequestFraming.Line())
                .reply(Reply.raw("a".repeat(5_000) + "\n"))
                .start()) {
            Attempt attempt = SocketTrial.of(PING, new Step.Expect("^(a+)+$b"))
                    .attempt(server.address());
            assertTrue(
                    Set.of(FailureName.MISMATCH, FailureName.TIMED_OUT)
                            .contains(failure(attempt).name()),
                    attempt::toString);
        }
    }

    @Test
    void a_url_gets_no_request_from_the_raw_socket() {
        try (FaultServer server = FaultServer.builder().reply(HttpAnswers.ok("fine")).start()) {
            InetSocketAddress where = server.address();
            Attempt attempt = SocketTrial.of().attempt("http://", where);
            assertNull(attempt.failure());
            assertEquals(0, attempt.bytes().sent());
            assertEquals(List.of(Phase.CONNECT),
                    attempt.phases().stream().map(p -> p.phase()).toList());
        }
    }

    private static Failure failure(Attempt attempt) {
        return Objects.requireNonNull(attempt.failure(), attempt::toString);
    }
}
