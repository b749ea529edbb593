package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.attempt.Attempt;
import probe.attempt.CertificateFault;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.TlsFacts;
import probe.attempt.TlsFacts.ClientCertificate;
import probe.testing.ManagedProcess;
import probe.testing.Needs;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** Handshakes with another implementation than our own: OpenSSL's. */
@Needs(commands = "openssl")
class TlsOpenSslTest {
    private static ManagedProcess server(TestCertificate which, String... options) {
        List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept",
                "127.0.0.1:{port}", "-www", "-cert",
                TestCertificates.chainPem(which).toString(), "-key",
                TestCertificates.keyPem(which).toString(), "-cert_chain",
                TestCertificates.chainPem(which).toString(), "-CAfile",
                TestCertificates.rootPem().toString()));
        command.addAll(List.of(options));
        return ManagedProcess.of(command.toArray(String[]::new)).start();
    }

    private static Attempt attempt(TlsProbe probe, ManagedProcess server) {
        return probe.attempt(server.address(), AttemptListener.NONE);
    }

    private static void refusedWith(int alert, Attempt attempt) {
        assertEquals(FailureName.TLS_ALERT, TlsProbe.failure(attempt).name(), attempt::toString);
        assertEquals(Phase.TLS, TlsProbe.failure(attempt).phase());
        assertEquals(alert, TlsProbe.facts(attempt).alert());
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
    void a_handshake_is_made(String option, String version) {
        try (ManagedProcess server = server(TestCertificate.VALID_CHAIN, option)) {
            Attempt attempt = attempt(TlsProbe.asking("localhost"), server);

            assertNull(attempt.failure(), attempt::toString);
            assertEquals(version, TlsProbe.facts(attempt).protocol());
            assertEquals(ClientCertificate.NOT_ASKED, TlsProbe.facts(attempt).clientCertificate());
            assertTrue(TlsProbe.facts(attempt).chain().size() >= 2, attempt::toString);
        }
    }

    @Test
    void an_expired_certificate_is_refused() {
        try (ManagedProcess server = server(TestCertificate.EXPIRED)) {
            Attempt attempt = attempt(TlsProbe.asking("localhost"), server);
            assertEquals(FailureName.CERTIFICATE_REJECTED, TlsProbe.failure(attempt).name());
            assertEquals(List.of(CertificateFault.EXPIRED), TlsProbe.facts(attempt).faults());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void a_server_that_knows_only_old_versions_says_so(String option) {
        try (ManagedProcess server = server(TestCertificate.VALID, option, "-cipher",
                "ALL:@SECLEVEL=0")) {
            refusedWith(70, attempt(TlsProbe.asking("localhost"), server));
        }
    }

    @Test
    void a_server_without_a_version_of_ours_says_so() {
        try (ManagedProcess server = server(TestCertificate.VALID, "-tls1_2")) {
            refusedWith(70, attempt(TlsProbe.asking("localhost").versions("1.3", null), server));
        }
    }

    @Test
    void a_server_without_a_cipher_suite_of_ours_says_so() {
        try (ManagedProcess server = server(TestCertificate.VALID, "-tls1_2", "-cipher",
                "ECDHE-ECDSA-CAMELLIA128-SHA256:ECDHE-ECDSA-ARIA128-GCM-SHA256")) {
            refusedWith(40, attempt(TlsProbe.asking("localhost"), server));
        }
    }

    @Test
    void a_name_that_the_server_does_not_know_is_an_alert() {
        try (ManagedProcess server = server(TestCertificate.VALID, "-servername", "good.test",
                "-servername_fatal", "-cert2",
                TestCertificates.chainPem(TestCertificate.VALID).toString(), "-key2",
                TestCertificates.keyPem(TestCertificate.VALID).toString())) {
            refusedWith(112, attempt(TlsProbe.asking("localhost"), server));
            assertNull(attempt(TlsProbe.asking("good.test"), server).failure());
        }
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, 40", "-tls1_3, 116"})
    void a_client_certificate_that_is_missing_is_told(String option, int alert) {
        try (ManagedProcess server = server(TestCertificate.VALID, option, "-Verify", "1")) {
            Attempt attempt = attempt(TlsProbe.asking("localhost"), server);

            refusedWith(alert, attempt);
            TlsFacts facts = TlsProbe.facts(attempt);
            assertEquals(ClientCertificate.MISSING, facts.clientCertificate());
            assertEquals(List.of("CN=probe test root"), facts.clientIssuers());
        }
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, CLIENT_EXPIRED, 45", "-tls1_3, CLIENT_EXPIRED, 45",
        "-tls1_2, CLIENT_OF_UNKNOWN_CA, 48", "-tls1_3, CLIENT_OF_UNKNOWN_CA, 48"})
    void a_client_certificate_that_is_refused_is_told(String option, TestCertificate which,
            int alert) {
        try (ManagedProcess server = server(TestCertificate.VALID, option, "-Verify", "1",
                "-verify_return_error")) {
            Attempt attempt = attempt(TlsProbe.asking("localhost")
                    .being(TestCertificates.chainAndKeyPem(which), null), server);

            refusedWith(alert, attempt);
            assertEquals(ClientCertificate.GIVEN, TlsProbe.facts(attempt).clientCertificate());
        }
    }

    /** Without tickets the server has nothing to say after its handshake. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "2"})
    void a_client_certificate_that_is_only_wished_for_may_be_missing(String tickets) {
        try (ManagedProcess server = server(TestCertificate.VALID, "-verify", "1", "-num_tickets",
                tickets)) {
            Attempt attempt = attempt(TlsProbe.asking("localhost"), server);

            assertNull(attempt.failure(), attempt::toString);
            assertEquals(ClientCertificate.MISSING, TlsProbe.facts(attempt).clientCertificate());
        }
    }

    @Test
    void a_client_certificate_that_is_good_is_taken() {
        try (ManagedProcess server = server(TestCertificate.VALID, "-Verify", "1",
                "-verify_return_error")) {
            Attempt attempt = attempt(TlsProbe.asking("localhost")
                    .being(
                            TestCertificates.chainPem(TestCertificate.CLIENT),
                            TestCertificates.keyPem(TestCertificate.CLIENT)),
                    server);
            assertNull(attempt.failure(), attempt::toString);
        }
    }

    @Test
    void a_frozen_server_is_timed_out() {
        try (ManagedProcess server = server(TestCertificate.VALID)) {
            server.freeze();
            Attempt attempt = attempt(TlsProbe.asking("localhost")
                    .limits(
                            java.time.Duration.ofMillis(400), java.time.Duration.ofSeconds(20)),
                    server);
            assertEquals(FailureName.TIMED_OUT, TlsProbe.failure(attempt).name());
            server.thaw();
        }
    }
}
