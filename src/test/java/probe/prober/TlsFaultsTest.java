package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.attempt.Attempt;
import probe.attempt.Excerpt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.Via;
import probe.profile.TimeoutName;
import probe.testing.Effect;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Garbage;
import probe.testing.Leaks;
import probe.testing.Moment;
import probe.testing.PacedServer;
import probe.testing.Payload;
import probe.testing.ServerTls;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** Handshakes that a server breaks off, holds up or does not make. */
class TlsFaultsTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    /** For a server that has to sign something before it stalls, on a busy machine. */
    private static final Duration ENOUGH = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofSeconds(20);

    private static FaultServer server(Fault fault) {
        return FaultServer.builder()
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .connection(fault)
                .start();
    }

    private static Attempt attempt(Fault fault) {
        try (FaultServer server = server(fault)) {
            return TlsProbe.asking("localhost").attempt(server);
        }
    }

    private static void ends(Attempt attempt, FailureName name, @Nullable TimeoutName limit) {
        Failure failure = TlsProbe.failure(attempt);
        assertEquals(name, failure.name(), attempt::toString);
        assertEquals(Phase.TLS, failure.phase());
        assertEquals(limit, failure.limit());
        assertEquals(PhaseOutcome.FAILED, attempt.phases().getLast().outcome());
        assertNotNull(attempt.tls());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 40, 42, 47, 48, 70, 71, 80, 86, 109, 112, 116, 120, 255})
    void an_alert_is_told_by_its_code(int code) {
        Attempt attempt = attempt(Fault.alert(code));

        ends(attempt, FailureName.TLS_ALERT, null);
        assertEquals(code, TlsProbe.facts(attempt).alert());
        assertNull(TlsProbe.facts(attempt).protocol());
        assertNull(attempt.received());
    }

    @ParameterizedTest
    @CsvSource({
        "SSH_BANNER, SSH-2.0-OpenSSH_9.6\\r\\n",
        "SMTP_BANNER, 220 mail.test ESMTP ready\\r\\n",
        "HTML, <html><body>It works!</body></html>\\n",
        "HTTP_400, HTTP/1.1 400 Bad Request\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n",
        "HTTP2_SETTINGS, \\x00\\x00\\x00\\x04\\x00\\x00\\x00\\x00\\x00"})
    void plaintext_in_place_of_tls_is_shown(Garbage garbage, String shown) {
        for (Moment moment : List.of(Moment.ON_ACCEPT, Moment.ON_CLIENT_HELLO)) {
            Attempt attempt = attempt(Fault.garbage(garbage, moment));

            ends(attempt, FailureName.NOT_TLS, null);
            assertEquals(new Excerpt(shown, garbage.payload().length()), attempt.received());
        }
    }

    @Test
    void garbage_is_not_tls_and_harmless() {
        for (Garbage garbage : List.of(Garbage.BINARY, Garbage.NULS, Garbage.ESCAPES,
                Garbage.BAD_UTF8)) {
            Attempt attempt = attempt(Fault.garbage(garbage, Moment.ON_CLIENT_HELLO));
            ends(attempt, FailureName.NOT_TLS, null);
            Excerpt received = attempt.received();
            assertNotNull(received);
            assertTrue(received.text().chars().allMatch(c -> c >= 0x20 && c < 0x7f),
                    received::text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "+OK", "* OK"})
    void a_plaintext_greeting_shorter_than_a_record_is_not_tls(String greeting) {
        try (FaultServer server = server(Fault.say(Payload.latin1(greeting), new Effect.Stall(),
                Moment.ON_ACCEPT))) {
            Attempt attempt = TlsProbe.asking("localhost").limits(ENOUGH, LONG).attempt(server);

            ends(attempt, FailureName.NOT_TLS, TimeoutName.TLS);
            assertEquals(new Excerpt(greeting, greeting.length()), attempt.received());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ON_ACCEPT", "ON_CLIENT_HELLO", "MID_HANDSHAKE"})
    void a_server_that_falls_silent_is_timed_out(Moment moment) {
        Duration limit = moment == Moment.MID_HANDSHAKE ? ENOUGH : SHORT;
        try (FaultServer server = server(Fault.stall(moment))) {
            Attempt attempt = TlsProbe.asking("localhost").limits(limit, LONG).attempt(server);

            ends(attempt, FailureName.TIMED_OUT, TimeoutName.TLS);
            assertTrue(TlsProbe.failure(attempt).elapsed().compareTo(limit) >= 0,
                    attempt::toString);
            assertEquals(PeerState.OPEN, attempt.conversation().peer());
            assertEquals(moment == Moment.MID_HANDSHAKE, attempt.bytes().received() > 0);
            assertNull(attempt.received());
        }
    }

    @Test
    void the_deadline_ends_a_handshake_too() {
        try (FaultServer server = server(Fault.stall(Moment.ON_CLIENT_HELLO))) {
            Attempt attempt = TlsProbe.asking("localhost").limits(LONG, SHORT).attempt(server);
            ends(attempt, FailureName.TIMED_OUT, TimeoutName.DEADLINE);
        }
    }

    @Test
    void a_handshake_that_drips_byte_by_byte_ends_at_its_limit() {
        Fault drip = Fault.drip(Duration.ofMillis(50), Moment.ON_CLIENT_HELLO);
        try (FaultServer server = server(drip)) {
            Attempt attempt = TlsProbe.asking("localhost").limits(ENOUGH, LONG).attempt(server);

            ends(attempt, FailureName.TIMED_OUT, TimeoutName.TLS);
            assertTrue(attempt.bytes().received() > 0, attempt::toString);
            assertTrue(TlsProbe.failure(attempt).elapsed().compareTo(LONG) < 0);
        }
    }

    /** Every record is whole and in time: a ServerHello in fragments of one byte, RFC 8446 §5.1. */
    @Test
    void a_handshake_that_drips_record_by_record_ends_at_its_limit() {
        List<Payload> records = Payload.hex("02 000076 0303" + "07".repeat(112))
                .text()
                .chars()
                .mapToObj(b -> Payload.hex("16 0303 0001 %02x".formatted(b)))
                .toList();
        try (PacedServer server = PacedServer.start(records, Duration.ofMillis(100))) {
            Attempt attempt = TlsProbe.asking("localhost")
                    .limits(ENOUGH, LONG)
                    .attempt(server.address(), AttemptListener.NONE);

            ends(attempt, FailureName.TIMED_OUT, TimeoutName.TLS);
            assertEquals(0, attempt.bytes().received() % 6, attempt::toString);
            assertTrue(attempt.bytes().received() > 0, attempt::toString);
        }
    }

    @Test
    void failed_handshakes_leave_nothing_behind() {
        Leaks before = Leaks.snapshot();
        for (Fault fault : List.of(Fault.alert(40), Fault.close(Moment.ON_CLIENT_HELLO),
                Fault.reset(Moment.MID_HANDSHAKE), Fault.stall(Moment.MID_HANDSHAKE),
                Fault.garbage(Garbage.SSH_BANNER, Moment.ON_ACCEPT), Fault.none())) {
            try (FaultServer server = server(fault)) {
                TlsProbe.asking("localhost").limits(SHORT, LONG).attempt(server);
                TlsProbe.asking("other.test").limits(SHORT, LONG).attempt(server);
            }
        }
        before.assertNoneSince();
    }

    @Test
    void the_application_protocol_that_both_know_is_chosen() {
        ServerTls tls = TestCertificates.serverTls(TestCertificate.VALID)
                .applicationProtocols("http/1.1");
        try (FaultServer server = FaultServer.builder().tls(tls).start()) {
            Attempt chosen = TlsProbe.asking("localhost")
                    .handshake(server,
                            List.of("h2", "http/1.1"));
            assertEquals("http/1.1", TlsProbe.facts(chosen).alpn());

            Attempt refused = TlsProbe.asking("localhost").handshake(server, List.of("h2"));
            ends(refused, FailureName.TLS_ALERT, null);
            assertEquals(120, TlsProbe.facts(refused).alert());

            Attempt none = TlsProbe.asking("localhost").attempt(server);
            assertNull(TlsProbe.facts(none).alpn());
        }
    }

    @Test
    void a_handshake_stalled_after_its_server_hello_tells_what_was_chosen() {
        try (FaultServer server = server(Fault.stall(Moment.MID_HANDSHAKE))) {
            Attempt attempt = TlsProbe.asking("localhost").limits(ENOUGH, LONG).attempt(server);
            assertEquals("TLSv1.3", TlsProbe.facts(attempt).protocol());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ON_ACCEPT", "ON_CLIENT_HELLO", "MID_HANDSHAKE"})
    void a_server_that_closes_in_the_handshake_is_told_from_one_that_resets(Moment moment) {
        Attempt closed = attempt(Fault.close(moment));
        ends(closed, FailureName.CLOSED, null);

        Attempt reset = attempt(Fault.reset(moment));
        if (moment == Moment.ON_ACCEPT) { // it can overtake the end of our own connect
            assertEquals(FailureName.RESET, TlsProbe.failure(reset).name(), reset::toString);
        } else {
            ends(reset, FailureName.RESET, null);
        }
    }

    @Test
    void a_server_without_a_certificate_refuses_with_an_alert() {
        try (FaultServer server = FaultServer.builder().tls(ServerTls.keyless()).start()) {
            Attempt attempt = TlsProbe.asking("localhost").attempt(server);
            ends(attempt, FailureName.TLS_ALERT, null);
            assertEquals(40, TlsProbe.facts(attempt).alert());
        }
    }

    @Test
    void no_common_version_is_an_alert() {
        ServerTls old = TestCertificates.serverTls(TestCertificate.VALID).protocols("TLSv1.2");
        try (FaultServer server = FaultServer.builder().tls(old).start()) {
            Attempt attempt = TlsProbe.asking("localhost")
                    .versions("TLSv1.3", null)
                    .attempt(server);
            ends(attempt, FailureName.TLS_ALERT, null);
            assertEquals(70, TlsProbe.facts(attempt).alert());
            assertEquals(List.of("TLSv1.3"), TlsProbe.facts(attempt).offered());
        }
    }

    /** A ServerHello of TLS 1.0 or 1.1, as a server sends that knows nothing newer. */
    @ParameterizedTest
    @CsvSource({"0301, TLSv1", "0302, TLSv1.1", "0300, SSLv3"})
    void a_server_that_chooses_a_version_not_offered_is_told(String number, String version) {
        String hello = number + "00".repeat(32) + "00" + "c013" + "00";
        String message = "020000%02x%s".formatted(hello.length() / 2, hello);
        Payload record = Payload
                .hex("16%s00%02x%s".formatted(number, message.length() / 2, message));
        Attempt attempt = attempt(Fault.say(record, new Effect.Stall(), Moment.ON_CLIENT_HELLO));

        ends(attempt, FailureName.TLS_FAILED, null);
        assertEquals(version, TlsProbe.facts(attempt).protocol());
        assertTrue(TlsProbe.facts(attempt).choseOtherProtocol());
    }

    @Test
    void no_common_cipher_is_an_alert() {
        ServerTls odd = TestCertificates.serverTls(TestCertificate.VALID)
                .protocols("TLSv1.2")
                .cipherSuites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        try (FaultServer server = FaultServer.builder().tls(odd).start()) {
            Attempt attempt = TlsProbe.asking("localhost").attempt(server);
            ends(attempt, FailureName.TLS_ALERT, null);
            assertEquals(40, TlsProbe.facts(attempt).alert());
        }
    }

    @Test
    void garbage_inside_tls_records_is_a_failed_handshake() {
        Payload record = Payload.hex("16 0303 0008 02000004 ffffffff");
        Attempt attempt = attempt(Fault.say(record, new Effect.Stall(), Moment.ON_CLIENT_HELLO));
        ends(attempt, FailureName.TLS_FAILED, null);
    }

    @Test
    void the_socket_is_still_open_when_the_listener_hears_of_the_failure() {
        AtomicReference<@Nullable Boolean> closed = new AtomicReference<>();
        AttemptListener listener = new AttemptListener() {
            @Override
            public @Nullable Long failing(Via via, Socket socket, Failure failure,
                    LastWords lastWords) {
                closed.set(socket.isClosed());
                return 7L;
            }
        };
        for (Fault fault : List.of(Fault.alert(40), Fault.close(Moment.ON_CLIENT_HELLO),
                Fault.stall(Moment.ON_CLIENT_HELLO))) {
            try (FaultServer server = server(fault)) {
                Attempt attempt = TlsProbe.asking("localhost")
                        .limits(SHORT, LONG)
                        .attempt(server.address(), listener);
                assertEquals(false, closed.getAndSet(null), fault::toString);
                assertEquals(7L, attempt.bytes().acknowledged());
                server.awaitFinished(1);
            }
        }
    }
}
