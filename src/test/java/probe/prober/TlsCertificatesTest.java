package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.attempt.Attempt;
import probe.attempt.CertificateFacts;
import probe.attempt.CertificateFault;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.TlsFacts;
import probe.testing.CertificateSpec;
import probe.testing.FaultServer;
import probe.testing.Identity;
import probe.testing.ServerTls;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** What a server's certificates do to a handshake, and what is known of them afterwards. */
class TlsCertificatesTest {
    private static FaultServer presenting(TestCertificate which) {
        return FaultServer.builder().tls(TestCertificates.serverTls(which)).start();
    }

    private static List<String> faults(Attempt attempt) {
        return TlsProbe.facts(attempt).faults().stream().map(CertificateFault::id).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"VALID", "VALID_CHAIN", "ENDING_SOON"})
    void a_good_certificate_is_taken(TestCertificate which) {
        try (FaultServer server = presenting(which)) {
            Attempt attempt = TlsProbe.asking("localhost").attempt(server);

            assertNull(attempt.failure(), attempt::toString);
            TlsFacts facts = TlsProbe.facts(attempt);
            assertEquals("TLSv1.3", facts.protocol());
            assertTrue(String.valueOf(facts.cipher()).startsWith("TLS_"), facts::toString);
            assertEquals("localhost", facts.serverName());
            assertEquals(List.of(), facts.faults());
            assertNull(facts.alert());
            assertEquals(TlsFacts.ClientCertificate.NOT_ASKED, facts.clientCertificate());
            assertEquals(List.of("TLSv1.3", "TLSv1.2"), facts.offered());
            assertEquals(TestCertificates.identity(which).chain().size(), facts.chain().size());
            assertTrue(attempt.reached(Phase.TLS));
        }
    }

    @Test
    void the_chain_is_told_leaf_first() {
        try (FaultServer server = presenting(TestCertificate.VALID_CHAIN)) {
            Attempt attempt = TlsProbe.asking("localhost").attempt(server);

            List<CertificateFacts> chain = TlsProbe.facts(attempt).chain();
            assertEquals(2, chain.size());
            assertEquals("CN=probe test server", chain.getFirst().subject());
            assertEquals("CN=probe test intermediate", chain.getFirst().issuer());
            assertEquals("CN=probe test intermediate", chain.get(1).subject());
            assertTrue(chain.getFirst().names().containsAll(List.of("localhost", "127.0.0.1")),
                    chain::toString);
            Identity identity = TestCertificates.identity(TestCertificate.VALID_CHAIN);
            assertEquals(identity.certificate().getNotAfter().toInstant(),
                    chain.getFirst().notAfter());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, expired",
        "NOT_YET_VALID, not-yet-valid",
        "SELF_SIGNED, self-signed",
        "UNKNOWN_CA, unknown-issuer",
        "MISSING_INTERMEDIATE, unknown-issuer",
        "EXPIRED_INTERMEDIATE, expired",
        "WRONG_NAME, name-mismatch",
        "NO_ALTERNATIVE_NAME, name-mismatch",
        "WRONG_USAGE, wrong-usage",
        "WEAK_KEY, weak"})
    void a_bad_certificate_is_refused_for_what_is_wrong_with_it(TestCertificate which,
            String fault) {
        // TLS 1.2, as an RSA key of 768 bits is too short for the signatures of 1.3.
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            if (which == TestCertificate.WEAK_KEY && version.equals("TLSv1.3")) {
                continue;
            }
            try (FaultServer server = presenting(which)) {
                Attempt attempt = TlsProbe.asking("localhost")
                        .versions(null, version)
                        .attempt(server);

                assertEquals(FailureName.CERTIFICATE_REJECTED, TlsProbe.failure(attempt).name(),
                        attempt::toString);
                assertEquals(Phase.TLS, TlsProbe.failure(attempt).phase());
                assertNull(TlsProbe.failure(attempt).limit());
                assertEquals(List.of(fault), faults(attempt));
                TlsFacts facts = TlsProbe.facts(attempt);
                assertEquals(TestCertificates.identity(which).chain().size(), facts.chain().size());
                assertEquals(version, facts.protocol());
                assertNull(facts.alert());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPIRED", "SELF_SIGNED", "UNKNOWN_CA", "WRONG_NAME", "WRONG_USAGE"})
    void what_is_forgiven_is_still_told(TestCertificate which) {
        try (FaultServer server = presenting(which)) {
            Attempt strict = TlsProbe.asking("localhost").attempt(server);
            Attempt forgiving = TlsProbe.asking("localhost").forgiving().attempt(server);

            assertNull(forgiving.failure(), forgiving::toString);
            assertEquals(faults(strict), faults(forgiving));
            assertTrue(forgiving.reached(Phase.TLS));
        }
    }

    @Test
    void every_fault_of_a_certificate_is_told() {
        Identity bad = TestCertificates.selfSigned(CertificateSpec.server()
                .forNames("other.test")
                .valid(Duration.ofDays(-9), Duration.ofDays(-2)));
        try (FaultServer server = FaultServer.builder()
                .tls(TestCertificates.serverTls(bad))
                .start()) {
            assertEquals(List.of("expired", "self-signed", "name-mismatch"),
                    faults(TlsProbe.asking("localhost").attempt(server)));
        }
    }

    @Test
    void a_certificate_trusted_by_itself_is_taken() throws Exception {
        try (FaultServer server = presenting(TestCertificate.SELF_SIGNED)) {
            Attempt attempt = TlsProbe.asking("localhost")
                    .trusting(TestCertificates.chainPem(TestCertificate.SELF_SIGNED))
                    .attempt(server);
            assertNull(attempt.failure(), attempt::toString);
        }
    }

    @Test
    void an_expired_certificate_is_refused_even_where_it_is_trusted_by_itself() {
        try (FaultServer server = presenting(TestCertificate.EXPIRED)) {
            Attempt attempt = TlsProbe.asking("localhost")
                    .trusting(TestCertificates.chainPem(TestCertificate.EXPIRED))
                    .attempt(server);
            assertEquals(FailureName.CERTIFICATE_REJECTED, TlsProbe.failure(attempt).name());
            assertEquals(List.of("expired"), faults(attempt));
        }
    }

    @Test
    void an_expired_certificate_beside_the_path_is_no_fault() {
        Identity good = TestCertificates.identity(TestCertificate.VALID);
        List<java.security.cert.X509Certificate> sent = new ArrayList<>(good.chain());
        sent.add(TestCertificates.identity(TestCertificate.EXPIRED).certificate());
        ServerTls tls = TestCertificates.serverTls(new Identity(good.key(), sent));
        try (FaultServer server = FaultServer.builder().tls(tls).start()) {
            Attempt attempt = TlsProbe.asking("localhost").attempt(server);
            assertNull(attempt.failure(), attempt::toString);
            assertEquals(2, TlsProbe.facts(attempt).chain().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"good.test", "a.wild.test", "LOCALHOST", "localhost."})
    void the_name_asked_for_is_the_one_verified_and_sent(String name) {
        try (FaultServer server = presenting(TestCertificate.VALID)) {
            Attempt attempt = TlsProbe.asking("127.0.0.1").serverName(name).attempt(server);

            assertNull(attempt.failure(), attempt::toString);
            server.awaitFinished(1);
            assertEquals(name.replaceAll("\\.$", ""), TlsProbe.facts(attempt).serverName());
            assertEquals(TlsProbe.facts(attempt).serverName(),
                    server.connections().getFirst().serverName().orElse(null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void an_address_is_verified_and_never_sent_as_a_name(String address) {
        try (FaultServer server = presenting(TestCertificate.VALID)) {
            Attempt attempt = TlsProbe.asking(address).attempt(server);

            assertNull(attempt.failure(), attempt::toString);
            assertNull(TlsProbe.facts(attempt).serverName());
            server.awaitFinished(1);
            assertTrue(server.connections().getFirst().serverName().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7", "b.a.wild.test", "wild.test", "other.test"})
    void a_certificate_for_others_is_refused(String host) {
        try (FaultServer server = presenting(TestCertificate.VALID)) {
            Attempt attempt = TlsProbe.asking(host).attempt(server);
            assertEquals(List.of("name-mismatch"), faults(attempt));
            assertEquals(FailureName.CERTIFICATE_REJECTED, TlsProbe.failure(attempt).name());
        }
    }

    @Test
    void each_attempt_makes_a_full_handshake() {
        try (FaultServer server = presenting(TestCertificate.VALID)) {
            TlsProbe probe = TlsProbe.asking("localhost").versions(null, "TLSv1.2");
            List<Attempt> attempts = Arrays.asList(probe.attempt(server), probe.attempt(server));
            for (Attempt attempt : attempts) {
                assertEquals(1, TlsProbe.facts(attempt).chain().size(), attempt::toString);
            }
        }
    }
}
