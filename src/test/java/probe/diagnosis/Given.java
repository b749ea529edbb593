package probe.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
import probe.attempt.TlsFacts.ClientCertificate;
import probe.attempt.Via;
import probe.evidence.Observation;
import probe.profile.Header;
import probe.profile.Setting;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;
import probe.target.Target;
import probe.target.TargetParser;

/** Builds the facts of one attempt for tests, a phase at a time. */
public final class Given {
    private final Target target;
    private final List<PhaseTiming> phases = new ArrayList<>();
    private final Map<TimeoutName, Setting<Duration>> timeouts = new EnumMap<>(TimeoutName.class);
    private Duration clock = Duration.ZERO;
    private Via via;
    private @Nullable String address = "192.0.2.7";
    private Bytes bytes = Bytes.NONE;
    private RequestProgress request = RequestProgress.NO_REQUEST;
    private PeerState peer = PeerState.NONE;
    private @Nullable Duration idle;
    private @Nullable Duration longestWait;
    private @Nullable Duration held;
    private int use;
    private @Nullable Failure failure;
    private @Nullable Excerpt received;
    private @Nullable TlsFacts tls;
    private @Nullable HttpFacts http;
    private @Nullable ExchangeFacts exchange;
    private @Nullable ProxyFacts proxy;

    private Given(Target target) {
        this.target = target;
        this.via = target.scheme().isHttp() ? Via.HTTP_CLIENT : Via.SOCKET;
        for (TimeoutName name : TimeoutName.values()) {
            timeouts.put(name, Timeouts.defaults().get(name));
        }
    }

    /** An attempt on what the user typed. */
    public static Given target(String typed) {
        try {
            return new Given(TargetParser.parse(typed));
        } catch (probe.target.TargetSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A TCP attempt that has connected in 20 ms. */
    public static Given connected() {
        return target("db.example:5432").ok(Phase.CONNECT, 20);
    }

    /** An HTTP attempt whose request of 100 bytes is out. */
    public static Given requested() {
        return target("http://web.example/").ok(Phase.CONNECT, 20)
                .ok(Phase.REQUEST, 1)
                .request(RequestProgress.COMPLETE)
                .bytes(100, null, 0)
                .http("GET", null);
    }

    /** An HTTPS attempt that has connected and is in its handshake. */
    public static Given handshaking() {
        return target("https://web.example/").ok(Phase.CONNECT, 20).bytes(300, null, 0);
    }

    /** An HTTP attempt that was answered with this status. */
    public static Given answered(int status, String... headers) {
        return requested().bytes(100, null, 300)
                .http("GET", status, headers)
                .fails(FailureName.STATUS, Phase.RESPONSE_HEAD, 30, null);
    }

    /** A certificate, valid in the year 2026 alone. */
    public static CertificateFacts certificate(String issuer, String... names) {
        return new CertificateFacts("CN=web.example", issuer, Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-12-31T00:00:00Z"), List.of(names));
    }

    public Given via(Via other) {
        via = other;
        return this;
    }

    public Given at(@Nullable String literal) {
        address = literal;
        return this;
    }

    public Given ok(Phase phase, double millis) {
        Duration duration = Duration.ofNanos((long) (millis * 1e6));
        phases.add(new PhaseTiming(phase, clock, duration, PhaseOutcome.OK));
        clock = clock.plus(duration);
        if (phase == Phase.CONNECT) {
            peer = PeerState.OPEN;
        }
        return this;
    }

    public Given fails(FailureName name, Phase phase, double millis, @Nullable TimeoutName limit) {
        Duration duration = Duration.ofNanos((long) (millis * 1e6));
        phases.add(new PhaseTiming(phase, clock, duration, PhaseOutcome.FAILED));
        failure = new Failure(name, phase, duration, limit, null, null);
        return this;
    }

    public Given limit(TimeoutName name, long millis) {
        timeouts.put(name, Setting.ofFlag(Duration.ofMillis(millis)));
        return this;
    }

    public Given bytes(long sent, @Nullable Integer acknowledged, long back) {
        bytes = new Bytes(sent, acknowledged == null ? null : acknowledged.longValue(), back);
        return this;
    }

    public Given request(RequestProgress progress) {
        request = progress;
        return this;
    }

    public Given peer(PeerState state) {
        peer = state;
        return this;
    }

    /** A byte of the answer had been waited for for so long, and came. */
    public Given waited(long millis) {
        longestWait = Duration.ofMillis(millis);
        return this;
    }

    /** The connection was kept silent on purpose for so long. */
    public Given held(long millis) {
        held = Duration.ofMillis(millis);
        return idle(millis);
    }

    public Given idle(long millis) {
        idle = Duration.ofMillis(millis);
        return this;
    }

    public Given use(int requestsBefore) {
        use = requestsBefore;
        return this;
    }

    public Given received(String text) {
        received = Excerpt.of(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        return this;
    }

    public Given tls(@Nullable Integer alert, ClientCertificate asked, CertificateFault... faults) {
        return tls(alert, asked, List.of(), faults);
    }

    public Given tls(@Nullable Integer alert, ClientCertificate asked, List<CertificateFacts> chain,
            CertificateFault... faults) {
        tls = new TlsFacts(target.host(), null, null, null, chain, List.of(faults), alert, asked);
        return this;
    }

    /** What was offered and what the peer chose. */
    public Given versions(@Nullable Integer alert, @Nullable String chosen, String... offered) {
        tls = new TlsFacts(target.host(), chosen, null, null, List.of(), List.of(), alert,
                ClientCertificate.NOT_ASKED, List.of(), List.of(offered));
        return this;
    }

    public Given http(String method, @Nullable Integer status, String... headers) {
        http = new HttpFacts(method, target.url(), status, status == null ? null : "HTTP/1.1",
                Arrays.stream(headers).map(Given::header).toList(), 0,
                status == null ? HttpFacts.AnsweredBy.NOBODY : HttpFacts.AnsweredBy.TARGET);
        return this;
    }

    /** The answer leads on; {@code http} comes first. */
    public Given redirect(int hop, Redirect.Outcome outcome, String location) {
        http = Objects.requireNonNull(http).atHop(hop).redirected(new Redirect(outcome, location));
        return this;
    }

    /** The request is one that redirects have led to; {@code http} comes first. */
    public Given hop(int number) {
        http = Objects.requireNonNull(http).atHop(number);
        return this;
    }

    /** The request went over HTTP/2; {@code http} comes first. */
    public Given http2(Http2Facts frames) {
        http = Objects.requireNonNull(http).over(frames);
        return this;
    }

    public Given answeredByProxy(int status) {
        http = new HttpFacts("GET", target.url(), status, "HTTP/1.1", List.of(), 0,
                HttpFacts.AnsweredBy.PROXY);
        return this;
    }

    private static Header header(String line) {
        int colon = line.indexOf(':');
        return new Header(line.substring(0, colon), line.substring(colon + 1).strip());
    }

    public Given exchange(int steps, int done, @Nullable String expected) {
        exchange = new ExchangeFacts(steps, done, expected);
        return this;
    }

    public Given proxy(String url, @Nullable Integer status) {
        proxy = new ProxyFacts(url, "env:https_proxy", status, null);
        return this;
    }

    public Attempt attempt() {
        Conversation conversation = new Conversation(request, peer, idle, longestWait, held, use);
        return new Attempt(via, address, target.port(), null, Map.copyOf(timeouts),
                List.copyOf(phases), bytes,
                conversation, failure, received, tls, http, exchange, proxy);
    }

    /** The facts of this attempt alone, with what else was observed. */
    public Facts facts(Observation... observations) {
        return new Facts(target, List.of(attempt()), List.of(observations));
    }

    /** The facts of this attempt and others after it. */
    public Facts with(Given... others) {
        List<Attempt> attempts = new ArrayList<>();
        attempts.add(attempt());
        for (Given other : others) {
            attempts.add(other.attempt());
        }
        return new Facts(target, List.copyOf(attempts), List.of());
    }
}
