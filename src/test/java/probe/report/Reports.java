package probe.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice;
import probe.advice.Equivalents.Equivalent;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.CertificateFacts;
import probe.attempt.CertificateFault;
import probe.attempt.Conversation;
import probe.attempt.Excerpt;
import probe.attempt.ExchangeFacts;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Http2Facts;
import probe.attempt.HttpFacts;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;
import probe.attempt.ProxyFacts;
import probe.attempt.Redirect;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts;
import probe.attempt.Via;
import probe.diagnosis.Alternative;
import probe.diagnosis.Confidence;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Evidence;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;
import probe.diagnosis.PoolUse;
import probe.diagnosis.RequestProcessed;
import probe.diagnosis.Series;
import probe.diagnosis.Side;
import probe.diagnosis.Warning;
import probe.evidence.ControlResult;
import probe.evidence.Observation;
import probe.evidence.SynSchedule;
import probe.profile.Header;
import probe.profile.Origin;
import probe.profile.Setting;
import probe.profile.TimeoutName;
import probe.target.Scheme;
import probe.target.Target;

/** Reports made by hand, for tests of their written forms. */
final class Reports {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Target TARGET = new Target("db.example:5432", Scheme.TCP, "db.example", 5432, "",
            null);
    static final Target URL = new Target("https://shop.example/cart", Scheme.HTTPS, "shop.example",
            443,
            "/cart", null);

    private Reports() {}

    static String json(Report report, Layout layout) {
        StringBuilder out = new StringBuilder();
        try {
            JsonReport.write(report, out, layout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    static Report.Environment environment() {
        return new Report.Environment("Linux 6.18", "probe 1.0", "sock_diag");
    }

    static Report healthy() {
        return new Report(TARGET, START, Duration.ofNanos(12_346_000), null, null,
                List.of(attempt(null)), List.of(), List.of(), environment());
    }

    static Report failed(Attempt attempt) {
        return new Report(TARGET, START, Duration.ofMillis(3104), diagnosis("A summary."), advice(),
                List.of(attempt), observations(), List.of(), environment());
    }

    /** A report in which everything that can be there is there. */
    static Report full() {
        return new Report(URL, Instant.parse("2026-01-01T00:00:00.123Z"),
                Duration.ofNanos(3_104_200_000L),
                diagnosis("A summary."), advice(), List.of(fullAttempt(), attempt(null)),
                observations(),
                List.of(new Warning("certificate-ends-soon",
                        "The certificate ends in 9 days.")),
                environment());
    }

    /** The full report, of several rounds. */
    static Report ofSeries() {
        return full().of(new Series(3, 2, 1, Series.Pattern.RECOVERED, Series.JudgedBy.EVERY_ROUND,
                new Series.Handshakes(2, 0, 1),
                List.of(new Series.PhaseStatistics(Via.SOCKET, Phase.CONNECT, 2, 1,
                        Duration.ofMillis(2), Duration.ofMillis(2), Duration.ofMillis(2),
                        Duration.ofMillis(2)),
                        new Series.PhaseStatistics(Via.SOCKET, Phase.TLS, 1, 1, null, null, null,
                                null)),
                List.of(new Series.Round(1, Duration.ZERO, Duration.ofMillis(3100), Duration.ZERO,
                        Series.RoundOutcome.FAILED, Kind.CONNECT_TIMEOUT),
                        new Series.Round(1, Duration.ofMillis(4100), Duration.ofMillis(2),
                                Duration.ofSeconds(1), Series.RoundOutcome.HEALTHY, null))))
                .using(new PoolUse(5, 20, 50, 3, 2, Duration.ofMillis(1), Duration.ofMillis(2),
                        Duration.ofMillis(3), Duration.ofMillis(4), Duration.ofMillis(5), 7));
    }

    /** The full report, with credentials wherever the records have room for them. */
    static Report withSecrets() {
        Report base = full();
        Attempt attempt = fullAttempt();
        HttpFacts http = http(503);
        HttpFacts leaky = new HttpFacts(http.method(), http.url(), http.status(), http.version(),
                List.of(new Header("Set-Cookie", "id=secret-word"),
                        new Header("COOKIE", "id=secret-word"),
                        new Header("Authorization", "Basic secret-word"),
                        new Header("Proxy-authorization", "Basic secret-word")),
                http.bodyBytes(), http.answeredBy());
        return new Report(new Target(URL.input(), URL.scheme(), URL.host(), URL.port(), URL.path(),
                "user:secret-word"), base.startedAt(), base.duration(), base.diagnosis(),
                base.advice(),
                List.of(new Attempt(attempt.via(), attempt.address(), attempt.port(),
                        attempt.localPort(),
                        attempt.timeouts(), attempt.phases(), attempt.bytes(),
                        attempt.conversation(),
                        attempt.failure(), attempt.received(), attempt.tls(), leaky,
                        attempt.exchange(),
                        attempt.proxy())),
                base.observations(), base.warnings(), base.environment());
    }

    static Diagnosis diagnosis(String summary) {
        return new Diagnosis(Kind.CONNECT_TIMEOUT, Phase.CONNECT, Side.SERVER, Locus.REMOTE_HOST,
                Confidence.MEDIUM, summary,
                List.of(new Evidence("kernel", "syn-sent", 4, null, "Four SYNs."),
                        new Evidence("control", "same-host-other-port", "refused", Side.SERVER,
                                "It is up."),
                        new Evidence("dns", "addresses", List.of("192.0.2.7", "192.0.2.8"), null,
                                "Two."),
                        new Evidence("http", "clock-skew-s", -2.5, Side.CLIENT, "Skewed.")),
                List.of(new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK, "Or here.",
                        "probe --control x:1")),
                RequestProcessed.NO);
    }

    static Advice advice() {
        return new Advice(Advice.Retry.YES, Advice.SafeFor.ANY_METHOD,
                new Advice.Backoff(Duration.ofSeconds(1), 2.0, Duration.ofSeconds(10), 3, 0.1,
                        "It was measured.", "It hides loss.",
                        Stream.of("profile", "httpclient5", "curl", "requests", "go", "node")
                                .map(client -> new Equivalent(client, "as " + client))
                                .toList()),
                Duration.ofSeconds(2),
                List.of(new Advice.TimeoutAdvice(TimeoutName.CONNECT, Duration.ofMillis(3100),
                        Duration.ofSeconds(90), "One more SYN.")),
                List.of(new Advice.Action(Side.SERVER, "Look at the accept queue.")),
                "No byte was sent.", new Advice.Reasons("No byte was sent.", "It passes."));
    }

    /** One of every variant, in the order in which they are written. */
    static List<Observation> observations() {
        List<Observation> observations = new ArrayList<>(List.of(
                new ControlResult(ControlResult.Control.SAME_HOST_OTHER_PORT, "192.0.2.7:1",
                        ControlResult.Outcome.REFUSED, Duration.ofNanos(812_000))));
        ObservationSamples.variants()
                .forEach(variant -> observations
                        .add(ObservationSamples.sample(variant, ObservationSamples.Filled.ALL)));
        observations.add(new SynSchedule(
                List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3)),
                Duration.ofSeconds(127)));
        return List.copyOf(observations);
    }

    static Attempt attempt(@Nullable Failure failure) {
        return new Attempt(Via.SOCKET, "192.0.2.7", 5432, 40112, timeouts(),
                List.of(new PhaseTiming(Phase.RESOLVE, Duration.ZERO, Duration.ofNanos(1_900_000),
                        PhaseOutcome.OK)),
                Bytes.NONE, Conversation.NONE, failure, null, null, null, null, null);
    }

    static Attempt fullAttempt() {
        return new Attempt(Via.HTTP_CLIENT, "2001:db8::7", 443, 40113, timeouts(),
                List.of(new PhaseTiming(Phase.CONNECT, Duration.ofNanos(1_900_000),
                        Duration.ofMillis(3100),
                        PhaseOutcome.FAILED)),
                new Bytes(10, 9L, 8),
                new Conversation(RequestProgress.PARTIAL, PeerState.CLOSED, Duration.ofMillis(7),
                        Duration.ofMillis(9), Duration.ofMillis(8), 2),
                failure(FailureName.TIMED_OUT, Phase.CONNECT, TimeoutName.CONNECT),
                Excerpt.of(new byte[] {27, 'x'}),
                tls(List.of(CertificateFault.EXPIRED), 42),
                http(503).atHop(2)
                        .redirected(new Redirect(Redirect.Outcome.LIMIT, "https://shop.example/x"))
                        .over(new Http2Facts(5, Http2Facts.Ending.GOAWAY, 11L, 3)),
                new ExchangeFacts(3, 1, "^220 "),
                new ProxyFacts("http://proxy.example:3128", "env:https_proxy", 407,
                        Excerpt.of(new byte[] {'n'})));
    }

    static Map<TimeoutName, Setting<Duration>> timeouts() {
        Map<TimeoutName, Setting<Duration>> timeouts = new EnumMap<>(TimeoutName.class);
        timeouts.put(TimeoutName.DEADLINE, Setting.ofDefault(Duration.ofSeconds(30)));
        timeouts.put(TimeoutName.CONNECT, Setting.ofFlag(Duration.ofMillis(3100)));
        timeouts.put(TimeoutName.DNS,
                new Setting<>(Duration.ofSeconds(5), new Origin.FromProfile("ci")));
        return timeouts;
    }

    static Failure failure(FailureName name, Phase phase, @Nullable TimeoutName limit) {
        return new Failure(name, phase, Duration.ofMillis(3100), limit,
                "java.net.SocketTimeoutException",
                "Connect timed out");
    }

    static TlsFacts tls(List<CertificateFault> faults, @Nullable Integer alert) {
        return new TlsFacts("shop.example", "TLSv1.3", "TLS_AES_128_GCM_SHA256", "http/1.1",
                List.of(new CertificateFacts("CN=shop.example", "CN=Test", START,
                        START.plusSeconds(86400),
                        List.of("shop.example", "192.0.2.7"))),
                faults, alert, TlsFacts.ClientCertificate.MISSING, List.of("CN=Corporate CA"),
                List.of("TLSv1.2", "TLSv1.3"));
    }

    static HttpFacts http(@Nullable Integer status) {
        return new HttpFacts("PUT", "https://shop.example/cart", status,
                status == null ? null : "HTTP/1.1",
                List.of(new Header("Retry-After", "2")),
                12,
                HttpFacts.AnsweredBy.TARGET);
    }
}
