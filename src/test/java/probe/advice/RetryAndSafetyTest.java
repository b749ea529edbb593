package probe.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import probe.advice.Advice.Retry;
import probe.advice.Advice.SafeFor;
import probe.attempt.FailureName;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts.ClientCertificate;
import probe.diagnosis.Confidence;
import probe.diagnosis.Diagnoser;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Evidence;
import probe.diagnosis.Facts;
import probe.diagnosis.Given;
import probe.diagnosis.Locus;
import probe.diagnosis.Series;
import probe.diagnosis.Side;
import probe.evidence.CounterChanges;
import probe.profile.Settings;
import probe.profile.TimeoutName;

/** Does a repeat help, when, and for whom is it safe? */
class RetryAndSafetyTest {

    static Advice advise(Facts facts) {
        return Adviser.advise(Diagnoser.diagnose(facts).orElseThrow(), facts, Settings.defaults());
    }

    @Test
    void what_is_proved_to_be_stopped_on_this_machine_stays_stopped_until_that_is_changed() {
        Facts proved = connect(FailureName.TIMED_OUT, 3100).facts(taken(0));
        assertEquals(Retry.NO, advise(proved).retry());
        assertEquals("What stops it on this machine stays until somebody changes it.",
                advise(proved).reasons().helps());
        assertEquals(List.of(), advise(proved).timeouts());
        assertEquals(Retry.YES, advise(
                connect(FailureName.TIMED_OUT, 3100).facts(taken(1))).retry());
    }

    /** A filter, a route or a link: the kernel says that its bytes do not get out, and to wait longer changes nothing. */
    @Test
    void bytes_that_do_not_get_out_of_this_machine_are_not_repeated() {
        Facts facts = silent("GET").facts();
        Diagnosis guessed = Diagnoser.diagnose(facts).orElseThrow();
        Diagnosis proved = new Diagnosis(guessed.kind(), guessed.phase(), Side.CLIENT,
                Locus.LOCAL_HOST, Confidence.HIGH, guessed.summary(),
                List.of(new Evidence("kernel", "bytes-not-sent", 111, Side.CLIENT, "")),
                List.of(), guessed.requestProcessed());
        Advice advice = Adviser.advise(proved, facts, Settings.defaults());
        assertEquals(Retry.NO, advice.retry());
        assertEquals(List.of(), advice.timeouts());
        assertEquals(Retry.YES, Adviser.advise(guessed, facts, Settings.defaults()).retry());
    }

    /** Each of three SYNs sent again was taken, with so many other attempts open. */
    private static CounterChanges taken(int others) {
        return new CounterChanges(Duration.ofMillis(2850), 0, others, 3L, 0, 3, 3, 0, 0, 0, 0);
    }

    private static Arguments row(String situation, Given given, Retry retry, SafeFor safeFor) {
        return Arguments.of(situation, given, retry, safeFor);
    }

    private static Given connect(FailureName name, double millis) {
        return Given.target("db.example:5432").fails(name, Phase.CONNECT, millis, null);
    }

    private static Given silent(String method) {
        return Given.requested()
                .http(method, null)
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD, 10_000, TimeoutName.SOCKET);
    }

    @ParameterizedTest(name = "{0}: {2}, {3}")
    @MethodSource("cases")
    void a_repeat_is_advised_by_what_can_pass_and_what_was_done(String situation, Given given,
            Retry retry,
            SafeFor safeFor) {
        Advice advice = advise(given.facts());
        assertEquals(retry, advice.retry(), situation);
        assertEquals(safeFor, advice.safeFor(), situation);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                row("no such name", Given.target("db.example:5432")
                        .at(null)
                        .fails(FailureName.NAME_NOT_FOUND, Phase.RESOLVE, 5, null), Retry.NO,
                        SafeFor.ANY_METHOD),
                row("silence", connect(FailureName.TIMED_OUT, 3100), Retry.YES, SafeFor.ANY_METHOD),
                row("no descriptors", connect(FailureName.TOO_MANY_OPEN_FILES, 0.1), Retry.LATER,
                        SafeFor.ANY_METHOD),
                row("no route in the own table", connect(FailureName.NETWORK_UNREACHABLE, 0.3),
                        Retry.LATER,
                        SafeFor.ANY_METHOD),
                row("no route further off", connect(FailureName.NETWORK_UNREACHABLE, 30), Retry.YES,
                        SafeFor.ANY_METHOD),
                row("the proxy cannot reach it", Given.connected()
                        .proxy("http://p.example:1", 502)
                        .fails(FailureName.PROXY_REFUSED, Phase.PROXY, 30, null), Retry.YES,
                        SafeFor.ANY_METHOD),
                row("the proxy forbids it", Given.connected()
                        .proxy("http://p.example:1", 403)
                        .fails(FailureName.PROXY_REFUSED, Phase.PROXY, 30, null), Retry.NO,
                        SafeFor.ANY_METHOD),
                row("SOCKS: host unreachable", Given.connected()
                        .proxy("socks5://p.example:1", 4)
                        .fails(FailureName.PROXY_REFUSED, Phase.PROXY, 30, null), Retry.YES,
                        SafeFor.ANY_METHOD),
                row("the service's own TLS error",
                        Given.handshaking()
                                .tls(80, ClientCertificate.NOT_ASKED)
                                .fails(FailureName.TLS_ALERT, Phase.TLS, 30, null),
                        Retry.YES, SafeFor.ANY_METHOD),
                row("a name it does not serve",
                        Given.handshaking()
                                .tls(112, ClientCertificate.NOT_ASKED)
                                .fails(FailureName.TLS_ALERT, Phase.TLS, 30, null),
                        Retry.NO, SafeFor.ANY_METHOD),
                row("no answer to a GET", silent("GET"), Retry.YES, SafeFor.IDEMPOTENT_ONLY),
                row("no answer to a POST", silent("POST"), Retry.YES, SafeFor.IDEMPOTENT_ONLY),
                row("a cut answer to a GET", Given.requested()
                        .http("GET", 200)
                        .fails(FailureName.TRUNCATED, Phase.RESPONSE_BODY, 20, null), Retry.YES,
                        SafeFor.IDEMPOTENT_ONLY),
                row("a cut answer to a POST", Given.requested()
                        .http("POST", 200)
                        .fails(FailureName.TRUNCATED, Phase.RESPONSE_BODY, 20, null), Retry.YES,
                        SafeFor.NONE),
                row("another reply to a script", Given.connected()
                        .request(RequestProgress.COMPLETE)
                        .exchange(2, 1, "250")
                        .bytes(10, null, 5)
                        .fails(FailureName.MISMATCH, Phase.EXCHANGE, 20, null), Retry.NO,
                        SafeFor.NONE),
                row("500", Given.answered(500), Retry.YES, SafeFor.IDEMPOTENT_ONLY),
                row("501", Given.answered(501), Retry.NO, SafeFor.ANY_METHOD),
                row("503", Given.answered(503), Retry.LATER, SafeFor.IDEMPOTENT_ONLY),
                row("413", Given.answered(413), Retry.NO, SafeFor.ANY_METHOD),
                row("413 for a while", Given.answered(413, "Retry-After: 60"), Retry.LATER,
                        SafeFor.ANY_METHOD),
                row("500 with a pause", Given.answered(500, "Retry-After: 60"), Retry.LATER,
                        SafeFor.IDEMPOTENT_ONLY),
                row("404 with a pause", Given.answered(404, "Retry-After: 60"), Retry.NO,
                        SafeFor.ANY_METHOD),
                row("429", Given.answered(429), Retry.LATER, SafeFor.ANY_METHOD));
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "0, 0", "' 5 ', 5", "'Mon, 01 Jun 2026 12:01:30 GMT', 90",
        "'Mon, 01 Jun 2026 11:00:00 GMT', 0"})
    void the_pause_that_the_server_asks_for_is_counted_from_its_own_date(String value,
            long seconds) {
        Advice advice = advise(
                Given.answered(503, "Retry-After: " + value, "Date: Mon, 01 Jun 2026 12:00:00 GMT")
                        .facts());
        assertEquals(Duration.ofSeconds(seconds), advice.retryAfter());
    }

    @ParameterizedTest
    @CsvSource({"soon", "-5", "1.5", "99999999999", "''"})
    void a_pause_that_is_none_is_ignored(String value) {
        assertEquals(null,
                advise(Given.answered(503, "Retry-After: " + value).facts()).retryAfter());
    }

    @Test
    void a_date_without_the_servers_own_date_is_not_counted_from_our_clock() {
        assertEquals(null,
                advise(Given.answered(503, "Retry-After: Mon, 01 Jun 2026 12:01:30 GMT").facts())
                        .retryAfter());
    }

    @Test
    void the_reason_names_the_method_that_was_used() {
        assertTrue(advise(silent("POST").facts()).because()
                .endsWith("(RFC 9110 §9.2.2), as POST has not."));
        assertTrue(
                advise(silent("GET").facts()).because().endsWith("(RFC 9110 §9.2.2), as GET has."));
    }

    private static Given unanswered(PeerState peer, long sent, int acknowledged, int use) {
        return Given.target("http://web.example/")
                .ok(Phase.CONNECT, 20)
                .ok(Phase.REQUEST, 1)
                .request(RequestProgress.COMPLETE)
                .bytes(sent, acknowledged, 0)
                .peer(peer)
                .use(use)
                .http("POST", null)
                .fails(peer == PeerState.RESET ? FailureName.RESET : FailureName.CLOSED,
                        Phase.RESPONSE_HEAD, 20, null);
    }

    /** Section 3 of the experiments: what an ending proves, and what it does not. */
    @Test
    void the_reason_for_safety_is_what_was_sent_and_acknowledged_and_how_it_ended() {
        assertTrue(advise(unanswered(PeerState.RESET, 300, 0, 0).facts()).reasons()
                .safe()
                .startsWith(
                        "0 of 300 bytes were acknowledged, which proves nothing after a reset"));
        assertTrue(advise(unanswered(PeerState.CLOSED, 300, 300, 0).facts()).reasons()
                .safe()
                .startsWith("All 300 bytes were acknowledged"));
        Advice early = advise(
                unanswered(PeerState.CLOSED_BEFORE_REQUEST, 300, 0, 1).facts());
        assertEquals(SafeFor.ANY_METHOD, early.safeFor());
        assertTrue(early.reasons().safe().contains("before the first byte was written"));
        assertTrue(advise(unanswered(PeerState.CLOSED, 300, 300, 2).facts()).reasons()
                .safe()
                .contains("had carried 2 requests before"));
        assertTrue(advise(Given.answered(503).facts()).reasons()
                .safe()
                .startsWith("The server answered 503, which does not say how far it came."));
    }

    @Test
    void the_reason_for_help_is_the_cause_and_what_the_server_asks() {
        assertEquals("The server asked for a pause of 60 s. The limit counts repeats too; it"
                + " passes with its time window.",
                advise(Given.answered(429, "Retry-After: 60").facts()).reasons().helps());
    }

    /** One request of a hundred may still fail after the advised attempts, if each fails by itself. */
    @ParameterizedTest
    @CsvSource({"3, 20, 3", "1, 20, 2", "10, 20, 5", "18, 20, 5"})
    void a_series_says_how_many_attempts_are_enough(int failed, int made, int attempts) {
        Series series = new Series(made, made, failed, Series.Pattern.FLAPPING,
                Series.JudgedBy.EVERY_ROUND, new Series.Handshakes(0, 0, 0), List.of(), List.of());
        Facts facts = Given.answered(401).facts();
        Advice advice = Adviser.advise(Diagnoser.diagnose(facts).orElseThrow(), facts,
                Settings.defaults(), series);
        assertEquals(Retry.YES, advice.retry());
        assertEquals(attempts, Objects.requireNonNull(advice.backoff()).maxAttempts());
        assertTrue(advice.reasons()
                .helps()
                .startsWith((made - failed) + " of " + made + " attempts worked"));
    }
}
