package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.attempt.Attempt;
import probe.attempt.Excerpt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.RequestProgress;
import probe.profile.Body;
import probe.profile.Header;
import probe.profile.HttpSettings;
import probe.profile.StatusRange;
import probe.profile.TimeoutName;
import probe.testing.ConnectionLog.Request;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.FaultServer.ContinueReply;
import probe.testing.HttpAnswers;
import probe.testing.Moment;
import probe.testing.Reply.Afterwards;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** Requests that carry something. */
class HttpUploadTest {
    private static final Duration SHORT = Duration.ofMillis(250);
    /** Long enough to open a connection and fill it, also on a busy machine. */
    private static final Duration LONGER = Duration.ofMillis(1500);
    /** More than the buffers of both kernels hold. */
    private static final String LARGE = "x".repeat(16 << 20);

    @BeforeAll
    static void warmUp() {
        HttpTrial.warmUp();
    }

    private static HttpTrial posting(Body body, Header... headers) {
        return posting(HttpTrial.http(), body, headers);
    }

    private static HttpTrial posting(HttpTrial trial, Body body, Header... headers) {
        return trial.http(http -> new HttpSettings("POST", List.of(headers), body,
                http.expectStatus(), http.expectBody()));
    }

    private static Request only(FaultServer server) {
        server.awaitRequests(1);
        assertEquals(1, server.requestCount());
        return server.connections().getFirst().requests().getFirst();
    }

    @Test
    void a_text_goes_with_its_length_in_bytes() {
        try (FaultServer server = FaultServer.builder().start()) {
            Attempt attempt = posting(new Body.Text("gr\u00fcn"))
                    .attempt(server.uri("/").toString());
            assertNull(attempt.failure());
            assertEquals(RequestProgress.COMPLETE, attempt.conversation().request());
            assertTrue(only(server).head().contains("Content-Length: 5\r\n"));
            assertEquals(5, only(server).bodyBytes());
        }
    }

    @Test
    void a_file_is_streamed_with_its_length(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("body"), new byte[3 << 20]);
        try (FaultServer server = FaultServer.builder().start()) {
            assertNull(posting(new Body.File(file)).attempt(server.uri("/").toString()).failure());
            assertTrue(only(server).head().contains("Content-Length: " + (3 << 20) + "\r\n"));
            assertEquals(3 << 20, only(server).bodyBytes());
        }
    }

    @Test
    void standard_input_is_streamed_in_chunks() {
        InputStream input = new ByteArrayInputStream(new byte[100_000]);
        try (FaultServer server = FaultServer.builder().start()) {
            HttpTrial trial = HttpTrial.of(new HttpProber().withInput(input));
            Attempt attempt = posting(trial, new Body.StandardInput())
                    .attempt(server.uri("/").toString());
            assertNull(attempt.failure());
            assertTrue(only(server).head().contains("Transfer-Encoding: chunked\r\n"));
            assertEquals(100_000, only(server).bodyBytes());
        }
    }

    @Test
    void standard_input_that_never_ends_is_ended_by_the_deadline() throws IOException {
        try (FaultServer server = FaultServer.builder().start();
                PipedOutputStream silent = new PipedOutputStream();
                PipedInputStream input = new PipedInputStream(silent)) {
            HttpTrial trial = HttpTrial.of(new HttpProber().withInput(input))
                    .limit(TimeoutName.DEADLINE, SHORT)
                    .limit(TimeoutName.SOCKET, Duration.ofMillis(50));
            Attempt attempt = posting(trial, new Body.StandardInput())
                    .attempt(server.uri("/").toString());
            Failure failure = Objects.requireNonNull(attempt.failure());
            assertEquals(
                    List.of(FailureName.TIMED_OUT, Phase.REQUEST, TimeoutName.DEADLINE),
                    List.of(failure.name(), failure.phase(),
                            Objects.requireNonNull(failure.limit())));
        }
    }

    @Test
    void a_file_that_is_gone_is_no_fault_of_the_server(@TempDir Path folder) {
        try (FaultServer server = FaultServer.builder().start()) {
            Attempt attempt = posting(new Body.File(folder.resolve("gone")))
                    .attempt(server.uri("/").toString());
            Failure failure = Objects.requireNonNull(attempt.failure());
            assertEquals(FailureName.ABORTED, failure.name());
            assertEquals(Phase.REQUEST, failure.phase());
            assertEquals(0, server.requestCount());
        }
    }

    @Test
    void without_standard_input_nothing_is_sent_in_its_place() {
        try (FaultServer server = FaultServer.builder().start()) {
            Attempt attempt = posting(new Body.StandardInput()).attempt(server.uri("/").toString());
            assertEquals(FailureName.ABORTED,
                    Objects.requireNonNull(attempt.failure()).name());
            assertEquals(0, server.requestCount());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKET", "DEADLINE"})
    void a_server_that_reads_nothing_ends_a_write(TimeoutName limit) {
        try (FaultServer server = FaultServer.start(Fault.neverRead(Moment.ON_ACCEPT))) {
            Attempt attempt = posting(new Body.Text(LARGE)).limit(limit, LONGER)
                    .attempt(server.uri("/").toString());
            Failure failure = Objects.requireNonNull(attempt.failure());
            assertEquals(List.of(FailureName.TIMED_OUT, Phase.REQUEST),
                    List.of(failure.name(), failure.phase()));
            assertEquals(limit, failure.limit());
            assertEquals(RequestProgress.PARTIAL, attempt.conversation().request());
            assertEquals(PeerState.OPEN, attempt.conversation().peer());
            assertTrue(attempt.bytes().sent() < LARGE.length());
        }
    }

    @Test
    void also_over_tls() {
        try (FaultServer server = FaultServer.builder()
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .connection(Fault.neverRead(Moment.AFTER_FIRST_BYTE))
                .start()) {
            Attempt attempt = posting(new Body.Text(LARGE)).limit(TimeoutName.SOCKET, SHORT)
                    .tls(HttpTrial.trusting().settings().tls())
                    .attempt(server.uri("/").toString());
            Failure failure = Objects.requireNonNull(attempt.failure());
            assertEquals(List.of(FailureName.TIMED_OUT, Phase.REQUEST),
                    List.of(failure.name(), failure.phase()));
            assertEquals(TimeoutName.SOCKET, failure.limit());
            assertEquals(RequestProgress.PARTIAL, attempt.conversation().request());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "LINGER", "KEEP_OPEN"})
    void an_early_refusal_is_not_lost(Afterwards afterwards) {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.answer(Moment.AFTER_REQUEST_HEAD))
                .reply(HttpAnswers.contentTooLarge(afterwards))
                .start()) {
            Attempt attempt = posting(new Body.Text(LARGE))
                    .limit(TimeoutName.SOCKET, Duration.ofSeconds(2))
                    .attempt(server.uri("/").toString());
            assertRefusedEarly(attempt);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LINGER", "KEEP_OPEN"})
    void nor_over_tls(Afterwards afterwards) {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.answer(Moment.AFTER_REQUEST_HEAD))
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .reply(HttpAnswers.contentTooLarge(afterwards))
                .start()) {
            assertRefusedEarly(
                    posting(new Body.Text(LARGE)).tls(HttpTrial.trusting().settings().tls())
                            .attempt(server.uri("/").toString()));
        }
    }

    @Test
    void nor_in_chunks() {
        InputStream input = new ByteArrayInputStream(new byte[32 << 20]);
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.answer(Moment.AFTER_REQUEST_HEAD))
                .reply(HttpAnswers.contentTooLarge(Afterwards.LINGER))
                .start()) {
            HttpTrial trial = HttpTrial.of(new HttpProber().withInput(input));
            assertRefusedEarly(posting(trial, new Body.StandardInput())
                    .attempt(server.uri("/").toString()));
        }
    }

    private static void assertRefusedEarly(Attempt attempt) {
        Failure failure = Objects.requireNonNull(attempt.failure());
        assertEquals(List.of(FailureName.STATUS, Phase.RESPONSE_HEAD),
                List.of(failure.name(), failure.phase()), attempt::toString);
        assertEquals(413, Objects.requireNonNull(attempt.http()).status());
        assertEquals(RequestProgress.PARTIAL, attempt.conversation().request());
        assertEquals(new Excerpt("too large\\n", 10), attempt.received());
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_FIRST_BYTE", "AFTER_REQUEST_HEAD"})
    void a_reset_while_sending_is_a_reset_or_a_broken_pipe(Moment moment) {
        try (FaultServer server = FaultServer.start(Fault.reset(moment))) {
            Attempt attempt = posting(new Body.Text(LARGE)).attempt(server.uri("/").toString());
            Failure failure = Objects.requireNonNull(attempt.failure());
            assertTrue(failure.name() == FailureName.RESET
                    || failure.name() == FailureName.BROKEN_PIPE, attempt::toString);
            assertEquals(Phase.REQUEST, failure.phase());
            assertEquals(RequestProgress.PARTIAL, attempt.conversation().request());
            assertTrue(attempt.conversation().peer() != PeerState.OPEN, attempt::toString);
            assertEquals(0, server.requestCount());
            assertEquals(1, server.connectionCount());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_body_that_waits_for_100_is_sent_in_the_end(ContinueReply reply) {
        try (FaultServer server = FaultServer.builder().continueReply(reply).start()) {
            Attempt attempt = posting(new Body.Text("body"), new Header("Expect", "100-continue"))
                    .attempt(server.uri("/").toString());
            assertNull(attempt.failure());
            assertEquals(4, only(server).bodyBytes());
            assertEquals(RequestProgress.COMPLETE, attempt.conversation().request());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 417})
    void a_final_answer_in_place_of_100_leaves_the_body_unsent(int status) {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.answer(Moment.AFTER_REQUEST_HEAD))
                .reply(HttpAnswers.status(status))
                .start()) {
            Attempt attempt = posting(new Body.Text("body"), new Header("Expect", "100-continue"))
                    .http(http -> new HttpSettings(http.method(), http.headers(), http.body(),
                            List.of(new StatusRange(200, 499)), null))
                    .attempt(server.uri("/").toString());
            assertNull(attempt.failure(), attempt::toString);
            assertEquals(status, Objects.requireNonNull(attempt.http()).status());
            assertEquals(RequestProgress.PARTIAL, attempt.conversation().request());
            server.awaitFinished(1);
            assertEquals(0, server.requestCount());
            assertNotNull(attempt.timing(Phase.RESPONSE_HEAD));
        }
    }
}
