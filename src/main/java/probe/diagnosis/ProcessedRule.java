package probe.diagnosis;

import probe.attempt.Attempt;
import probe.attempt.Conversation;
import probe.attempt.ExchangeFacts;
import probe.attempt.FailureName;
import probe.attempt.Http2Facts;
import probe.attempt.HttpFacts;
import probe.attempt.PeerState;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts;

/**
 * Could the server have acted on the request? "No" is said only where it is certain: a wrong "no" makes somebody
 * pay twice. In particular, a reset with nothing acknowledged proves nothing: a server can have read and acted,
 * and its reset overtakes the acknowledgement (experiments of section 3: 10 of 10 runs).
 */
final class ProcessedRule {
    private ProcessedRule() {}

    /** Whether the request of the deciding attempt can have been acted on. */
    static RequestProcessed of(Incident incident) {
        Attempt attempt = incident.attempt();
        if (Redirections.hop(attempt) > 0
                && Redirections.chain(incident).stream().anyMatch(ProcessedRule::isDone)) {
            return RequestProcessed.YES;
        }
        return switch (incident.failure().phase()) {
            // No request leaves before these are over; JSSE sends no early data (RFC 8446 §2.3).
            case RESOLVE, LEASE, CONNECT, PROXY, TLS -> RequestProcessed.NO;
            case EXCHANGE -> exchange(incident, attempt);
            case REQUEST, RESPONSE_HEAD, RESPONSE_BODY -> http(incident, attempt);
        };
    }

    /** An answer that sent a change on with GET has taken the change; 307 and 308 have not (RFC 9110 §15.4). */
    private static boolean isDone(HttpFacts http) {
        Integer status = http.status();
        boolean safe = switch (http.method()) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
        return !safe && http.isFollowed() && status != null && status != 307 && status != 308;
    }

    private static RequestProcessed exchange(Incident incident, Attempt attempt) {
        RequestProgress progress = attempt.conversation().request();
        if (progress == RequestProgress.NO_REQUEST) {
            return RequestProcessed.NO;
        }
        ExchangeFacts exchange = attempt.exchange();
        boolean firstStep = exchange != null && exchange.done() == 0 || attempt.bytes().sent() == 0;
        if (firstStep && neverStarted(attempt.conversation())) {
            return RequestProcessed.NO;
        }
        return incident.failure().name() == FailureName.MISMATCH ? RequestProcessed.YES
                : RequestProcessed.POSSIBLY;
    }

    private static RequestProcessed http(Incident incident, Attempt attempt) {
        HttpFacts http = attempt.http();
        if (http != null && http.status() != null) {
            return http.answeredBy() == HttpFacts.AnsweredBy.PROXY ? RequestProcessed.NO
                    : answered(http.status());
        }
        Http2Facts http2 = http == null ? null : http.http2();
        if (http2 != null && http2.isRefused()) {
            return RequestProcessed.NO;
        }
        if (neverStarted(attempt.conversation()) || isRefusedCertificate(incident, attempt)) {
            return RequestProcessed.NO;
        }
        return RequestProcessed.POSSIBLY;
    }

    /**
     * Not a byte of the request was handed over, or the peer had closed or reset the connection before the first
     * one was (experiments of section 3: retry-safe, half-close aside, which HTTP servers do not do).
     */
    private static boolean neverStarted(Conversation conversation) {
        PeerState peer = conversation.peer();
        return conversation.request() == RequestProgress.NOT_STARTED
                || conversation.request() == RequestProgress.NO_REQUEST
                || peer == PeerState.CLOSED_BEFORE_REQUEST
                || peer == PeerState.RESET_BEFORE_REQUEST;
    }

    /** A TLS layer that refuses the client's certificate hands nothing to the program above it (RFC 8446 §4.4.2.4). */
    private static boolean isRefusedCertificate(Incident incident, Attempt attempt) {
        TlsFacts tls = attempt.tls();
        return incident.kind() == Kind.TLS_CLIENT_CERT_REQUIRED && tls != null
                && tls.alert() != null;
    }

    /**
     * What the status says of the request. "No" where the status is defined as a refusal to begin: RFC 9110 §15.5
     * and §15.6, RFC 6585, RFC 8470 (425), and the edge's own words for an origin it could not reach (521, 523,
     * 525, 526).
     */
    private static RequestProcessed answered(int status) {
        return switch (status) {
            case 400, 401, 403, 404, 405, 407, 408, 410, 411, 412, 413, 414, 415, 417, 421, 425,
                    426, 428, 429, 431,
                    501, 505, 511, 521, 523, 525, 526 -> RequestProcessed.NO;
            default -> status / 100 == 5 ? RequestProcessed.POSSIBLY : RequestProcessed.YES;
        };
    }
}
