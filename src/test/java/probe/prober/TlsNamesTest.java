package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.testing.CertificateSpec;
import probe.testing.TestCertificates;

/** For whom a certificate is, by RFC 9525. */
class TlsNamesTest {
    private static X509Certificate named(String... names) {
        return TestCertificates.issue(CertificateSpec.server().forNames(names)).certificate();
    }

    @ParameterizedTest
    @CsvSource({
        "db.example, db.example",
        "DB.Example, db.eXAMPLE",
        "db.example, db.example.",
        "db.example., db.example",
        "*.example.com, a.example.com",
        "*.example.com, xn--bcher-kva.example.com",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example",
        "_srv.example, _srv.example",
        "192.0.2.7, 192.0.2.7",
        "2001:db8::7, 2001:db8:0:0:0:0:0:7",
        "fe80::1, fe80::1%eth0"})
    void a_name_matches(String name, String host) {
        assertTrue(TlsNames.matches(named(name), host));
    }

    @ParameterizedTest
    @CsvSource({
        "db.example, example",
        "db.example, xdb.example",
        "db.example, db.example.org",
        "*.example.com, example.com",
        "*.example.com, a.b.example.com",
        "*.example.com, .example.com",
        "a*.example.com, ab.example.com",
        "a.*.com, a.b.com",
        "*.com, example.com",
        "*, localhost",
        "*.0.2.7, 192.0.2.7",
        "192.0.2.7, 192.0.2.8",
        "2001:db8::7, 2001:db8::8",
        "192.0.2.7, db.example"})
    void a_name_of_another_does_not(String name, String host) {
        assertFalse(TlsNames.matches(named(name), host));
    }

    /** An address in a DNS name is no address (RFC 9525 §6.4), nor is a common name a name (§2). */
    @Test
    void a_certificate_without_names_is_for_nobody() {
        X509Certificate unnamed = TestCertificates
                .issue(CertificateSpec.server().commonName("db.example").forNames())
                .certificate();
        assertFalse(TlsNames.matches(unnamed, "db.example"));
        assertEquals(List.of(), TlsNames.of(unnamed));
    }

    @Test
    void names_are_told_before_addresses() {
        assertEquals(List.of("a.example", "*.b.example", "192.0.2.7"),
                TlsNames.of(named("192.0.2.7", "a.example", "*.b.example")));
    }

    @Test
    void any_of_several_names_will_do() {
        X509Certificate several = named("a.example", "192.0.2.7", "b.example");
        assertTrue(TlsNames.matches(several, "b.example"));
        assertTrue(TlsNames.matches(several, "192.0.2.7"));
    }
}
