package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static probe.attempt.FailureName.CLOSED;
import static probe.attempt.FailureName.GOING_AWAY;
import static probe.attempt.FailureName.MALFORMED;
import static probe.attempt.FailureName.MISMATCH;
import static probe.attempt.FailureName.RESET;
import static probe.attempt.FailureName.STATUS;
import static probe.attempt.FailureName.STREAM_RESET;
import static probe.attempt.FailureName.TIMED_OUT;
import static probe.attempt.FailureName.TRUNCATED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.attempt.Attempt;
import probe.attempt.Excerpt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Http2Facts;
import probe.attempt.Http2Facts.Ending;
import probe.attempt.HttpFacts;
import probe.attempt.Phase;
import probe.attempt.PhaseTiming;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts;
import probe.profile.Body;
import probe.profile.Header;
import probe.profile.HttpSettings;
import probe.profile.Origin;
import probe.profile.ProxySettings;
import probe.profile.TimeoutName;
import probe.profile.TlsSettings;
import probe.target.HostPort;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Garbage;
import probe.testing.Http2ErrorCode;
import probe.testing.Http2Fault;
import probe.testing.Http2Fault.Answer;
import probe.testing.Http2Fault.CutFrame;
import probe.testing.Http2Fault.EarlyAnswer;
import probe.testing.Http2Fault.EndlessBody;
import probe.testing.Http2Fault.GoAway;
import probe.testing.Http2Fault.HeaderFlood;
import probe.testing.Http2Fault.Processed;
import probe.testing.Http2Fault.ResetConnection;
import probe.testing.Http2Fault.ResetStream;
import probe.testing.Http2Fault.Sent;
import probe.testing.Http2Fault.SilentFromStart;
import probe.testing.Http2Fault.Stall;
import probe.testing.Http2FaultServer;
import probe.testing.HttpAnswers;
import probe.testing.Moment;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;
import probe.testing.TestProxy;

/** What HTTP/2's own frames say, as facts; over TLS and in plaintext. */
class Http2ProberTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private static HttpTrial http2() {
        return HttpTrial.of(new Http2Prober(null))
                .tls(new TlsSettings(TestCertificates.rootPem(), null, null,
                        TlsSettings.Verification.REQUIRED, null, null, "localhost"));
    }

    private static HttpFacts http(Attempt attempt) {
        return Objects.requireNonNull(attempt.http());
    }

    private static Http2Facts frames(Attempt attempt) {
        return Objects.requireNonNull(http(attempt).http2());
    }

    private static Failure failure(Attempt attempt) {
        Failure failure = attempt.failure();
        assertNotNull(failure);
        return failure;
    }

    @Test
    void an_answer_in_plaintext_goes_through_every_phase() {
        try (Http2FaultServer server = Http2FaultServer.plain(Http2Fault.none())) {
            Attempt attempt = http2().attempt(server.uri("/path?q").toString());
            assertNull(attempt.failure());
            assertEquals(200, http(attempt).status());
            assertEquals("HTTP/2.0", http(attempt).version());
            assertEquals(6, http(attempt).bodyBytes());
            assertEquals(new Http2Facts(1, null, null, null), frames(attempt));
            assertEquals(
                    List.of(Phase.CONNECT, Phase.REQUEST, Phase.RESPONSE_HEAD,
                            Phase.RESPONSE_BODY),
                    attempt.phases().stream().map(PhaseTiming::phase).toList());
            assertEquals(RequestProgress.COMPLETE, attempt.conversation().request());
            assertEquals(1, server.requestCount());
        }
    }

    @Test
    void over_tls_the_protocol_is_agreed_on_in_the_handshake() {
        try (Http2FaultServer server = Http2FaultServer.over(
                TestCertificates.serverTls(TestCertificate.VALID), Http2Fault.none())) {
            Attempt attempt = http2().attempt(server.uri("/").toString());
            assertNull(attempt.failure());
            assertEquals("h2", Objects.requireNonNull(attempt.tls()).alpn());
            assertEquals(200, http(attempt).status());
        }
    }

    /** What one fault must look like. */
    record Case(Http2Fault fault, FailureName name, Phase phase, RequestProgress progress,
            @Nullable Ending ending, @Nullable Long code) {}

    private static Case ended(Http2Fault fault, Phase phase, Ending ending, long code) {
        return new Case(fault, ending == Ending.RST_STREAM ? STREAM_RESET : GOING_AWAY, phase,
                RequestProgress.COMPLETE, ending, code);
    }

    private static Case other(Http2Fault fault, FailureName name, Phase phase) {
        return new Case(fault, name, phase, RequestProgress.COMPLETE, null, null);
    }

    static Stream<Case> faults() {
        return Stream.of(
                ended(new ResetStream(Http2ErrorCode.REFUSED_STREAM, Sent.NOTHING),
                        Phase.RESPONSE_HEAD, Ending.RST_STREAM, 7),
                ended(new ResetStream(Http2ErrorCode.INTERNAL_ERROR, Sent.NOTHING),
                        Phase.RESPONSE_HEAD, Ending.RST_STREAM, 2),
                ended(new ResetStream(Http2ErrorCode.CANCEL, Sent.HEAD), Phase.RESPONSE_BODY,
                        Ending.RST_STREAM, 8),
                ended(new ResetStream(Http2ErrorCode.ENHANCE_YOUR_CALM, Sent.HALF_BODY),
                        Phase.RESPONSE_BODY, Ending.RST_STREAM, 11),
                ended(new GoAway(Http2ErrorCode.NO_ERROR, Processed.NO), Phase.RESPONSE_HEAD,
                        Ending.GOAWAY, 0),
                ended(new GoAway(Http2ErrorCode.NO_ERROR, Processed.MAYBE), Phase.RESPONSE_HEAD,
                        Ending.GOAWAY, 0),
                ended(new GoAway(Http2ErrorCode.ENHANCE_YOUR_CALM, Processed.NO),
                        Phase.RESPONSE_HEAD, Ending.GOAWAY, 11),
                other(new Stall(Sent.NOTHING), TIMED_OUT, Phase.RESPONSE_HEAD),
                other(new Stall(Sent.HALF_BODY), TIMED_OUT, Phase.RESPONSE_BODY),
                other(new CutFrame(), TRUNCATED, Phase.RESPONSE_BODY),
                other(new ResetConnection(), RESET, Phase.RESPONSE_HEAD),
                new Case(new SilentFromStart(), TIMED_OUT, Phase.REQUEST,
                        RequestProgress.NOT_STARTED, null, null));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void each_fault_is_told_apart(Case fault) {
        try (Http2FaultServer server = Http2FaultServer.plain(fault.fault())) {
            check(fault, http2().limit(TimeoutName.SOCKET, patience(fault))
                    .attempt(server.uri("/").toString()));
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void each_fault_is_told_apart_inside_tls(Case fault) {
        try (Http2FaultServer server = Http2FaultServer.over(
                TestCertificates.serverTls(TestCertificate.VALID), fault.fault())) {
            check(fault, http2().limit(TimeoutName.SOCKET, patience(fault))
                    .attempt(server.uri("/").toString()));
        }
    }

    /** Short only where it is to run out: a busy machine takes its time for the rest. */
    private static Duration patience(Case fault) {
        return fault.name() == TIMED_OUT ? SHORT : Duration.ofSeconds(10);
    }

    private static void check(Case fault, Attempt attempt) {
        assertEquals(fault.name(), failure(attempt).name());
        assertEquals(fault.phase(), failure(attempt).phase());
        assertEquals(fault.name() == TIMED_OUT ? TimeoutName.SOCKET : null,
                failure(attempt).limit());
        assertEquals(fault.progress(), attempt.conversation().request());
        assertEquals(fault.ending(), frames(attempt).ending());
        assertEquals(fault.code(), frames(attempt).code());
    }

    @Test
    void a_flood_of_header_fields_is_cut_off() {
        try (Http2FaultServer server = Http2FaultServer.plain(new HeaderFlood())) {
            Attempt attempt = http2().attempt(server.uri("/").toString());
            assertEquals(MALFORMED, failure(attempt).name());
            assertEquals(Phase.RESPONSE_HEAD, failure(attempt).phase());
            assertTrue(attempt.bytes().received() < 4L * HttpFacts.MAX_BODY);
        }
    }

    @Test
    void a_body_without_end_is_read_for_one_mebibyte() {
        try (Http2FaultServer server = Http2FaultServer.plain(new EndlessBody())) {
            Attempt attempt = http2().attempt(server.uri("/").toString());
            assertNull(attempt.failure());
            assertTrue(http(attempt).isReadInPart());
            assertTrue(attempt.bytes().received() < 4L * HttpFacts.MAX_BODY);
        }
    }

    /** The server goes on reading here; what matters is that its answer is not lost behind the upload. */
    @ParameterizedTest
    @ValueSource(ints = {10, 1_000_000})
    void an_answer_that_comes_before_the_body_is_out_stands(int size, @TempDir Path folder)
            throws IOException {
        Path file = Files.write(folder.resolve("body"), new byte[size]);
        try (Http2FaultServer server = Http2FaultServer
                .plain(new EarlyAnswer(new Answer(413, "too large\n")))) {
            Attempt attempt = http2()
                    .http(http -> http.asking("POST", List.of(), new Body.File(file)))
                    .attempt(server.uri("/").toString());
            assertEquals(STATUS, failure(attempt).name());
            assertEquals(413, http(attempt).status());
        }
    }

    @Test
    void goaway_says_whether_the_request_may_have_been_acted_on() {
        try (Http2FaultServer no = Http2FaultServer
                .plain(new GoAway(Http2ErrorCode.NO_ERROR, Processed.NO));
                Http2FaultServer maybe = Http2FaultServer
                        .plain(new GoAway(Http2ErrorCode.NO_ERROR, Processed.MAYBE))) {
            assertTrue(frames(http2().attempt(no.uri("/").toString())).isRefused());
            assertFalse(frames(http2().attempt(maybe.uri("/").toString())).isRefused());
        }
    }

    @Test
    void a_status_that_is_not_accepted_comes_with_the_first_bytes_of_its_page() {
        try (Http2FaultServer server = Http2FaultServer.plain(new Answer(503, "busy"))) {
            Attempt attempt = http2().attempt(server.uri("/").toString());
            assertEquals(STATUS, failure(attempt).name());
            assertEquals(Phase.RESPONSE_HEAD, failure(attempt).phase());
            assertEquals(new Excerpt("busy", 4), attempt.received());
        }
    }

    @Test
    void the_expected_body_is_looked_for() {
        try (Http2FaultServer server = Http2FaultServer.plain(new Answer(200, "not ready"))) {
            Attempt good = http2().http(HttpTrialBodies::ready)
                    .attempt(server.uri("/").toString());
            assertNull(good.failure());
            Attempt bad = http2().http(HttpTrialBodies::never)
                    .attempt(server.uri("/").toString());
            assertEquals(MISMATCH, failure(bad).name());
            assertEquals(Phase.RESPONSE_BODY, failure(bad).phase());
        }
    }

    /** Requests with an expected body. */
    private static final class HttpTrialBodies {
        static HttpSettings ready(HttpSettings http) {
            return new HttpSettings("GET", List.of(), new Body.None(), http.expectStatus(),
                    "ready$");
        }

        static HttpSettings never(HttpSettings http) {
            return new HttpSettings("GET", List.of(), new Body.None(), http.expectStatus(),
                    "^ready");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8192, 65_535, 1 << 20})
    void a_body_is_sent_whole_through_windows_smaller_than_it(int size, @TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("body");
        Files.write(file, new byte[size]);
        try (Http2FaultServer server = Http2FaultServer.plain(Http2Fault.none())) {
            Attempt attempt = http2()
                    .http(http -> http.asking("POST",
                            List.of(new Header("Connection", "close"), new Header("X-A", "b")),
                            new Body.File(file)))
                    .attempt(server.uri("/").toString());
            assertNull(attempt.failure());
            assertEquals(size, server.connections().getFirst().requests().getFirst().bodyBytes());
        }
    }

    @Test
    void a_server_without_http2_chooses_another_protocol_and_gets_no_request() {
        try (FaultServer server = FaultServer.builder()
                .tls(TestCertificates.serverTls(TestCertificate.VALID)
                        .applicationProtocols("http/1.1"))
                .start()) {
            Attempt attempt = http2().attempt(server.uri("/").toString());
            assertEquals(MISMATCH, failure(attempt).name());
            assertEquals(Phase.TLS, failure(attempt).phase());
            assertEquals("http/1.1", Objects.requireNonNull(attempt.tls()).alpn());
            assertEquals(RequestProgress.NOT_STARTED, attempt.conversation().request());
            assertEquals(0, server.requestCount());
        }
    }

    @Test
    void a_server_that_knows_no_alpn_speaks_http1() {
        try (FaultServer server = FaultServer.builder()
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .start()) {
            Attempt attempt = http2().attempt(server.uri("/").toString());
            assertEquals(MISMATCH, failure(attempt).name());
            assertNull(Objects.requireNonNull(attempt.tls()).alpn());
        }
    }

    /** Also when the server has gone before everything was written, which happens now and then. */
    @RepeatedTest(20)
    void http1_in_answer_to_prior_knowledge_is_shown() {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.garbage(Garbage.HTTP_400, Moment.AFTER_FIRST_BYTE))
                .start()) {
            Attempt attempt = http2().attempt(server.uri("/").toString());
            assertEquals(MALFORMED, failure(attempt).name());
            Excerpt received = attempt.received();
            assertNotNull(received);
            assertTrue(received.text().startsWith("HTTP/1.1 400"), received::text);
            assertEquals(RequestProgress.NOT_STARTED, attempt.conversation().request());
        }
    }

    @Test
    void a_close_before_any_frame_is_a_close() {
        try (FaultServer server = FaultServer
                .start(Fault.halfClose(Moment.AFTER_FIRST_BYTE))) {
            Attempt attempt = http2().attempt(server.uri("/").toString());
            assertEquals(CLOSED, failure(attempt).name());
            assertEquals(RequestProgress.NOT_STARTED, attempt.conversation().request());
        }
    }

    @Test
    void certificates_are_judged_as_ever() {
        try (Http2FaultServer server = Http2FaultServer.over(
                TestCertificates.serverTls(TestCertificate.EXPIRED), Http2Fault.none())) {
            Attempt attempt = http2().attempt(server.uri("/").toString());
            assertEquals(FailureName.CERTIFICATE_REJECTED, failure(attempt).name());
            TlsFacts tls = attempt.tls();
            assertNotNull(tls);
            assertFalse(tls.chain().isEmpty());
        }
    }

    @Test
    void a_proxy_is_asked_for_a_tunnel_also_in_plaintext() {
        try (Http2FaultServer server = Http2FaultServer.plain(Http2Fault.none());
                TestProxy proxy = TestProxy.http().start()) {
            HttpTrial through = http2().proxy(new ProxySettings(ProxySettings.Kind.HTTP,
                    new HostPort("127.0.0.1", proxy.port()), null, new Origin.Flag()));
            Attempt attempt = through.attempt(server.uri("/").toString(), proxy.address());
            assertNull(attempt.failure());
            assertEquals(200, http(attempt).status());
            assertEquals(1, proxy.requests().size());
        }
    }

    @Test
    void the_deadline_ends_it() {
        try (Http2FaultServer server = Http2FaultServer.plain(new Stall(Sent.NOTHING))) {
            HttpTrial.warmUp();
            Attempt attempt = http2().limit(TimeoutName.DEADLINE, Duration.ofMillis(700))
                    .attempt(server.uri("/").toString());
            assertEquals(TIMED_OUT, failure(attempt).name());
            assertEquals(TimeoutName.DEADLINE, failure(attempt).limit());
        }
    }

    @Test
    void what_is_not_http2_at_all_is_malformed() {
        try (FaultServer server = FaultServer.builder()
                .greeting(Garbage.SSH_BANNER.payload())
                .start()) {
            Attempt attempt = http2().limit(TimeoutName.SOCKET, SHORT)
                    .attempt(server.uri("/").toString());
            assertEquals(MALFORMED, failure(attempt).name());
        }
    }

    @Test
    void a_request_over_http11_names_its_protocol_in_the_handshake_too() {
        try (FaultServer server = FaultServer.builder()
                .tls(TestCertificates.serverTls(TestCertificate.VALID)
                        .applicationProtocols("h2", "http/1.1"))
                .reply(HttpAnswers.ok("x"))
                .start()) {
            Attempt attempt = HttpTrial.trusting().attempt(server.uri("/").toString());
            assertNull(attempt.failure());
            assertEquals("http/1.1", Objects.requireNonNull(attempt.tls()).alpn());
        }
    }
}
