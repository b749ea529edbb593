package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static probe.attempt.FailureName.CLOSED;
import static probe.attempt.FailureName.MALFORMED;
import static probe.attempt.FailureName.RESET;
import static probe.attempt.FailureName.STATUS;
import static probe.attempt.FailureName.TIMED_OUT;
import static probe.attempt.FailureName.TRUNCATED;
import static probe.attempt.Phase.REQUEST;
import static probe.attempt.Phase.RESPONSE_BODY;
import static probe.attempt.Phase.RESPONSE_HEAD;
import static probe.attempt.RequestProgress.COMPLETE;
import static probe.attempt.RequestProgress.NOT_STARTED;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;
import probe.attempt.RequestProgress;
import probe.attempt.Via;
import probe.profile.TimeoutName;
import probe.testing.Effect;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Garbage;
import probe.testing.HttpAnswer;
import probe.testing.HttpAnswers;
import probe.testing.Moment;
import probe.testing.Reply;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** Each way in which an exchange can go wrong, as a fact: what, where, and how far it had come. */
class HttpFaultsTest {
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final Reply PAGE = HttpAnswers.ok("0123456789");

    /** What one fault must look like. */
    record Case(String name, Fault fault, Reply reply, FailureName failure, Phase phase,
            @Nullable TimeoutName limit, RequestProgress progress, PeerState peer) {

        static Case of(Fault fault, FailureName failure, Phase phase, PeerState peer) {
            return new Case(fault.toString(), fault, PAGE, failure, phase,
                    failure == TIMED_OUT ? TimeoutName.SOCKET : null, COMPLETE, peer);
        }

        static Case reply(String name, Reply reply, FailureName failure, Phase phase,
                PeerState peer) {
            return new Case(name, Fault.none(), reply, failure, phase, null, COMPLETE, peer);
        }

        Case unasked() {
            return new Case(name, fault, reply, failure, phase, limit, NOT_STARTED, peer);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Seen alike with and without TLS. */
    static Stream<Case> faults() {
        return Stream.of(
                Case.of(Fault.close(Moment.BEFORE_REQUEST), CLOSED, REQUEST,
                        PeerState.CLOSED_BEFORE_REQUEST).unasked(),
                Case.of(Fault.stall(Moment.BEFORE_REQUEST), TIMED_OUT, RESPONSE_HEAD,
                        PeerState.OPEN),
                Case.of(Fault.garbage(Garbage.SSH_BANNER, Moment.BEFORE_REQUEST), MALFORMED,
                        RESPONSE_HEAD, PeerState.OPEN),
                Case.of(Fault.say(Garbage.SMTP_BANNER.payload(), new Effect.Stall(),
                        Moment.BEFORE_REQUEST), MALFORMED, RESPONSE_HEAD, PeerState.OPEN),
                Case.of(Fault.close(Moment.AFTER_FIRST_BYTE), CLOSED, RESPONSE_HEAD,
                        PeerState.CLOSED),
                Case.of(Fault.reset(Moment.AFTER_FIRST_BYTE), RESET, RESPONSE_HEAD,
                        PeerState.RESET),
                Case.of(Fault.stall(Moment.AFTER_FIRST_BYTE), TIMED_OUT, RESPONSE_HEAD,
                        PeerState.OPEN),
                Case.of(Fault.neverRead(Moment.AFTER_FIRST_BYTE), TIMED_OUT, RESPONSE_HEAD,
                        PeerState.OPEN),
                Case.of(Fault.close(Moment.AFTER_REQUEST), CLOSED, RESPONSE_HEAD,
                        PeerState.CLOSED),
                Case.of(Fault.halfClose(Moment.AFTER_REQUEST), CLOSED, RESPONSE_HEAD,
                        PeerState.CLOSED),
                Case.of(Fault.reset(Moment.AFTER_REQUEST), RESET, RESPONSE_HEAD, PeerState.RESET),
                Case.of(Fault.stall(Moment.AFTER_REQUEST), TIMED_OUT, RESPONSE_HEAD,
                        PeerState.OPEN),
                Case.of(Fault.close(Moment.MID_HEAD), TRUNCATED, RESPONSE_HEAD, PeerState.CLOSED),
                Case.of(Fault.halfClose(Moment.MID_HEAD), TRUNCATED, RESPONSE_HEAD,
                        PeerState.CLOSED),
                Case.of(Fault.reset(Moment.MID_HEAD), RESET, RESPONSE_HEAD, PeerState.RESET),
                Case.of(Fault.stall(Moment.MID_HEAD), TIMED_OUT, RESPONSE_HEAD, PeerState.OPEN),
                Case.of(Fault.cut(0, Moment.MID_BODY), TRUNCATED, RESPONSE_BODY,
                        PeerState.CLOSED),
                Case.of(Fault.cut(3, Moment.AFTER_REQUEST), TRUNCATED, RESPONSE_HEAD,
                        PeerState.CLOSED),
                Case.of(Fault.close(Moment.MID_BODY), TRUNCATED, RESPONSE_BODY, PeerState.CLOSED),
                Case.of(Fault.reset(Moment.MID_BODY), RESET, RESPONSE_BODY, PeerState.RESET),
                Case.of(Fault.stall(Moment.MID_BODY), TIMED_OUT, RESPONSE_BODY, PeerState.OPEN));
    }

    /** Not over TLS, whose server takes in a whole record at once. */
    static Stream<Case> plainFaults() {
        return Stream.of(
                Case.of(Fault.closeWithUnread(Moment.AFTER_FIRST_BYTE), RESET, RESPONSE_HEAD,
                        PeerState.RESET),
                Case.of(Fault.garbage(Garbage.TLS_ALERT, Moment.AFTER_REQUEST), MALFORMED,
                        RESPONSE_HEAD, PeerState.CLOSED),
                Case.of(Fault.garbage(Garbage.HTTP2_SETTINGS, Moment.AFTER_REQUEST), MALFORMED,
                        RESPONSE_HEAD, PeerState.CLOSED));
    }

    /** The ways in which an answer can be none. */
    static Stream<Case> answers() {
        return Stream.of(
                Case.reply("head cut by FIN", HttpAnswers.headCutByFin(), TRUNCATED,
                        RESPONSE_HEAD, PeerState.CLOSED),
                Case.reply("half a status line", HttpAnswers.halfStatusLine(), TRUNCATED,
                        RESPONSE_HEAD, PeerState.CLOSED),
                Case.reply("no status", HttpAnswers.statusLine("HTTP/1.1 abc"), MALFORMED,
                        RESPONSE_HEAD, PeerState.OPEN),
                Case.reply("HTTP/3.0", HttpAnswers.statusLine("HTTP/3.0 200 OK"), MALFORMED,
                        RESPONSE_HEAD, PeerState.OPEN),
                Case.reply("no header line", HttpAnswers.badHeaderLine(), MALFORMED,
                        RESPONSE_HEAD, PeerState.OPEN),
                Case.reply("HTTP/0.9", HttpAnswers.http09("<html>hello</html>"), MALFORMED,
                        RESPONSE_HEAD, PeerState.CLOSED),
                Case.reply("HTTP/0.9 with lines", HttpAnswers.http09("<html>\nhello\n</html>"),
                        MALFORMED, RESPONSE_HEAD, PeerState.OPEN),
                Case.reply("no length", HttpAnswers.contentLength("many", "abc"), MALFORMED,
                        RESPONSE_HEAD, PeerState.OPEN),
                Case.reply("negative length", HttpAnswers.contentLength("-3", "abc"), MALFORMED,
                        RESPONSE_HEAD, PeerState.OPEN),
                Case.reply("too long a length", HttpAnswers.contentLength("9", "abc"), TRUNCATED,
                        RESPONSE_BODY, PeerState.CLOSED),
                Case.reply("bad chunk", HttpAnswers.badChunkHeader(), MALFORMED, RESPONSE_BODY,
                        PeerState.OPEN),
                Case.reply("no last chunk", HttpAnswers.noLastChunk(), TRUNCATED, RESPONSE_BODY,
                        PeerState.CLOSED),
                Case.reply("truncated chunk", HttpAnswers.truncatedChunk(), TRUNCATED,
                        RESPONSE_BODY, PeerState.CLOSED),
                Case.reply("flood of headers", HttpAnswers.headerFlood(2000), MALFORMED,
                        RESPONSE_HEAD, PeerState.OPEN),
                Case.reply("endless headers", HttpAnswers.endlessHeaders(32), MALFORMED,
                        RESPONSE_HEAD, PeerState.OPEN),
                Case.reply("endless header line", HttpAnswers.endlessHeaderLine(32), MALFORMED,
                        RESPONSE_HEAD, PeerState.OPEN),
                Case.reply("not found", HttpAnswers.status(404), STATUS, RESPONSE_HEAD,
                        PeerState.OPEN),
                Case.reply("in trouble",
                        HttpAnswer.status(503).header("Retry-After", "7").chunked("late").reply(),
                        STATUS, RESPONSE_HEAD, PeerState.OPEN));
    }

    static Stream<Case> everything() {
        return Stream.concat(faults(), answers());
    }

    /** Without TLS, a reset this early ends the connect itself, more often than not. */
    static Stream<Case> everythingSecured() {
        return Stream.concat(everything(), Stream.of(
                Case.of(Fault.reset(Moment.BEFORE_REQUEST), RESET, REQUEST,
                        PeerState.RESET_BEFORE_REQUEST).unasked()));
    }

    static Stream<Case> everythingPlain() {
        return Stream.concat(everything(), plainFaults());
    }

    @ParameterizedTest
    @MethodSource("everythingPlain")
    void a_fault_is_told_as_it_happened(Case expected) {
        try (FaultServer server = FaultServer.builder()
                .connection(expected.fault())
                .reply(expected.reply())
                .start()) {
            check(expected, server, HttpTrial.http());
        }
    }

    @ParameterizedTest
    @MethodSource("everythingSecured")
    void over_tls_too(Case expected) {
        try (FaultServer server = FaultServer.builder()
                .connection(expected.fault())
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .reply(expected.reply())
                .start()) {
            check(expected, server, HttpTrial.trusting());
        }
    }

    private static void check(Case expected, FaultServer server, HttpTrial trial) {
        boolean goneFirst = expected.progress() == NOT_STARTED;
        Attempt attempt = trial.limit(TimeoutName.SOCKET, SHORT)
                .listener(goneFirst ? new WaitForServer(server) : AttemptListener.NONE)
                .attempt(server.uri("/").toString());
        Failure failure = attempt.failure();
        assertNotNull(failure, () -> "succeeded: " + attempt);
        assertEquals(
                List.of(expected.failure(), expected.phase(), expected.progress(),
                        expected.peer()),
                List.of(failure.name(), failure.phase(), attempt.conversation().request(),
                        attempt.conversation().peer()),
                attempt::toString);
        assertEquals(expected.limit(), failure.limit());
        assertOneOrderlyStory(attempt);
        assertEquals(1, server.connectionCount());
        assertTrue(server.requestCount() <= 1);
    }

    /** Every phase that began has ended, and only the last one failed. */
    private static void assertOneOrderlyStory(Attempt attempt) {
        List<PhaseTiming> phases = attempt.phases();
        assertEquals(PhaseOutcome.FAILED, phases.getLast().outcome());
        assertTrue(phases.stream()
                .limit(phases.size() - 1L)
                .allMatch(phase -> phase.outcome() == PhaseOutcome.OK), phases::toString);
        assertEquals(phases.stream().map(PhaseTiming::phase).distinct().count(), phases.size());
    }

    /** So that what the server does before the request has arrived before it is looked for. */
    record WaitForServer(FaultServer server) implements AttemptListener {
        @Override
        public void writing(Via via, Socket socket) {
            server.awaitFinished(1);
        }
    }
}
