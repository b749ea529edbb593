package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import probe.attempt.Attempt;
import probe.attempt.CertificateFault;
import probe.attempt.Excerpt;
import probe.attempt.ExchangeFacts;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.PhaseTiming;
import probe.profile.Step;
import probe.profile.TimeoutName;
import probe.target.Scheme;
import probe.testing.Effect;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Garbage;
import probe.testing.Moment;
import probe.testing.Payload;
import probe.testing.Reply;
import probe.testing.RequestFraming;
import probe.testing.ServerTls.ClientAuth;
import probe.testing.StartTlsServer;
import probe.testing.StartTlsServer.Turn;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;
import probe.testing.TlsBytes;

/** Scripts that turn a plaintext connection into a secured one. */
class StartTlsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** RFC 4511 §4.14: extended request 1.3.6.1.4.1.1466.20037, answered with result code 0. */
    private static final String LDAP_START_TLS = bytes("301d 020101 7718 8016")
            + "1.3.6.1.4.1.1466.20037";
    private static final String LDAP_SUCCESS = bytes("300c 020101 7807 0a0100 0400 0400");
    private static final String LDAP_UNBIND = bytes("3005 020102 4200");
    /** PostgreSQL protocol, SSLRequest: length 8, code 80877103; the answer is one byte. */
    private static final String SSL_REQUEST = bytes("00000008 04d2162f");
    /** MySQL protocol: a greeting of the server, then a handshake response cut before the user's name. */
    private static final String MYSQL_GREETING = bytes("0b000000 0a") + "8.0.test\0";
    private static final String MYSQL_SSL_REQUEST = bytes("20000001 008a0000") + "\0".repeat(28);
    private static final String MYSQL_QUIT = bytes("01000002 01");
    private static final String MYSQL_OK = bytes("01000003 00");

    private static String bytes(String hex) {
        return Payload.hex(hex).text();
    }

    /** A protocol's way into TLS, its server's part and ours. */
    record Protocol(String name, List<Turn> before, List<Turn> inside, List<Step> script) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Protocol> protocols() {
        return Stream.of(
                new Protocol("smtp", List.of(Turn.of("", "220 mail.test ESMTP\r\n"),
                        Turn.of("EHLO x\r\n", "250-mail.test\r\n250 STARTTLS\r\n"),
                        Turn.of("STARTTLS\r\n", "220 go ahead\r\n")),
                        List.of(Turn.of("EHLO x\r\n", "250 mail.test\r\n")),
                        List.of(new Step.Expect("^220 "), new Step.Send("EHLO x\r\n"),
                                new Step.Expect("(?m)^250 "), new Step.Send("STARTTLS\r\n"),
                                new Step.Expect("^220"), new Step.StartTls(),
                                new Step.Send("EHLO x\r\n"), new Step.Expect("^250 mail"))),
                new Protocol("imap", List.of(Turn.of("", "* OK ready\r\n"),
                        Turn.of("a STARTTLS\r\n", "a OK begin\r\n")),
                        List.of(Turn.of("b NOOP\r\n", "b OK\r\n")),
                        List.of(new Step.Expect("^\\* OK"), new Step.Send("a STARTTLS\r\n"),
                                new Step.Expect("^a OK"), new Step.StartTls(),
                                new Step.Send("b NOOP\r\n"), new Step.Expect("^b OK"))),
                new Protocol("pop3", List.of(Turn.of("", "+OK ready\r\n"),
                        Turn.of("STLS\r\n", "+OK begin\r\n")),
                        List.of(Turn.of("QUIT\r\n", "+OK bye\r\n")),
                        List.of(new Step.Expect("^\\+OK"), new Step.Send("STLS\r\n"),
                                new Step.Expect("^\\+OK"), new Step.StartTls(),
                                new Step.Send("QUIT\r\n"), new Step.Expect("^\\+OK bye"))),
                new Protocol("ldap", List.of(Turn.of(
                        LDAP_START_TLS,
                        LDAP_SUCCESS)),
                        List.of(Turn.of(LDAP_UNBIND, "")),
                        List.of(new Step.Send(
                                LDAP_START_TLS),
                                new Step.Expect("^\\x30.\\x02\\x01\\x01\\x78.\\x0a\\x01\\x00"),
                                new Step.StartTls(),
                                new Step.Send(LDAP_UNBIND))),
                new Protocol("postgres",
                        List.of(Turn.of(SSL_REQUEST, "S")),
                        List.of(), List.of(new Step.Send(SSL_REQUEST),
                                new Step.Expect("^S"), new Step.StartTls())),
                new Protocol("mysql", List.of(Turn.of("", MYSQL_GREETING),
                        Turn.of(MYSQL_SSL_REQUEST, "")),
                        List.of(Turn.of(MYSQL_QUIT, MYSQL_OK)),
                        List.of(new Step.Expect("^...\\x00\\x0a[^\\x00]+\\x00"),
                                new Step.Send(MYSQL_SSL_REQUEST),
                                new Step.StartTls(), new Step.Send(MYSQL_QUIT),
                                new Step.Expect("^\\x01\\x00\\x00\\x03\\x00"))));
    }

    private static TlsProbe probe(List<Step> script) {
        return TlsProbe.asking("localhost").script(Scheme.TCP, script.toArray(Step[]::new));
    }

    private static List<Phase> phases(Attempt attempt) {
        return attempt.phases().stream().map(PhaseTiming::phase).toList();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void a_script_goes_on_inside_tls(Protocol protocol) {
        try (StartTlsServer server = StartTlsServer.start(protocol.before(),
                TestCertificates.serverTls(TestCertificate.VALID), protocol.inside())) {
            Attempt attempt = probe(protocol.script()).attempt(server.address(),
                    AttemptListener.NONE);

            assertNull(attempt.failure(), attempt::toString);
            assertEquals("", server.misheard());
            List<Phase> expected = new ArrayList<>(
                    List.of(Phase.CONNECT, Phase.EXCHANGE, Phase.TLS));
            if (!protocol.inside().isEmpty()) {
                expected.add(Phase.EXCHANGE);
            }
            assertEquals(expected, phases(attempt));
            assertEquals("localhost", TlsProbe.facts(attempt).serverName());
            int steps = protocol.script().size();
            assertEquals(new ExchangeFacts(steps, steps, null), attempt.exchange());
        }
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void a_refused_certificate_ends_the_script_in_the_handshake(Protocol protocol) {
        try (StartTlsServer server = StartTlsServer.start(protocol.before(),
                TestCertificates.serverTls(TestCertificate.EXPIRED), protocol.inside())) {
            Attempt attempt = probe(protocol.script()).attempt(server.address(),
                    AttemptListener.NONE);

            assertEquals(FailureName.CERTIFICATE_REJECTED, TlsProbe.failure(attempt).name(),
                    attempt::toString);
            assertEquals(List.of(CertificateFault.EXPIRED), TlsProbe.facts(attempt).faults());
            assertEquals(List.of(Phase.CONNECT, Phase.EXCHANGE, Phase.TLS), phases(attempt));
            assertNotNull(attempt.exchange());
            assertEquals(protocol.script().indexOf(new Step.StartTls()), attempt.exchange().done());
        }
    }

    @Test
    void a_server_that_promises_tls_and_goes_on_in_plaintext_is_not_tls() {
        try (FaultServer server = FaultServer.builder()
                .framing(new RequestFraming.Line())
                .reply(Reply.raw("220 go ahead\r\n"), Reply.raw("500 what?\r\n"))
                .connection(Fault.none(), Fault.answer(Moment.AFTER_FIRST_BYTE))
                .start()) {
            Attempt attempt = probe(List.of(new Step.Send("STARTTLS\r\n"),
                    new Step.Expect("^220"), new Step.StartTls())).attempt(server);

            assertEquals(FailureName.NOT_TLS, TlsProbe.failure(attempt).name(), attempt::toString);
            assertEquals(Phase.TLS, TlsProbe.failure(attempt).phase());
            Excerpt received = attempt.received();
            assertNotNull(received);
            assertTrue(received.text().startsWith("500 what?\\r\\n"), received::text);
        }
    }

    @Test
    void a_server_that_stalls_in_the_handshake_is_timed_out_by_the_tls_limit() {
        Fault stall = Fault.say(Payload.latin1("220 go ahead\r\n"), new Effect.Stall(),
                Moment.ON_ACCEPT);
        try (FaultServer server = FaultServer.start(stall)) {
            Attempt attempt = probe(List.of(new Step.Expect("^220"), new Step.StartTls(),
                    new Step.Expect("^250"))).limits(Duration.ofMillis(400), LONG).attempt(server);

            assertEquals(FailureName.TIMED_OUT, TlsProbe.failure(attempt).name());
            assertEquals(TimeoutName.TLS, TlsProbe.failure(attempt).limit());
            assertEquals(List.of(Phase.CONNECT, Phase.EXCHANGE, Phase.TLS), phases(attempt));
        }
    }

    @Test
    void a_server_that_refuses_to_change_over_is_told_at_once_with_its_answer() {
        Fault refuse = Fault.say(Payload.latin1("454 4.7.0 TLS not available\r\n"),
                new Effect.Stall(), Moment.ON_ACCEPT);
        try (FaultServer server = FaultServer.start(refuse)) {
            Attempt attempt = probe(List.of(new Step.Expect("^220"), new Step.StartTls()))
                    .attempt(server);

            assertEquals(FailureName.MISMATCH, TlsProbe.failure(attempt).name(), attempt::toString);
            assertNull(TlsProbe.failure(attempt).limit());
            assertEquals(Excerpt.of(Payload.latin1("454 4.7.0 TLS not available\r\n").bytes()),
                    attempt.received());
            assertNull(attempt.tls());
        }
    }

    @Test
    void a_client_certificate_that_is_missing_is_told_before_the_script_goes_on() {
        try (StartTlsServer server = StartTlsServer.start(List.of(Turn.of("", "220\r\n")),
                TestCertificates.serverTls(TestCertificate.VALID).asking(ClientAuth.NEED),
                List.of(Turn.of("EHLO x\r\n", "250\r\n")))) {
            Attempt attempt = probe(List.of(new Step.Expect("^220"), new Step.StartTls(),
                    new Step.Send("EHLO x\r\n"), new Step.Expect("^250")))
                    .attempt(server.address(), AttemptListener.NONE);
            assertEquals(FailureName.TLS_ALERT, TlsProbe.failure(attempt).name(),
                    attempt::toString);
            assertEquals(116, TlsProbe.facts(attempt).alert());
        }
    }

    @Test
    void a_script_over_tls_from_the_start_runs_inside_it() {
        try (StartTlsServer server = StartTlsServer.start(List.of(),
                TestCertificates.serverTls(TestCertificate.VALID),
                List.of(Turn.of("", "220 ready\r\n"), Turn.of("QUIT\r\n", "221 bye\r\n")))) {
            Attempt attempt = TlsProbe.asking("localhost")
                    .script(Scheme.TLS,
                            new Step.Expect("^220"), new Step.StartTls(), new Step.Send("QUIT\r\n"),
                            new Step.Expect("^221"))
                    .attempt(server.address(), AttemptListener.NONE);

            assertNull(attempt.failure(), attempt::toString);
            assertEquals(List.of(Phase.CONNECT, Phase.TLS, Phase.EXCHANGE), phases(attempt));
        }
    }

    @Test
    void a_tls_alert_where_a_greeting_was_expected_is_shown() {
        try (FaultServer server = FaultServer.start(Fault.garbage(Garbage.TLS_ALERT,
                Moment.AFTER_FIRST_BYTE))) {
            Attempt attempt = probe(List.of(new Step.Send("EHLO x\r\n"), new Step.Expect("^220")))
                    .attempt(server);

            assertEquals(FailureName.MISMATCH, TlsProbe.failure(attempt).name(), attempt::toString);
            assertEquals(Excerpt.of(TlsBytes.alert(40).bytes()), attempt.received());
        }
    }
}
