package probe.advice;

import java.util.Optional;
import probe.advice.Advice.SafeFor;
import probe.attempt.HttpFacts;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Incident;

/**
 * Which requests may be repeated without doing a thing twice (RFC 9110 §9.2.2): all when the server cannot have acted,
 * else those whose second effect is that of the first. Once a request that is not one of these has been acted on, none.
 */
final class SafetyRule {
    private SafetyRule() {}

    static SafeFor of(Diagnosis diagnosis, Optional<Incident> incident) {
        return switch (diagnosis.requestProcessed()) {
            case NO -> SafeFor.ANY_METHOD;
            case POSSIBLY -> SafeFor.IDEMPOTENT_ONLY;
            case YES -> isIdempotent(incident) ? SafeFor.IDEMPOTENT_ONLY : SafeFor.NONE;
        };
    }

    /** A script's sends mean whatever their protocol says: they count as not repeatable. */
    static boolean isIdempotent(Optional<Incident> incident) {
        Optional<HttpFacts> http = incident
                .flatMap(one -> Optional.ofNullable(one.attempt().http()));
        return http.isPresent() && switch (http.get().method()) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
            default -> false;
        };
    }
}
