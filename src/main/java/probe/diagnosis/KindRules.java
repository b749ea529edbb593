package probe.diagnosis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Conversation;
import probe.attempt.Excerpt;
import probe.attempt.ExchangeFacts;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.ProxyFacts;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts;
import probe.profile.TimeoutName;
import probe.target.HostPort;
import probe.target.Target;

/**
 * From the facts of a failed attempt to its {@link Kind}: an exhaustive table over failure, phase, limit and how
 * far the talk had come. It says what happened; whose fault that is, the rules say.
 */
final class KindRules {
    /** HTTP's "who are you?" to a client of a proxy (RFC 9110 §15.5.8). */
    private static final int PROXY_AUTHENTICATION = 407;
    /** A SOCKS 5 proxy's "no acceptable methods": it wants a login that was not offered (RFC 1928 §3). */
    private static final int SOCKS_NO_METHOD = 0xff;
    /** A reset that comes later than this after the handshake is no longer "right after connecting". */
    private static final Duration RIGHT_AFTER = Duration.ofSeconds(1);

    private KindRules() {}

    /** What happened to {@code attempt}, which ended with {@code failure}; name servers that were asked have a say. */
    static Kind kindOf(Facts facts, Attempt attempt, Failure failure) {
        Kind kind = kindOf(facts.target(), attempt, failure);
        return failure.phase() == Phase.RESOLVE ? DnsAnswers.of(facts).refine(kind) : kind;
    }

    /** The same by the attempt alone. */
    static Kind kindOf(Target target, Attempt attempt, Failure failure) {
        if (isUnspecified(attempt.address()) && !HostPort.isAddressLiteral(target.host())
                && attempt.proxy() == null) {
            return Kind.DNS_BOGUS_ADDRESS;
        }
        return switch (failure.phase()) {
            // With an address, a SOCKS proxy's client looked up the target; without, the proxy.
            case RESOLVE -> attempt.proxy() == null || attempt.address() != null
                    ? resolving(failure)
                    : proxyName(failure);
            case CONNECT -> attempt.proxy() == null ? connecting(attempt, failure)
                    : connectingToProxy(attempt, failure);
            case LEASE, PROXY, TLS, REQUEST, RESPONSE_HEAD, RESPONSE_BODY,
                    EXCHANGE -> talking(attempt, failure);
        };
    }

    /** 0.0.0.0 and :: stand for "no address" (RFC 1122 §3.2.1.3, RFC 4291 §2.5.2): nobody serves from there. */
    private static boolean isUnspecified(@Nullable String address) {
        return address != null && (address.equals("0.0.0.0") || address.equals("::")
                || address.equals("0:0:0:0:0:0:0:0"));
    }

    private static Kind resolving(Failure failure) {
        return switch (failure.name()) {
            case NAME_NOT_FOUND -> Kind.DNS_NOT_FOUND;
            case NAME_NO_ADDRESS -> Kind.DNS_NO_ADDRESS;
            case TIMED_OUT -> failure.limit() == TimeoutName.DEADLINE ? Kind.DEADLINE_EXCEEDED
                    : Kind.DNS_TIMEOUT;
            case REFUSED, HOST_UNREACHABLE, NETWORK_UNREACHABLE,
                    INVALID_ROUTE -> Kind.DNS_UNREACHABLE;
            case MALFORMED, MISMATCH, TRUNCATED -> Kind.DNS_BAD_RESPONSE;
            case TOO_MANY_OPEN_FILES -> Kind.TOO_MANY_OPEN_FILES;
            case INTERRUPTED -> Kind.DEADLINE_EXCEEDED;
            case NAME_LOOKUP_FAILED, RESET, BROKEN_PIPE, CLOSED, ADDRESS_UNAVAILABLE,
                    PERMISSION_DENIED, ABORTED, STATUS,
                    REDIRECT, NOT_TLS, TLS_ALERT, CERTIFICATE_REJECTED, TLS_FAILED, PROXY_REFUSED,
                    STREAM_RESET, GOING_AWAY,
                    UNKNOWN -> Kind.DNS_FAILED;
        };
    }

    /** The proxy's own name was looked up in vain: the target's name was never in question. */
    private static Kind proxyName(Failure failure) {
        Kind kind = resolving(failure);
        return kind == Kind.DEADLINE_EXCEEDED || kind == Kind.TOO_MANY_OPEN_FILES ? kind
                : Kind.PROXY_UNREACHABLE;
    }

    private static Kind connecting(Attempt attempt, Failure failure) {
        return switch (failure.name()) {
            case RESET, CLOSED, BROKEN_PIPE, ABORTED, TRUNCATED -> Kind.CONNECT_RESET;
            case TIMED_OUT, REFUSED, HOST_UNREACHABLE, NETWORK_UNREACHABLE, ADDRESS_UNAVAILABLE,
                    PERMISSION_DENIED,
                    INVALID_ROUTE, TOO_MANY_OPEN_FILES, NAME_NOT_FOUND, NAME_NO_ADDRESS,
                    NAME_LOOKUP_FAILED, MALFORMED,
                    MISMATCH, STATUS, REDIRECT, NOT_TLS, TLS_ALERT, CERTIFICATE_REJECTED,
                    TLS_FAILED,
                    PROXY_REFUSED, STREAM_RESET,
                    GOING_AWAY, INTERRUPTED, UNKNOWN -> talking(attempt, failure);
        };
    }

    /** What this machine lacks stays this machine's; all else is between it and the proxy. */
    private static Kind connectingToProxy(Attempt attempt, Failure failure) {
        return switch (failure.name()) {
            case TIMED_OUT -> failure.limit() == TimeoutName.DEADLINE ? Kind.DEADLINE_EXCEEDED
                    : Kind.PROXY_CONNECT_TIMEOUT;
            case REFUSED -> Kind.PROXY_REFUSED;
            case HOST_UNREACHABLE, NETWORK_UNREACHABLE, INVALID_ROUTE, RESET, CLOSED, BROKEN_PIPE,
                    ABORTED, TRUNCATED,
                    NAME_NOT_FOUND, NAME_NO_ADDRESS, NAME_LOOKUP_FAILED -> Kind.PROXY_UNREACHABLE;
            case ADDRESS_UNAVAILABLE, PERMISSION_DENIED, TOO_MANY_OPEN_FILES, MALFORMED, MISMATCH,
                    STATUS, REDIRECT, NOT_TLS,
                    TLS_ALERT, CERTIFICATE_REJECTED, TLS_FAILED, PROXY_REFUSED, STREAM_RESET,
                    GOING_AWAY, INTERRUPTED,
                    UNKNOWN -> talking(attempt, failure);
        };
    }

    private static Kind talking(Attempt attempt, Failure failure) {
        return switch (failure.name()) {
            case NAME_NOT_FOUND -> Kind.DNS_NOT_FOUND;
            case NAME_NO_ADDRESS -> Kind.DNS_NO_ADDRESS;
            case NAME_LOOKUP_FAILED -> Kind.DNS_FAILED;
            case TIMED_OUT -> timedOut(attempt, failure);
            case REFUSED -> Kind.REFUSED;
            case RESET, ABORTED, BROKEN_PIPE, CLOSED, TRUNCATED, STREAM_RESET,
                    GOING_AWAY -> ended(attempt, failure);
            case HOST_UNREACHABLE -> Kind.HOST_UNREACHABLE;
            case NETWORK_UNREACHABLE, INVALID_ROUTE -> Kind.NETWORK_UNREACHABLE;
            case ADDRESS_UNAVAILABLE -> Kind.ADDRESS_UNAVAILABLE;
            case PERMISSION_DENIED -> Kind.BLOCKED_LOCALLY;
            case TOO_MANY_OPEN_FILES -> Kind.TOO_MANY_OPEN_FILES;
            case MALFORMED -> Kind.PROTOCOL_ERROR;
            case MISMATCH -> Kind.UNEXPECTED_REPLY;
            case STATUS -> HttpKinds.of(attempt);
            case REDIRECT -> Kind.HTTP_REDIRECT;
            case NOT_TLS -> Kind.TLS_NOT_TLS;
            case TLS_ALERT, CERTIFICATE_REJECTED, TLS_FAILED -> TlsKinds.of(attempt, failure);
            case PROXY_REFUSED -> refusedByProxy(attempt.proxy());
            // Nobody's limit and nobody's fault: the run was stopped before anything else could happen.
            case INTERRUPTED -> Kind.DEADLINE_EXCEEDED;
            case UNKNOWN -> Kind.UNCLASSIFIED;
        };
    }

    private static Kind refusedByProxy(@Nullable ProxyFacts proxy) {
        Integer status = proxy == null ? null : proxy.status();
        return status != null && (status == PROXY_AUTHENTICATION || status == SOCKS_NO_METHOD)
                ? Kind.PROXY_AUTH_REQUIRED
                : Kind.PROXY_DENIED;
    }

    private static Kind timedOut(Attempt attempt, Failure failure) {
        if (failure.limit() == TimeoutName.DEADLINE) {
            return Kind.DEADLINE_EXCEEDED;
        }
        return switch (failure.phase()) {
            case RESOLVE -> Kind.DNS_TIMEOUT;
            case LEASE -> Kind.CONNECTION_REQUEST_TIMEOUT;
            case CONNECT -> Kind.CONNECT_TIMEOUT;
            // It took the connection and does not answer CONNECT: silent all the same.
            case PROXY -> Kind.PROXY_CONNECT_TIMEOUT;
            case TLS -> Kind.TLS_TIMEOUT;
            case REQUEST -> isAwaitingSettings(attempt) ? Kind.READ_TIMEOUT : Kind.WRITE_TIMEOUT;
            case RESPONSE_HEAD, RESPONSE_BODY -> Kind.READ_TIMEOUT;
            case EXCHANGE -> isWriting(attempt) ? Kind.WRITE_TIMEOUT : Kind.READ_TIMEOUT;
        };
    }

    /** In HTTP/2 the server's SETTINGS are waited for before a request is begun (RFC 9113 §3.4). */
    private static boolean isAwaitingSettings(Attempt attempt) {
        return Http2Rules.facts(attempt).isPresent()
                && attempt.conversation().request() == RequestProgress.NOT_STARTED;
    }

    /** Whether the step of the script that failed was a send: it waits for no pattern and is not out yet. */
    private static boolean isWriting(Attempt attempt) {
        ExchangeFacts exchange = attempt.exchange();
        RequestProgress progress = attempt.conversation().request();
        return (exchange == null || exchange.expected() == null)
                && (progress == RequestProgress.NOT_STARTED || progress == RequestProgress.PARTIAL);
    }

    /** The connection was ended from outside: reset, closed, or found closed by a write. */
    private static Kind ended(Attempt attempt, Failure failure) {
        if (failure.phase() == Phase.TLS || wantedClientCertificate(attempt, failure)) {
            return TlsKinds.ended(attempt);
        }
        FailureName name = failure.name();
        if (name == FailureName.BROKEN_PIPE) {
            return Kind.BROKEN_PIPE;
        }
        if (name == FailureName.TRUNCATED) {
            return Kind.TRUNCATED;
        }
        if (name == FailureName.CLOSED || name == FailureName.GOING_AWAY) {
            return isAnswered(attempt, failure) ? Kind.TRUNCATED : Kind.EMPTY_REPLY;
        }
        return isRightAfterConnecting(attempt, failure) ? Kind.CONNECT_RESET : Kind.RESET;
    }

    /**
     * With TLS 1.3 a handshake without the client certificate that the server wants succeeds for the client: the
     * refusal comes in place of the first answer (RFC 8446 §4.4.2.4; a JSSE server resets instead of saying so).
     */
    private static boolean wantedClientCertificate(Attempt attempt, Failure failure) {
        TlsFacts tls = attempt.tls();
        return tls != null && tls.clientCertificate() == TlsFacts.ClientCertificate.MISSING
                && !attempt.conversation().isKept() && !isAnswered(attempt, failure);
    }

    private static boolean isRightAfterConnecting(Attempt attempt, Failure failure) {
        Conversation conversation = attempt.conversation();
        return attempt.bytes().sent() == 0 && attempt.bytes().received() == 0
                && !conversation.isKept()
                && failure.elapsed().compareTo(RIGHT_AFTER) < 0
                && (failure.name() == FailureName.RESET || failure.name() == FailureName.ABORTED);
    }

    /** Whether any byte of the answer that was being waited for had come. */
    static boolean isAnswered(Attempt attempt, Failure failure) {
        if (failure.phase() == Phase.RESPONSE_BODY
                || attempt.http() != null && attempt.http().status() != null) {
            return true;
        }
        if (Http2Rules.facts(attempt).isPresent()) {
            return false; // the bytes that came are of frames that say nothing of the request
        }
        Excerpt received = attempt.received();
        if (received != null) {
            return !received.isEmpty();
        }
        // With TLS, the bytes received are the records of the handshake; with a proxy, its own words.
        return attempt.tls() == null && attempt.proxy() == null && attempt.exchange() == null
                && !attempt.conversation().isKept()
                && attempt.bytes().received() > 0;
    }
}
