package probe.advice;

import java.time.Duration;
import java.util.Optional;
import probe.advice.Advice.Retry;
import probe.advice.Advice.SafeFor;
import probe.attempt.HttpFacts;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Incident;
import probe.profile.Durations;

/** Why the advice is what it is, in two sentences: does a repeat help, and may it be made. */
final class Because {
    private Because() {}

    static String of(Diagnosis diagnosis, Optional<Incident> incident, Retry retry, SafeFor safeFor,
            Optional<Duration> retryAfter) {
        return helps(diagnosis, retry, retryAfter) + " " + mayBeMade(diagnosis, incident, safeFor);
    }

    private static String helps(Diagnosis diagnosis, Retry retry, Optional<Duration> retryAfter) {
        return switch (retry) {
            case NO -> "A repeat ends in the same way until something is changed.";
            case YES -> switch (diagnosis.confidence()) {
                case HIGH, MEDIUM -> "The cause can pass by itself.";
                case LOW -> "The cause can pass by itself, and a repeat that ends otherwise tells more.";
            };
            case LATER -> retryAfter.map(
                    pause -> "The server asked for a pause of " + Durations.spoken(pause) + ".")
                    .orElse("The cause passes when the load is over, not at once.");
        };
    }

    private static String mayBeMade(Diagnosis diagnosis, Optional<Incident> incident,
            SafeFor safeFor) {
        return switch (safeFor) {
            case ANY_METHOD -> switch (diagnosis.phase()) {
                case RESOLVE, LEASE, CONNECT, PROXY,
                        TLS -> "No request had left when it failed, so any request may be repeated.";
                case REQUEST, RESPONSE_HEAD, RESPONSE_BODY,
                        EXCHANGE -> "The server has not acted on the request, so any request may be repeated.";
            };
            case IDEMPOTENT_ONLY -> "The server may have acted on the request: repeat only what has the same effect"
                    + " twice (RFC 9110 §9.2.2)" + own(incident) + ".";
            case NONE -> "The server has acted on the request: a repeat would do it twice.";
        };
    }

    /** Whether the request that was made is one of those, where it was one of HTTP. */
    private static String own(Optional<Incident> incident) {
        Optional<HttpFacts> http = incident
                .flatMap(one -> Optional.ofNullable(one.attempt().http()));
        return http
                .map(facts -> ", as " + facts.method()
                        + (SafetyRule.isIdempotent(incident) ? " has" : " has not"))
                .orElse("");
    }
}
