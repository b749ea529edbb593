package probe.advice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import probe.advice.Advice.SafeFor;
import probe.advice.Equivalents.Equivalent;
import probe.attempt.HttpFacts;
import probe.attempt.Phase;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Incident;
import probe.diagnosis.Kind;
import probe.profile.Durations;

/**
 * How the repeats that are advised are set where the user's own client is configured. What a client repeats by itself
 * differs: a setting that would not repeat this fault, or would repeat what must not be, is named as that.
 *
 * <p>Sources: Apache HttpClient 5.6 ({@code DefaultHttpRequestRetryStrategy}: no repeat after a timeout, a refusal, an
 * unknown name or a TLS failure, and a pause only before the repeat of a status; tried in the tests), curl(1)
 * ({@code --retry}; tried in the tests), urllib3 2.7
 * ({@code util.Retry.get_backoff_time}: the first repeat at once),
 * go-retryablehttp ({@code DefaultBackoff}, {@code baseRetryPolicy}), undici 6 ({@code RetryHandler}).
 */
final class RetryEquivalents {
    /** What curl waits before its first repeat when it is not told otherwise. */
    private static final Duration CURLS_FIRST = Duration.ofSeconds(1);
    /** The statuses that curl takes for transient (curl(1), {@code --retry}). */
    private static final Set<Integer> CURLS = Set.of(408, 429, 500, 502, 503, 504);
    /** Those that undici repeats when it is not told otherwise. */
    private static final Set<Integer> UNDICIS = Set.of(429, 500, 502, 503, 504);
    private static final String AROUND = "none; the body is read after its repeats: repeat around the reading";

    private final Fault fault;
    private final Phase phase;
    private final Kind kind;
    private final SafeFor safe;
    private final Optional<Integer> status;
    private final Optional<String> method;
    private final Duration initial;
    private final Duration max;
    private final int repeats;

    /** What the fault is to a client that repeats. */
    private enum Fault {
        /** A status that says so. */
        STATUS,
        /** A limit of the client's own. */
        TIMEOUT,
        /** No address for the name. */
        NAME,
        /** No connection, or no TLS on it. */
        CONNECTING,
        /** The end of a connection with no answer on it. */
        ENDED,
        /** The end of an answer that had begun: the client has given it to its caller by then. */
        BODY
    }

    private RetryEquivalents(Diagnosis diagnosis, Optional<Incident> incident, SafeFor safe,
            Duration initial, Duration max, int attempts) {
        this.kind = diagnosis.kind();
        this.phase = diagnosis.phase();
        this.fault = fault(diagnosis, incident);
        this.safe = safe;
        Optional<HttpFacts> http = incident.map(one -> one.attempt().http());
        this.status = http.map(HttpFacts::status);
        this.method = http.map(HttpFacts::method)
                .filter(name -> safe == SafeFor.ANY_METHOD && !SafetyRule.isIdempotent(incident));
        this.initial = initial;
        this.max = max;
        this.repeats = attempts - 1;
    }

    /**
     * The settings, a profile's first; empty where nothing may be repeated, and where the client's pool is too small,
     * which no client's repeats make better.
     */
    static List<Equivalent> of(Diagnosis diagnosis, Optional<Incident> incident, SafeFor safe,
            Duration initial, Duration max, int attempts) {
        if (safe == SafeFor.NONE || diagnosis.kind() == Kind.CONNECTION_REQUEST_TIMEOUT) {
            return List.of();
        }
        RetryEquivalents of = new RetryEquivalents(diagnosis, incident, safe, initial, max,
                attempts);
        return List.of(new Equivalent("profile", "attempts: " + attempts),
                new Equivalent("httpclient5", of.httpClient()),
                new Equivalent("curl", of.curl()), new Equivalent("requests", of.requests()),
                new Equivalent("go", of.go()), new Equivalent("node", of.node()));
    }

    private static Fault fault(Diagnosis diagnosis, Optional<Incident> incident) {
        if (diagnosis.kind().group() == Kind.Group.HTTP) {
            return Fault.STATUS;
        }
        return switch (diagnosis.phase()) {
            case RESOLVE -> Fault.NAME;
            case RESPONSE_BODY -> Fault.BODY;
            case LEASE, CONNECT, PROXY, TLS -> isCut(incident) ? Fault.TIMEOUT : Fault.CONNECTING;
            case REQUEST, RESPONSE_HEAD, EXCHANGE -> isCut(incident) ? Fault.TIMEOUT : Fault.ENDED;
        };
    }

    private static boolean isCut(Optional<Incident> incident) {
        return incident.filter(one -> one.failure().limit() != null).isPresent();
    }

    private String httpClient() {
        String strategy = "setRetryStrategy(new DefaultHttpRequestRetryStrategy(" + repeats
                + ", TimeValue.ofMilliseconds(" + initial.toMillis() + ")))";
        String own = method
                .map(name -> "; for " + name + " with handleAsIdempotent overridden")
                .orElse("");
        return switch (fault) {
            case STATUS -> kind == Kind.HTTP_RATE_LIMITED || kind == Kind.HTTP_UNAVAILABLE
                    ? strategy + ", the same pause each time; it keeps to Retry-After" + own
                    : "none; DefaultHttpRequestRetryStrategy repeats 429 and 503 alone: extend it,"
                            + " with this status for its constructor" + own;
            case ENDED -> strategy
                    + ", which repeats at once; for a pause override getRetryInterval" + own;
            case NAME, TIMEOUT, CONNECTING -> "none; DefaultHttpRequestRetryStrategy repeats no"
                    + " timeout, refusal, unknown name or TLS failure: implement HttpRequestRetryStrategy";
            case BODY -> AROUND;
        };
    }

    private String curl() {
        boolean own = Durations.times(initial, 2).compareTo(Durations.times(CURLS_FIRST, 3)) < 0;
        String which = switch (fault) {
            case STATUS -> status.filter(code -> !CURLS.contains(code))
                    .map(code -> " --fail --retry-all-errors")
                    .orElse("");
            case NAME, TIMEOUT -> "";
            case CONNECTING -> kind == Kind.REFUSED || kind == Kind.PROXY_REFUSED
                    ? " --retry-connrefused"
                    : " --retry-all-errors";
            case ENDED, BODY -> " --retry-all-errors";
        };
        return "--retry " + repeats + (own ? "" : " --retry-delay " + initial.toSeconds()) + which
                + (own ? ", with pauses of 1 s, doubled each time" : ", the same pause each time")
                + (safe == SafeFor.IDEMPOTENT_ONLY ? "; it repeats any method: not with a POST"
                        : "");
    }

    private String requests() {
        if (fault == Fault.BODY) {
            return AROUND;
        }
        // Half the bound and as much again by chance: each pause then stays within the bound that is advised.
        return "HTTPAdapter(max_retries=Retry(total=" + repeats + ", backoff_factor="
                + seconds(Durations.part(initial, 2)) + ", backoff_jitter=" + seconds(initial)
                + ", backoff_max=" + seconds(max)
                + (fault == Fault.STATUS
                        ? status.map(code -> ", status_forcelist=[" + code + "]").orElse("")
                        : "")
                + (method.isPresent() && hasBegun() ? ", allowed_methods=None" : "")
                + ")), whose first repeat comes at once";
    }

    private String go() {
        if (fault == Fault.BODY) {
            return AROUND;
        }
        return "none in net/http; go-retryablehttp: RetryMax: " + repeats + ", RetryWaitMin: "
                + initial.toMillis() + " * time.Millisecond, RetryWaitMax: " + max.toMillis()
                + " * time.Millisecond"
                + (kind == Kind.HTTP_REQUEST_TIMEOUT ? ", with a CheckRetry that takes 408" : "")
                + (safe == SafeFor.IDEMPOTENT_ONLY
                        ? "; it repeats any method: leave POST out in CheckRetry"
                        : "");
    }

    private String node() {
        String codes = switch (fault) {
            case TIMEOUT -> ", errorCodes: ['"
                    + (hasBegun() ? "UND_ERR_HEADERS_TIMEOUT" : "UND_ERR_CONNECT_TIMEOUT") + "']";
            case NAME -> ", errorCodes: ['EAI_AGAIN', 'ENOTFOUND']";
            case STATUS -> status.filter(code -> !UNDICIS.contains(code))
                    .map(code -> ", statusCodes: [" + code + "]")
                    .orElse("");
            case CONNECTING, ENDED, BODY -> "";
        };
        return "dispatcher: new RetryAgent(new Agent(), {maxRetries: " + repeats + ", minTimeout: "
                + initial.toMillis() + ", maxTimeout: " + max.toMillis() + ", timeoutFactor: 2"
                + codes + method.map(name -> ", methods: ['" + name + "']").orElse("") + "})"
                + (fault == Fault.BODY ? ", which asks for the rest of it (Range)" : "");
    }

    private boolean hasBegun() {
        return switch (phase) {
            case RESOLVE, LEASE, CONNECT, PROXY, TLS -> false;
            case REQUEST, RESPONSE_HEAD, RESPONSE_BODY, EXCHANGE -> true;
        };
    }

    private static String seconds(Duration time) {
        return Durations.decimal(time.toMillis());
    }
}
