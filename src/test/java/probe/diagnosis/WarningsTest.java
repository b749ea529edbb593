package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.attempt.CertificateFault;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.TlsFacts.ClientCertificate;
import probe.evidence.SynSchedule;
import probe.profile.TimeoutName;

class WarningsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static List<String> codes(Facts facts, Instant now) {
        return Warnings.of(facts, now).stream().map(Warning::code).toList();
    }

    private static Given secured() {
        return Given.handshaking()
                .ok(Phase.TLS, 30)
                .tls(null, ClientCertificate.NOT_ASKED,
                        List.of(Given.certificate("CN=ca", "web.example")));
    }

    private static Given fine(String... headers) {
        return secured().http("GET", 200, headers);
    }

    @Test
    void a_target_without_a_blemish_has_none() {
        assertEquals(List.of(),
                Warnings.of(fine("Date: Mon, 01 Jun 2026 12:00:03 GMT").facts(), NOW));
    }

    @Test
    void one_dead_address_of_two_is_told() {
        Facts facts = Given.target("db.example:5432")
                .at("192.0.2.8")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT)
                .with(Given.connected());
        assertEquals(List.of(new Warning("address-failed",
                "192.0.2.8:5432 failed (connect-timeout) while another address worked.")),
                Warnings.of(facts, NOW));
    }

    @Test
    void an_address_that_fails_now_and_then_is_told() {
        Facts facts = Given.target("db.example:5432")
                .fails(FailureName.REFUSED, Phase.CONNECT, 20, null)
                .with(Given.connected(), Given.connected());
        assertEquals(
                List.of(new Warning("intermittent",
                        "1 of 3 attempts on 192.0.2.7:5432 failed (refused).")),
                Warnings.of(facts, NOW));
    }

    @ParameterizedTest
    @CsvSource({"1019, 1", "1025, 1", "2044, 2", "7130, 6", "500, 0", "1600, 0", "950, 0"})
    void a_handshake_just_after_a_retransmission_has_lost_a_syn(int millis, int lost) {
        SynSchedule linux = new SynSchedule(java.util.stream.Stream.of(0, 1, 2, 3, 4, 5, 7)
                .map(Duration::ofSeconds)
                .toList(), Duration.ofSeconds(131));
        List<Warning> warnings = Warnings.of(
                Given.target("db.example:5432").ok(Phase.CONNECT, millis).facts(linux),
                NOW);
        assertEquals(lost == 0 ? 0 : 1, warnings.size());
        if (lost > 0) {
            assertTrue(warnings.getFirst().text().contains(lost + " SYN"),
                    warnings.getFirst().text());
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-12-09T23:00:00Z, false", "2026-12-11T00:00:00Z, true",
        "2026-12-30T23:30:00Z, true",
        "2027-01-02T00:00:00Z, true"})
    void a_certificate_near_its_end_is_told(String now, boolean told) {
        assertEquals(told ? List.of("certificate-ends-soon") : List.of(),
                codes(fine().facts(), Instant.parse(now)));
    }

    @Test
    void the_days_left_are_told() {
        Warning warning = Warnings.of(fine().facts(), Instant.parse("2026-12-21T12:00:00Z"))
                .getFirst();
        assertEquals("The certificate CN=web.example ends in 9 days, on 2026-12-31T00:00:00Z.",
                warning.text());
    }

    @Test
    void faults_that_were_forgiven_are_told() {
        Facts facts = Given.handshaking()
                .ok(Phase.TLS, 30)
                .tls(null, ClientCertificate.NOT_ASKED, CertificateFault.EXPIRED,
                        CertificateFault.NAME_MISMATCH)
                .facts();
        assertEquals(List.of("certificate-not-verified"), codes(facts, NOW));
    }

    @Test
    void a_clock_that_differs_is_told_both_ways() {
        assertTrue(Warnings.of(fine("Date: Mon, 01 Jun 2026 13:00:00 GMT").facts(), NOW)
                .getFirst()
                .text()
                .contains("60 minutes ahead of this"));
        assertTrue(Warnings.of(fine("Date: Mon, 01 Jun 2026 11:00:00 GMT").facts(), NOW)
                .getFirst()
                .text()
                .contains("60 minutes behind this"));
    }

    @Test
    void the_date_of_a_cached_answer_says_nothing_of_a_clock() {
        assertEquals(List.of(),
                codes(fine("Date: Mon, 01 Jun 2026 11:00:00 GMT", "X-Cache: HIT").facts(), NOW));
    }
}
