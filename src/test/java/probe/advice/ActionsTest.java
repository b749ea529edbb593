package probe.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import probe.advice.Advice.Action;
import probe.attempt.CertificateFault;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.TlsFacts.ClientCertificate;
import probe.diagnosis.Confidence;
import probe.diagnosis.Diagnoser;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Facts;
import probe.diagnosis.Given;
import probe.diagnosis.Kind;
import probe.diagnosis.RequestProcessed;
import probe.profile.EvidenceLevel;
import probe.profile.Header;
import probe.profile.HttpSettings;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.profile.TlsSettings;
import probe.target.HostPort;

class ActionsTest {
    private static final Settings DEFAULTS = Settings.defaults();

    private static String actions(Given given, Settings settings) {
        Facts facts = given.facts();
        return Adviser.advise(Diagnoser.diagnose(facts).orElseThrow(), facts, settings)
                .actions()
                .toString();
    }

    private static Given silence() {
        return Given.target("db.example:5432")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void every_kind_has_something_to_do_first_for_the_side_at_fault(Kind kind) {
        Diagnosis diagnosis = new Diagnosis(kind, Phase.CONNECT, kind.priorSide(),
                kind.priorLocus(), Confidence.LOW,
                "", List.of(), List.of(), RequestProcessed.NO);
        List<Action> actions = Actions.of(diagnosis, Optional.empty(), DEFAULTS);
        assertEquals(kind.priorSide(), actions.getFirst().who());
        assertTrue(actions.stream()
                .noneMatch(action -> action.text().contains("null") || action.text().isBlank()));
    }

    @Test
    void looking_further_is_advised_until_it_has_been_done() {
        assertTrue(actions(silence(), DEFAULTS).contains("--control HOST:PORT db.example:5432"));
        assertTrue(actions(silence(), DEFAULTS).contains("--evidence deep"));
        Settings all = new Settings(DEFAULTS.timeouts(), DEFAULTS.family(), List.of(),
                DEFAULTS.http(), List.of(),
                DEFAULTS.tls(), null, EvidenceLevel.DEEP,
                List.of(new HostPort("good.example", 443)), 1,
                DEFAULTS.interval());
        assertFalse(actions(silence(), all).contains("--control"));
        assertFalse(actions(silence(), all).contains("--evidence"));
    }

    /** A command that asks for less than what failed would be healthy, and settle nothing. */
    @Test
    void a_command_asks_for_what_was_asked() {
        Given hangs = Given.target("http://web.example/?a=1&b='2'")
                .ok(Phase.CONNECT, 2)
                .http("GET", null)
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD, 10_000, TimeoutName.SOCKET);
        String all = actions(hangs, DEFAULTS);
        assertTrue(all.contains(
                "probe --evidence deep 'http://web.example:80/?a=1&b=%272%27'"), all);
        HttpSettings http = DEFAULTS.http();
        String posted = actions(hangs, DEFAULTS.withHttp(new HttpSettings("POST", List.of(),
                http.body(), http.expectStatus(), null)));
        assertTrue(posted.contains("the same with --evidence deep"), posted);
        assertFalse(posted.contains("probe --evidence"), posted);
        String known = actions(Given.target("http://me:secret@web.example/")
                .ok(Phase.CONNECT, 2)
                .http("GET", null)
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD, 10_000, TimeoutName.SOCKET),
                DEFAULTS);
        assertTrue(known.contains("the same with --evidence deep"), known);
    }

    @Test
    void the_address_that_was_attempted_stands_in_commands_that_take_no_name() {
        assertTrue(actions(silence(), DEFAULTS).contains("ip route get 192.0.2.7"));
    }

    @Test
    void an_issuer_is_to_be_given_unless_one_was() {
        Given untrusted = Given.handshaking()
                .tls(null, ClientCertificate.NOT_ASKED, CertificateFault.UNKNOWN_ISSUER)
                .fails(FailureName.CERTIFICATE_REJECTED, Phase.TLS, 30, null);
        assertTrue(actions(untrusted, DEFAULTS).contains("trust it: --cacert FILE"));
        assertFalse(actions(untrusted, DEFAULTS.withTls(tls(Path.of("ca.pem"), null)))
                .contains("trust it"));
    }

    @Test
    void a_client_certificate_is_to_be_given_unless_one_was() {
        Given required = Given.handshaking()
                .tls(116, ClientCertificate.MISSING)
                .fails(FailureName.TLS_ALERT, Phase.TLS, 30, null);
        assertTrue(actions(required, DEFAULTS).contains("--cert FILE --key FILE"));
        assertFalse(actions(required, DEFAULTS.withTls(tls(null, Path.of("me.pem"))))
                .contains("--cert FILE"));
    }

    private static TlsSettings tls(@org.jspecify.annotations.Nullable Path issuers,
            @org.jspecify.annotations.Nullable Path certificate) {
        return new TlsSettings(issuers, certificate, null, TlsSettings.Verification.REQUIRED, null,
                null, null);
    }

    @Test
    void credentials_are_to_be_sent_unless_they_were() {
        assertTrue(actions(Given.answered(401), DEFAULTS).contains("Send credentials"));
        HttpSettings http = DEFAULTS.http();
        Settings sent = DEFAULTS
                .withHttp(new HttpSettings(http.method(), List.of(new Header("authorization", "x")),
                        http.body(), http.expectStatus(), null));
        assertTrue(actions(Given.answered(401), sent).contains("are not accepted"));
    }
}
