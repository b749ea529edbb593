package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import probe.advice.Advice;
import probe.advice.Adviser;
import probe.attempt.CertificateFault;
import probe.attempt.FailureName;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts.ClientCertificate;
import probe.attempt.Via;
import probe.evidence.Observation;
import probe.evidence.SynSchedule;
import probe.profile.Settings;
import probe.profile.TimeoutName;

/** What holds for any facts at all, also for those that no prober would ever record. */
class JudgementPropertiesTest {
    private static final int ROUNDS = 2500;
    private static final List<String> TARGETS = List.of("db.example:5432", "tls://db.example:6432",
            "db:1",
            "http://web.example/", "https://web.example:8443/x", "https://192.0.2.7/",
            "http://[::1]:8080/");
    private static final List<String> ADDRESSES = List.of("192.0.2.7", "192.0.2.8", "2001:db8::7",
            "127.0.0.1",
            "0.0.0.0", "0:0:0:0:0:0:0:1");
    private static final List<String> RECEIVED = List.of("", "SSH-2.0-x\r\n", "HTTP/1.1 200 OK\r\n",
            "220 hi\r\n",
            "\u0015\u0003\u0003\u0000\u0002\u0002(", "\u0000\u0000\u0012\u0004\u0000",
            "junk\u0007");
    private static final List<Integer> STATUSES = List.of(101, 200, 302, 400, 401, 403, 404, 407,
            408, 413, 421, 429,
            451, 499, 500, 501, 502, 503, 504, 511, 520, 525, 599, 999);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void no_facts_lead_to_an_unsound_verdict(long seed) {
        Random random = new Random(seed);
        Set<Kind> seen = EnumSet.noneOf(Kind.class);
        for (int i = 0; i < ROUNDS; i++) {
            Facts facts = facts(random);
            Diagnosis diagnosis = Diagnoser.diagnose(facts).orElse(null);
            if (diagnosis == null) {
                Warnings.of(facts, Instant.parse("2026-06-01T00:00:00Z"));
                continue;
            }
            seen.add(diagnosis.kind());
            Supplier<@Nullable String> told = () -> facts + "\n" + diagnosis;
            assertSound(diagnosis, told);
            assertSound(Adviser.advise(diagnosis, facts, Settings.defaults()), diagnosis, told);
        }
        assertTrue(seen.size() > 40, () -> "only " + seen + " were seen");
    }

    private static void assertSound(Diagnosis diagnosis, Supplier<@Nullable String> told) {
        boolean high = diagnosis.confidence() == Confidence.HIGH;
        assertFalse(high && diagnosis.locus() == Locus.PATH, told);
        assertTrue(high || diagnosis.alternatives()
                .stream()
                .anyMatch(one -> one.side() != diagnosis.side()), told);
        assertTrue(diagnosis.alternatives()
                .stream()
                .noneMatch(one -> one.side() == diagnosis.side()
                        && one.locus() == diagnosis.locus()),
                told);
        assertTrue(diagnosis.alternatives().stream().noneMatch(one -> one.settleWith().isBlank()),
                told);
        assertSentence(diagnosis.summary());
        diagnosis.evidence().forEach(evidence -> assertSentence(evidence.text()));
        diagnosis.alternatives().forEach(alternative -> assertSentence(alternative.text()));
        boolean clientsLocus = switch (diagnosis.locus()) {
            case LOCAL_HOST, RESOLVER, LOCAL_NETWORK, PROXY -> true;
            case PATH, REMOTE_HOST, REMOTE_SERVICE, CONFIGURATION -> false;
        };
        boolean serversLocus = diagnosis.locus() == Locus.REMOTE_HOST
                || diagnosis.locus() == Locus.REMOTE_SERVICE;
        assertFalse(clientsLocus && diagnosis.side() == Side.SERVER, told);
        assertFalse(serversLocus && diagnosis.side() == Side.CLIENT, told);
    }

    private static void assertSentence(String text) {
        assertTrue(text.matches("(?s)[A-Z0-9\"\\[(].*\\."), text);
        assertFalse(text.contains("null") || text.contains("Optional") || text.contains("  "),
                text);
        assertTrue(text.chars().noneMatch(Character::isISOControl), text);
    }

    private static void assertSound(Advice advice, Diagnosis diagnosis,
            Supplier<@Nullable String> told) {
        assertEquals(advice.retry() == Advice.Retry.NO, advice.backoff() == null, told);
        assertFalse(diagnosis.requestProcessed() != RequestProcessed.NO
                && advice.safeFor() == Advice.SafeFor.ANY_METHOD, told);
        assertFalse(advice.actions().isEmpty(), told);
        assertTrue(advice.timeouts()
                .stream()
                .allMatch(one -> one.suggested().compareTo(one.current()) > 0), told);
        assertSentence(advice.because());
        Advice.Backoff backoff = advice.backoff();
        if (backoff != null) {
            assertTrue(backoff.initial().isPositive()
                    && backoff.initial().compareTo(backoff.max()) <= 0
                    && backoff.maxAttempts() > 1, told);
        }
    }

    private static Facts facts(Random random) {
        Given first = given(random, one(random, TARGETS));
        List<Given> others = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            others.add(given(random, one(random, TARGETS)));
        }
        List<Observation> observations = random.nextBoolean() ? List.of()
                : List.of(new SynSchedule(
                        List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3)),
                        Duration.ofSeconds(7)));
        Facts facts = first.with(others.toArray(Given[]::new));
        return new Facts(facts.target(), facts.attempts(), observations);
    }

    private static Given given(Random random, String target) {
        Given given = Given.target(target)
                .at(random.nextInt(9) == 0 ? null : one(random, ADDRESSES))
                .via(one(random, List.of(Via.values())))
                .request(one(random, List.of(RequestProgress.values())))
                .bytes(random.nextInt(3) * 100L,
                        random.nextBoolean() ? null : random.nextInt(3) * 100,
                        random.nextInt(3) * 100L)
                .use(random.nextInt(2));
        Phase phase = one(random, List.of(Phase.values()));
        if (phase.compareTo(Phase.CONNECT) > 0) {
            given.ok(Phase.CONNECT, random.nextInt(40));
        }
        given.peer(one(random, List.of(PeerState.values())));
        if (random.nextBoolean()) {
            given.idle(random.nextInt(100_000));
        }
        details(random, given, phase);
        return random.nextInt(12) == 0 ? given
                : given.fails(one(random, List.of(FailureName.values())), phase,
                        random.nextInt(4000) / 3.0,
                        random.nextBoolean() ? null : one(random, List.of(TimeoutName.values())));
    }

    private static void details(Random random, Given given, Phase phase) {
        if (random.nextBoolean()) {
            given.received(one(random, RECEIVED));
        }
        if (phase.compareTo(Phase.TLS) >= 0 && random.nextBoolean()) {
            Integer alert = random.nextBoolean() ? null
                    : one(random, List.of(40, 42, 70, 71, 80, 112, 116, 120, 255));
            given.tls(alert, one(random, List.of(ClientCertificate.values())),
                    random.nextBoolean() ? List.of()
                            : List.of(Given.certificate("CN=ca", "a.example")),
                    one(random, List.of(CertificateFault.values())),
                    one(random, List.of(CertificateFault.values())));
        }
        if (random.nextInt(3) == 0) {
            given.proxy(one(random, List.of("http://p.example:3128", "socks5://p.example:1080")),
                    random.nextBoolean() ? null
                            : one(random, List.of(2, 4, 5, 255, 403, 407, 502)));
        }
        if (phase.compareTo(Phase.REQUEST) >= 0 && random.nextBoolean()) {
            given.http(one(random, List.of("GET", "POST")),
                    random.nextBoolean() ? null : one(random, STATUSES),
                    "Retry-After: " + one(random, List.of("5", "x", "0", "99999999999999999999")),
                    "Server: envoy");
        }
        if (phase == Phase.EXCHANGE) {
            given.exchange(3, random.nextInt(3), random.nextBoolean() ? null : "220");
        }
    }

    private static <T> T one(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @Test
    void every_kind_has_a_prior_on_a_side_that_fits_its_place() {
        for (Kind kind : Kind.values()) {
            boolean servers = kind.priorLocus() == Locus.REMOTE_HOST
                    || kind.priorLocus() == Locus.REMOTE_SERVICE;
            assertEquals(servers, kind.priorSide() == Side.SERVER, kind.id());
        }
    }
}
