package probe.advice;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice.SafeFor;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.Conversation;
import probe.attempt.Http2Facts;
import probe.attempt.HttpFacts;
import probe.attempt.PeerState;
import probe.attempt.RequestProgress;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Incident;
import probe.diagnosis.RequestProcessed;

/**
 * Why a repeat is as safe as it is: from what was sent and acknowledged, and from how the connection ended (experiments
 * of section 3). In particular what a reset does not prove: a server that read the whole request, acted on it and then
 * reset was seen with nothing acknowledged in ten of ten runs.
 */
final class SafetyReason {
    private SafetyReason() {}

    static String of(Diagnosis diagnosis, Optional<Incident> incident, SafeFor safeFor) {
        Attempt attempt = incident.map(Incident::attempt).orElse(null);
        return switch (safeFor) {
            case ANY_METHOD -> notActed(diagnosis, attempt) + " so any request may be repeated.";
            case IDEMPOTENT_ONLY -> mayHaveActed(diagnosis, attempt)
                    + " Repeat only what has the same effect twice (RFC 9110 §9.2.2)"
                    + method(incident) + ".";
            case NONE -> "The server has acted on the request: a repeat would do it twice.";
        };
    }

    private static String notActed(Diagnosis diagnosis, @Nullable Attempt attempt) {
        boolean before = switch (diagnosis.phase()) {
            case RESOLVE, LEASE, CONNECT, PROXY, TLS -> true;
            case REQUEST, RESPONSE_HEAD, RESPONSE_BODY, EXCHANGE -> false;
        };
        if (before || attempt == null) {
            return "It failed in the phase " + diagnosis.phase().id()
                    + ", before a byte of the request could leave,";
        }
        HttpFacts http = attempt.http();
        Http2Facts http2 = http == null ? null : http.http2();
        if (http != null && http.status() != null) {
            return http.answeredBy() == HttpFacts.AnsweredBy.PROXY
                    ? "The proxy answered, and the request went no further,"
                    : "Status " + http.status() + " is a refusal to begin,";
        }
        if (http2 != null && http2.isRefused()) {
            return "The server said in HTTP/2 that it has not begun with it (RFC 9113 §8.7),";
        }
        PeerState peer = attempt.conversation().peer();
        return switch (peer) {
            case CLOSED_BEFORE_REQUEST -> "The peer had ended the connection before the first byte was written,";
            case RESET_BEFORE_REQUEST -> "The peer had reset the connection before the first byte was written,";
            case NONE, OPEN, CLOSED, RESET -> "Not a byte of the request was written,";
        };
    }

    private static String mayHaveActed(Diagnosis diagnosis, @Nullable Attempt attempt) {
        if (attempt == null) {
            return "The server may have acted.";
        }
        HttpFacts http = attempt.http();
        if (http != null && http.status() != null) {
            return "The server answered " + http.status()
                    + (diagnosis.requestProcessed() == RequestProcessed.YES
                            ? ", so it has acted."
                            : ", which does not say how far it came.");
        }
        return bytes(attempt) + age(attempt.conversation());
    }

    private static String bytes(Attempt attempt) {
        Bytes bytes = attempt.bytes();
        Long acknowledged = bytes.acknowledged();
        boolean reset = attempt.conversation().peer() == PeerState.RESET;
        if (acknowledged == null) {
            return attempt.conversation().request() == RequestProgress.PARTIAL
                    ? "A part of the request had been written; servers may act on a part."
                    : "The request had been written, and no answer says what became of it.";
        }
        if (acknowledged >= bytes.sent()) {
            return "All " + bytes.sent()
                    + " bytes were acknowledged: the server's kernel has the request.";
        }
        return acknowledged + " of " + bytes.sent() + " bytes were acknowledged" + (reset
                ? ", which proves nothing after a reset: it can overtake the acknowledgement."
                : "; the rest may have arrived all the same, and only its acknowledgement been lost.");
    }

    /** A kept connection that ends as it is used again has mostly just been closed; nothing proves it. */
    private static String age(Conversation conversation) {
        return conversation.use() == 0 ? ""
                : " The connection had carried " + conversation.use()
                        + (conversation.use() == 1 ? " request" : " requests")
                        + " before, so it was probably closed while idle; that is likely, and not certain.";
    }

    private static String method(Optional<Incident> incident) {
        return incident.flatMap(one -> Optional.ofNullable(one.attempt().http()))
                .map(facts -> ", as " + facts.method()
                        + (SafetyRule.isIdempotent(incident) ? " has" : " has not"))
                .orElse("");
    }
}
