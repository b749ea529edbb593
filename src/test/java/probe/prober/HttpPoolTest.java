package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.Conversation;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.PhaseTiming;
import probe.attempt.RequestProgress;
import probe.attempt.Via;
import probe.profile.TimeoutName;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.HttpAnswer;
import probe.testing.HttpAnswers;
import probe.testing.Moment;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** Connections that are lent, waited for, and used again. */
class HttpPoolTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @BeforeAll
    static void warmUp() {
        HttpTrial.warmUp();
    }

    /** The kernel counts for the whole connection; a request that was lost must not be covered by the one before. */
    @Test
    void what_an_earlier_request_was_acknowledged_for_does_not_count_for_this_one() {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.none(), Fault.stall(Moment.AFTER_REQUEST))
                .start(); HttpPool pool = new HttpPool(1)) {
            String target = server.uri("/").toString();
            Attempt first = sharing(pool).attempt(target);
            long sent = first.bytes().sent();
            HttpTrial counted = sharing(pool).limit(TimeoutName.SOCKET, Duration.ofMillis(300))
                    .listener(new Acknowledged(sent + 7));
            Attempt second = counted.attempt(target);
            assertEquals(1, second.conversation().use(), second::toString);
            assertEquals(7L, second.bytes().acknowledged());
            assertNotNull(second.conversation().held());
        }
    }

    /** A kernel that says so much of every connection. */
    private record Acknowledged(long bytes) implements AttemptListener {
        @Override
        public Long failing(Via via, Socket socket, Failure failure, LastWords lastWords) {
            return bytes;
        }
    }

    private static HttpTrial sharing(HttpPool pool) {
        return HttpTrial.of(new HttpProber().withPool(pool));
    }

    private static List<Phase> phases(Attempt attempt) {
        return attempt.phases().stream().map(PhaseTiming::phase).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_REQUEST", "DEADLINE"})
    void the_wait_for_a_lease_says_nothing_about_the_network(TimeoutName limit) {
        try (FaultServer server = FaultServer.start(Fault.stall(Moment.AFTER_REQUEST));
                HttpPool pool = new HttpPool(1)) {
            String url = server.uri("/").toString();
            CompletableFuture<Attempt> first = CompletableFuture.supplyAsync(
                    () -> sharing(pool).limit(TimeoutName.SOCKET, Duration.ofSeconds(3))
                            .attempt(url));
            server.awaitRequests(1);

            Attempt second = sharing(pool).limit(limit, SHORT).attempt(url);

            Failure failure = Objects.requireNonNull(second.failure());
            assertEquals(List.of(FailureName.TIMED_OUT, Phase.LEASE, limit),
                    List.of(failure.name(), failure.phase(),
                            Objects.requireNonNull(failure.limit())));
            assertEquals(List.of(Phase.LEASE), phases(second));
            assertEquals(Bytes.NONE, second.bytes());
            assertEquals(Conversation.NONE, second.conversation());
            assertNull(second.localPort());
            assertEquals(1, server.connectionCount());
            Failure stalled = Objects.requireNonNull(first.join().failure());
            assertEquals(Phase.RESPONSE_HEAD, stalled.phase());
        }
    }

    @Test
    void a_connection_that_is_kept_open_is_used_again() {
        try (FaultServer server = FaultServer.builder().start(); HttpPool pool = new HttpPool(1)) {
            Attempt first = sharing(pool).attempt(server.uri("/").toString());
            Attempt second = sharing(pool).attempt(server.uri("/").toString());

            assertNull(second.failure());
            assertEquals(List.of(Phase.LEASE, Phase.REQUEST, Phase.RESPONSE_HEAD,
                    Phase.RESPONSE_BODY), phases(second));
            assertEquals(0, first.conversation().use());
            assertEquals(1, second.conversation().use());
            assertEquals(first.localPort(), second.localPort());
            assertEquals(first.bytes(), second.bytes());
            assertEquals(1, server.connectionCount());
            assertEquals(2, server.requestCount());
        }
    }

    @Test
    void also_over_tls() {
        try (FaultServer server = FaultServer.builder()
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .start();
                HttpPool pool = new HttpPool(1)) {
            HttpTrial trial = sharing(pool).tls(HttpTrial.trusting().settings().tls());
            assertNull(trial.attempt(server.uri("/").toString()).failure());
            Attempt second = trial.attempt(server.uri("/").toString());
            assertNull(second.failure(), second::toString);
            assertEquals(1, second.conversation().use());
            assertEquals(1, server.connectionCount());
        }
    }

    @Test
    void by_itself_every_attempt_opens_a_connection() {
        try (FaultServer server = FaultServer.builder().start()) {
            HttpProber prober = new HttpProber();
            Attempt first = HttpTrial.of(prober).attempt(server.uri("/").toString());
            Attempt second = HttpTrial.of(prober).attempt(server.uri("/").toString());
            assertNotEquals(first.localPort(), second.localPort());
            assertEquals(0, second.conversation().use());
            server.awaitFinished(2);
        }
    }

    @Test
    void a_connection_that_went_stale_is_not_replaced_in_silence() {
        try (FaultServer server = FaultServer.builder()
                .reply(HttpAnswers.keepAliveThenClose("bye"))
                .start();
                HttpPool pool = new HttpPool(1)) {
            assertNull(sharing(pool).attempt(server.uri("/").toString()).failure());
            server.awaitFinished(1);

            Attempt stale = sharing(pool).attempt(server.uri("/").toString());

            Failure failure = Objects.requireNonNull(stale.failure());
            assertEquals(List.of(FailureName.CLOSED, Phase.REQUEST),
                    List.of(failure.name(), failure.phase()));
            assertEquals(RequestProgress.NOT_STARTED, stale.conversation().request());
            assertEquals(PeerState.CLOSED_BEFORE_REQUEST, stale.conversation().peer());
            assertEquals(1, stale.conversation().use());
            assertEquals(0, stale.bytes().sent());
            assertEquals(1, server.connectionCount());
        }
    }

    @Test
    void a_body_that_is_not_read_to_its_end_spoils_the_connection() {
        try (FaultServer server = FaultServer.builder()
                .reply(HttpAnswer.status(200).body("x".repeat(3 << 20)).reply())
                .start();
                HttpPool pool = new HttpPool(1)) {
            Attempt first = sharing(pool).attempt(server.uri("/").toString());
            Attempt second = sharing(pool).attempt(server.uri("/").toString());
            assertNull(first.failure());
            assertNull(second.failure());
            assertEquals(0, second.conversation().use());
            assertEquals(2, server.connectionCount());
        }
    }

    @Test
    void a_refusal_that_came_whole_leaves_the_connection_as_it_was() {
        try (FaultServer server = FaultServer.builder().reply(HttpAnswers.status(500)).start();
                HttpPool pool = new HttpPool(1)) {
            sharing(pool).attempt(server.uri("/").toString());
            Attempt second = sharing(pool).attempt(server.uri("/").toString());
            assertEquals(FailureName.STATUS, Objects.requireNonNull(second.failure()).name());
            assertEquals(1, second.conversation().use());
        }
    }
}
