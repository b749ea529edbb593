package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import probe.advice.IdleLimit;
import probe.advice.IdleLimit.Ending;
import probe.advice.IdleLimit.Trial;
import probe.testing.ClosedPort;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.HttpAnswers;
import probe.testing.Loopback;
import probe.testing.Moment;
import probe.testing.Payload;
import probe.testing.Reply;
import probe.testing.RequestFraming;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;
import probe.testing.ValidReport;

/** Connections that are held silent, and then used. */
class IdleTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** An HTTP server that closes a kept connection after this much silence, as every real one does. */
    private record Impatient(ServerSocket listener, int millis) implements AutoCloseable {
        static Impatient after(int millis) throws IOException {
            Impatient server = new Impatient(
                    new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), millis);
            Thread.ofVirtual().start(server::accept);
            return server;
        }

        private void accept() {
            try {
                while (!listener.isClosed()) {
                    Socket socket = listener.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                }
            } catch (IOException closed) {
                // the test is over
            }
        }

        private void serve(Socket socket) {
            try (socket) {
                socket.setSoTimeout(millis);
                BufferedReader in = new BufferedReader(new InputStreamReader(
                        socket.getInputStream(), StandardCharsets.ISO_8859_1));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.isEmpty()) {
                        socket.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(
                                        StandardCharsets.ISO_8859_1));
                    }
                }
            } catch (IOException silent) {
                // closed for want of a request
            }
        }

        String uri() {
            return "http://127.0.0.1:" + listener.getLocalPort() + "/";
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    private static JsonNode report(Ran ran) throws Exception {
        return MAPPER.readTree(ValidReport.check(ran.out()));
    }

    @Test
    void a_kept_connection_that_the_server_had_closed_is_the_clients_to_keep_for_less_time()
            throws Exception {
        try (FaultServer server = FaultServer.builder()
                .reply(HttpAnswers.keepAliveThenClose("x"))
                .start()) {
            Ran ran = Ran.probe("--idle", "300ms", server.uri("/").toString());
            JsonNode report = report(ran);
            assertEquals("client", report.at("/diagnosis/side").textValue(), ran.out());
            assertEquals(1, report.at("/attempts/1/conversation/use").intValue());
            assertTrue(report.at("/advice/actions/0/text")
                    .textValue()
                    .startsWith("Keep idle connections for less than 300ms"), ran.out());
            assertEquals(ExitCode.CLIENT_FAULT, ran.code());
        }
    }

    @Test
    void a_kept_connection_that_still_works_is_healthy() throws Exception {
        try (FaultServer server = FaultServer.builder().start()) {
            Ran ran = Ran.probe("--idle", "50ms", server.uri("/").toString());
            assertEquals(ExitCode.HEALTHY, ran.code(), ran.out());
            assertEquals(1, server.connectionCount());
            assertEquals(2, report(ran).at("/attempts").size());
        }
    }

    @Test
    void a_raw_connection_that_ends_in_its_silence_is_seen_at_once() throws Exception {
        try (FaultServer server = FaultServer.start(Fault.close(Moment.ON_ACCEPT))) {
            long began = System.nanoTime();
            Ran ran = Ran.probe("--idle", "60s", "127.0.0.1:" + server.port());
            assertTrue(System.nanoTime() - began < 50e9, "it waited for what had ended");
            assertEquals("closed-before-request",
                    report(ran).at("/attempts/0/conversation/peer").textValue());
            assertEquals("failed", report(ran).at("/outcome").textValue());
        }
        try (ClosedPort closed = ClosedPort.open()) {
            Ran ran = Ran.probe("--idle", "60s", "127.0.0.1:" + closed.port());
            assertEquals("refused", report(ran).at("/diagnosis/kind").textValue());
        }
    }

    @Test
    void over_tls_the_handshake_is_made_before_the_silence() throws Exception {
        try (FaultServer server = FaultServer.builder()
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .start()) {
            String target = "tls://127.0.0.1:" + server.port();
            Ran untrusted = Ran.probe("--idle", "60s", target);
            assertEquals("tls-cert-untrusted",
                    report(untrusted).at("/diagnosis/kind").textValue());
            assertEquals(ExitCode.SERVER_FAULT, untrusted.code());
            Ran trusted = Ran.probe("--idle", "50ms", "--cacert",
                    TestCertificates.rootPem().toString(), "--servername", "localhost", target);
            assertEquals(ExitCode.HEALTHY, trusted.code(), trusted.out());
            JsonNode attempt = report(trusted).at("/attempts/0");
            assertTrue(attempt.at("/tls").isObject(), trusted.out());
            assertTrue(attempt.at("/conversation/heldMs").doubleValue() >= 50, trusted.out());
        }
    }

    @Test
    void an_address_of_ipv6_is_written_short() throws Exception {
        try (FaultServer server = FaultServer.builder().on(Loopback.V6).start()) {
            Ran ran = Ran.probe("--idle", "10ms", "[::1]:" + server.port());
            assertEquals("::1", report(ran).at("/attempts/0/address").textValue());
        }
    }

    /** What the service says in the silence is there for the script that runs after it. */
    @Test
    void a_script_is_run_after_the_silence() throws Exception {
        try (FaultServer server = FaultServer.builder()
                .greeting(Payload.utf8("220 ready\r\n"))
                .framing(new RequestFraming.Line())
                .reply(Reply.raw("250 ok\r\n"))
                .start()) {
            Ran ran = Ran.probe("--idle", "200ms", "--expect", "^220", "--send", "NOOP\\r\\n",
                    "--expect", "^250", "127.0.0.1:" + server.port());
            assertEquals(ExitCode.HEALTHY, ran.code(), ran.out());
            assertEquals(3, report(ran).at("/attempts/0/exchange/done").intValue());
        }
        try (FaultServer server = FaultServer.start(Fault.close(Moment.ON_ACCEPT))) {
            Ran ran = Ran.probe("--idle", "100ms", "--send", "NOOP\\r\\n", "--expect", "^250",
                    "127.0.0.1:" + server.port());
            assertEquals("closed-before-request",
                    report(ran).at("/attempts/0/conversation/peer").textValue());
            assertEquals("client", report(ran).at("/diagnosis/side").textValue(), ran.out());
        }
    }

    @Test
    void a_profiles_attempts_are_not_passed_over(@TempDir Path folder) throws IOException {
        Path profile = Files.writeString(folder.resolve("often.json"), "{\"attempts\": 5}");
        for (String[] words : List.of(new String[] {"--idle", "1s"},
                new String[] {"--requests", "9"})) {
            Ran ran = Ran.probe(words[0], words[1], "--profile", profile.toString(),
                    "http://127.0.0.1:1/");
            assertEquals(ExitCode.USAGE, ran.code());
            assertTrue(ran.err()
                    .contains("attempts: 5 of the profile has no place beside "
                            + words[0]),
                    ran.err());
            Ran once = Ran.probe(words[0], words[1], "--profile", profile.toString(),
                    "--attempts", "1", "http://127.0.0.1:1/");
            assertEquals(ExitCode.SERVER_FAULT, once.code(), once.err());
        }
    }

    @Test
    void a_target_without_an_address_is_reported_like_any_other() throws Exception {
        Ran ran = Ran.probe("idle-limit", "--for", "100ms", "no-such-name.invalid:80");
        assertEquals("dns-not-found", report(ran).at("/diagnosis/kind").textValue());
        assertEquals(ExitCode.CLIENT_FAULT, ran.code());
    }

    /** The advice is followed: what it says holds. */
    @Test
    void the_limit_is_found_between_two_silences_and_the_advised_one_works() throws Exception {
        try (Impatient server = Impatient.after(800)) {
            JsonNode found = MAPPER.readTree(
                    Ran.probe("idle-limit", "--for", "2s", server.uri()).out());
            assertEquals("probe-idle/1", found.at("/schema").textValue());
            assertEquals("closed", found.at("/ending").textValue(), found.toString());
            double alive = found.at("/longestAliveMs").doubleValue();
            assertTrue(alive > 0 && alive < found.at("/shortestDeadMs").doubleValue(),
                    found.toString());
            assertTrue(found.at("/shortestDeadMs").doubleValue() >= 600, found.toString());
            Ran followed = Ran.probe("--idle", found.at("/keepAliveMs").intValue() + "ms",
                    server.uri());
            assertEquals(ExitCode.HEALTHY, followed.code(), followed.out());
        }
    }

    @Test
    void a_target_that_cannot_be_reached_has_no_limit_and_text_fits_a_page() {
        try (ClosedPort closed = ClosedPort.open()) {
            Ran ran = Ran.probe("idle-limit", "--for", "100ms", "--format", "text",
                    "http://127.0.0.1:" + closed.port() + "/");
            assertEquals(ExitCode.SERVER_FAULT, ran.code());
            assertTrue(ran.out().contains("refused, server side"), ran.out());
            assertTrue(ran.out().lines().allMatch(line -> line.length() <= 80), ran.out());
        }
    }

    @Test
    void a_request_that_failed_at_one_address_is_made_at_no_other() throws Exception {
        try (FaultServer server = FaultServer.builder()
                .on(new InetSocketAddress("0.0.0.0", 0))
                .reply(HttpAnswers.retryAfter(503, "5"))
                .start()) {
            Ran ran = Ran.probe("--idle", "10ms", "--data", "x", "--resolve",
                    "two.test:" + server.port() + ":127.0.0.1,127.0.0.2",
                    "http://two.test:" + server.port() + "/");
            assertEquals("http-unavailable", report(ran).at("/diagnosis/kind").textValue(),
                    ran.out());
            assertEquals(1, server.requestCount());
        }
    }

    @Test
    void a_search_that_ended_before_any_use_claims_nothing() {
        IdleLimit unused = IdleLimit.of(List.of());
        assertEquals(Ending.PENDING, unused.ending());
        assertTrue(unused.advice().getFirst().startsWith("No connection had been silent"));
    }

    @Test
    void trials_tell_the_limit_and_what_helps_against_each_ending() {
        IdleLimit forgotten = IdleLimit.of(List.of(
                new Trial(Duration.ofSeconds(90), Ending.FORGOTTEN),
                new Trial(Duration.ofSeconds(30), Ending.ALIVE),
                new Trial(Duration.ofSeconds(60), Ending.ALIVE)));
        assertEquals(Duration.ofSeconds(60), forgotten.longestAlive());
        assertEquals(Duration.ofSeconds(90), forgotten.shortestDead());
        assertEquals(Duration.ofSeconds(48), forgotten.keepAlive().orElseThrow());
        assertTrue(forgotten.advice().get(2).contains("TCP keep-alive every 30s"),
                forgotten.advice().toString());
        IdleLimit none = IdleLimit.of(List.of(new Trial(Duration.ofSeconds(60), Ending.ALIVE)));
        assertTrue(none.keepAlive().isEmpty());
        assertTrue(none.advice().getFirst().contains("still worked"));
        assertTrue(IdleLimit.of(List.of(new Trial(Duration.ofSeconds(1), Ending.NOT_KEPT)))
                .advice()
                .getFirst()
                .contains("not kept by the server"));
    }
}
