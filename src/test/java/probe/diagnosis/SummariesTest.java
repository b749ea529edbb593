package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.TlsFacts.ClientCertificate;
import probe.evidence.SynSchedule;
import probe.profile.TimeoutName;

class SummariesTest {
    private static String summary(Facts facts) {
        return Diagnoser.diagnose(facts).orElseThrow().summary();
    }

    @Test
    void a_connect_timeout_counts_the_syns_of_this_kernel() {
        SynSchedule linux = new SynSchedule(
                Stream.of(0, 1, 2, 3, 4).map(Duration::ofSeconds).toList(),
                Duration.ofSeconds(131));
        assertEquals("No answer to 4 connection attempts (SYN) to 192.0.2.7:5432 in 3.1 s."
                + " What was seen does not separate client from server.",
                summary(Given.target("db.example:5432")
                        .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT)
                        .facts(linux)));
    }

    @Test
    void a_schedule_that_is_not_known_is_not_guessed() {
        assertTrue(summary(Given.target("db.example:5432")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT)
                .facts()).startsWith(
                        "No answer to the connection attempt (SYN) to 192.0.2.7:5432 in 3.1 s."));
    }

    @Test
    void the_second_sentence_is_what_the_verdict_rests_on() {
        assertEquals(
                "192.0.2.7:80 answered GET with status 503. An answer came (Server: nginx): the network works, and"
                        + " status 503 is what the server says of itself.",
                summary(Given.answered(503, "Server: nginx").facts()));
    }

    @Test
    void what_the_network_sent_is_shown_escaped_and_cut() {
        String summary = summary(Given.target("http://web.example:81/")
                .ok(Phase.CONNECT, 20)
                .received("\u001b[2J" + "x".repeat(100))
                .fails(FailureName.MALFORMED, Phase.RESPONSE_HEAD, 5, null)
                .facts());
        assertTrue(summary.contains("it begins \"\\x1b[2J" + "x".repeat(53) + "…\"."), summary);
    }

    @Test
    void a_certificate_is_told_by_its_dates() {
        String summary = summary(Given.handshaking()
                .tls(null, ClientCertificate.NOT_ASKED,
                        List.of(Given.certificate("CN=ca", "web.example")),
                        probe.attempt.CertificateFault.EXPIRED)
                .fails(FailureName.CERTIFICATE_REJECTED, Phase.TLS, 30, null)
                .facts());
        assertTrue(summary.contains("valid until 2026-12-31T00:00:00Z."), summary);
    }

    /** Blame is for the verdict's side and confidence; the first sentence only tells what happened. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void every_kind_has_a_first_sentence_that_blames_nobody(Kind kind) {
        Incident any = Diagnoser.incident(Given.connected()
                .fails(FailureName.UNKNOWN, Phase.EXCHANGE, 12, null)
                .facts()).orElseThrow();
        Incident incident = new Incident(any.facts(), any.attempt(), any.failure(), kind);
        Verdict verdict = new Verdict(kind.priorSide(), kind.priorLocus(), Confidence.LOW,
                Optional.empty(), List.of());
        String first = Summaries.of(incident, verdict)
                .replace(" What was seen does not separate client from server.", "");
        assertTrue(first.endsWith("."), first);
        String lower = first.toLowerCase(Locale.ROOT);
        for (String blame : List.of("fault", "blame", "broken", "null", "should have")) {
            assertFalse(lower.contains(blame), first);
        }
    }
}
