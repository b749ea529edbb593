package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.TlsFacts;
import probe.attempt.TlsFacts.ClientCertificate;
import probe.testing.FaultServer;
import probe.testing.ServerTls.ClientAuth;
import probe.testing.SlowRelay;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** Servers that want to know who the client is. */
class TlsClientCertificateTest {
    private static FaultServer asking(ClientAuth auth) {
        return FaultServer.builder()
                .tls(TestCertificates.serverTls(TestCertificate.VALID).asking(auth))
                .start();
    }

    private static TlsProbe with(String version) {
        return TlsProbe.asking("localhost").versions(version, version);
    }

    /** Under TLS 1.3 the refusal comes when the client's handshake is already done. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_certificate_that_is_missing_fails_the_handshake(String version) {
        try (FaultServer server = asking(ClientAuth.NEED)) {
            Attempt attempt = with(version).attempt(server);

            Failure failure = TlsProbe.failure(attempt);
            assertEquals(Phase.TLS, failure.phase());
            assertEquals(FailureName.TLS_ALERT, failure.name(), attempt::toString);
            TlsFacts facts = TlsProbe.facts(attempt);
            // certificate_required came with TLS 1.3; before, handshake_failure had to do.
            assertEquals(version.equals("TLSv1.2") ? 40 : 116, facts.alert());
            assertEquals(ClientCertificate.MISSING, facts.clientCertificate());
            assertEquals(List.of("CN=probe test root"), facts.clientIssuers());
            assertEquals(version, facts.protocol());
            assertEquals(1, facts.chain().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_certificate_that_is_only_wished_for_may_be_missing(String version) {
        try (FaultServer server = asking(ClientAuth.WANT)) {
            Attempt attempt = with(version).attempt(server);

            assertNull(attempt.failure(), attempt::toString);
            assertEquals(ClientCertificate.MISSING, TlsProbe.facts(attempt).clientCertificate());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_good_certificate_is_given_and_taken(String version) {
        Path chain = TestCertificates.chainPem(TestCertificate.CLIENT);
        Path key = TestCertificates.keyPem(TestCertificate.CLIENT);
        Path both = TestCertificates.chainAndKeyPem(TestCertificate.CLIENT);
        Path store = Path.of(TestCertificates.pkcs12(TestCertificate.CLIENT) + ":"
                + TestCertificates.PASSWORD);
        try (FaultServer server = asking(ClientAuth.NEED)) {
            for (TlsProbe probe : List.of(with(version).being(chain, key),
                    with(version).being(both, null), with(version).being(store, null))) {
                Attempt attempt = probe.attempt(server);
                assertNull(attempt.failure(), attempt::toString);
                assertEquals(ClientCertificate.GIVEN, TlsProbe.facts(attempt).clientCertificate());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT_EXPIRED, TLSv1.2",
        "CLIENT_EXPIRED, TLSv1.3",
        "CLIENT_OF_UNKNOWN_CA, TLSv1.2",
        "CLIENT_OF_UNKNOWN_CA, TLSv1.3"})
    void a_certificate_that_the_server_refuses_fails_the_handshake(TestCertificate which,
            String version) {
        try (FaultServer server = asking(ClientAuth.NEED)) {
            Attempt attempt = with(version).being(TestCertificates.chainAndKeyPem(which), null)
                    .attempt(server);

            assertEquals(FailureName.TLS_ALERT, TlsProbe.failure(attempt).name(),
                    attempt::toString);
            assertEquals(Phase.TLS, TlsProbe.failure(attempt).phase());
            Integer alert = TlsProbe.facts(attempt).alert();
            assertTrue(alert != null && alert >= 42 && alert <= 48, attempt::toString);
            assertEquals(ClientCertificate.GIVEN, TlsProbe.facts(attempt).clientCertificate());
        }
    }

    @Test
    void a_refusal_that_takes_its_time_is_met_where_nothing_else_would_meet_it()
            throws IOException {
        try (FaultServer server = asking(ClientAuth.NEED);
                SlowRelay relay = SlowRelay.to(server.address(), Duration.ofMillis(700))) {
            Attempt attempt = with("TLSv1.3").attempt(relay.address(), AttemptListener.NONE);
            assertEquals(Phase.TLS, TlsProbe.failure(attempt).phase());
            assertEquals(ClientCertificate.MISSING, TlsProbe.facts(attempt).clientCertificate());
        }
    }

    @Test
    void a_server_that_does_not_ask_is_given_nothing() {
        try (FaultServer server = asking(ClientAuth.NONE)) {
            Attempt attempt = TlsProbe.asking("localhost")
                    .being(TestCertificates.chainAndKeyPem(TestCertificate.CLIENT), null)
                    .attempt(server);

            assertNull(attempt.failure(), attempt::toString);
            assertEquals(ClientCertificate.NOT_ASKED,
                    TlsProbe.facts(attempt).clientCertificate());
            assertEquals(List.of(), TlsProbe.facts(attempt).clientIssuers());
        }
    }
}
