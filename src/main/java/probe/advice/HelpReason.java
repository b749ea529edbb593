package probe.advice;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice.Retry;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.KeptConnection;
import probe.diagnosis.Kind;
import probe.diagnosis.OwnFilter;
import probe.diagnosis.Series;
import probe.profile.Durations;

/** Why a repeat helps or does not: what the cause is, and whether it can pass by itself. A table. */
final class HelpReason {
    private HelpReason() {}

    static String of(Diagnosis diagnosis, Retry retry, Optional<Duration> retryAfter,
            @Nullable Series series) {
        String counted = series != null && series.pattern() == Series.Pattern.FLAPPING
                ? (series.made() - series.failed()) + " of " + series.made()
                        + " attempts worked, so a repeat often does. "
                : "";
        String asked = retry == Retry.NO ? ""
                : retryAfter.filter(Duration::isPositive)
                        .map(pause -> "The server asked for a pause of "
                                + Durations.spoken(pause) + ". ")
                        .orElse("");
        return counted + asked + (OwnFilter.isProved(diagnosis)
                ? "What stops it on this machine stays until somebody changes it."
                : KeptConnection.isGone(diagnosis)
                        ? "A fresh connection works: only the one that was kept is at its end."
                        : cause(diagnosis.kind(), retry));
    }

    private static String cause(Kind kind, Retry retry) {
        return switch (kind) {
            case DNS_NOT_FOUND,
                    DNS_NO_ADDRESS -> "The name servers answer the same until the zone or the name is changed.";
            case DNS_REFUSED,
                    DNS_BOGUS_ADDRESS -> "It is a policy of the name server, and answers the same every time.";
            case DNS_SERVER_FAILURE, DNS_TIMEOUT, DNS_UNREACHABLE, DNS_BAD_RESPONSE,
                    DNS_FAILED -> "Name servers restart and lose packets; a lookup that fails now can work in a second.";
            case NETWORK_UNREACHABLE,
                    HOST_UNREACHABLE -> "Routes and neighbours come back after seconds, when the link or the host does.";
            case ADDRESS_UNAVAILABLE -> "Ports come back as connections leave TIME_WAIT, after 60 s.";
            case TOO_MANY_OPEN_FILES -> "Descriptors come back as this process closes others.";
            case BLOCKED_LOCALLY -> "The policy of this machine stays until somebody changes it.";
            case CONNECTION_REQUEST_TIMEOUT -> "A lease comes back as requests end; at the same load the pool is as empty again.";
            case CONNECT_TIMEOUT -> "Lost packets and full accept queues pass; a filter that drops does not.";
            case REFUSED -> "A service that restarts refuses for a moment, one that is not there for ever; a few repeats tell them apart.";
            case CONNECT_RESET -> "A balancer or an accept queue that is full passes with the load.";
            case PROXY_CONNECT_TIMEOUT,
                    PROXY_REFUSED -> "A proxy that restarts comes back; one that is not there does not.";
            case PROXY_UNREACHABLE -> retry == Retry.NO
                    ? "The proxy's name leads nowhere until the setting is changed."
                    : "The way to the proxy comes back when a link or a route does.";
            case PROXY_DENIED, PROXY_AUTH_REQUIRED -> retry == Retry.NO
                    ? "What a proxy refuses it refuses again."
                    : "The proxy reached out for the target and got no answer, which can pass.";
            case TLS_TIMEOUT,
                    TLS_CLOSED -> "A handshake that is cut or slow is mostly load or a restart, which pass.";
            case TLS_ALERT -> retry == Retry.NO
                    ? "Both sides are set up so, and a repeat meets the same settings."
                    : "The service reports an error of its own, which can pass.";
            case TLS_NOT_TLS, TLS_PROTOCOL_MISMATCH, TLS_CIPHER_MISMATCH,
                    TLS_CLIENT_CERT_REQUIRED -> "Both sides are set up so, and a repeat meets the same settings.";
            case TLS_CERT_EXPIRED, TLS_CERT_NOT_YET_VALID, TLS_CERT_SELF_SIGNED, TLS_CERT_UNTRUSTED,
                    TLS_CERT_NAME_MISMATCH -> "The certificate is the same at the next attempt.";
            case BROKEN_PIPE, RESET, EMPTY_REPLY -> switch (retry) {
                case YES -> "A fresh connection does not meet what ended this one, unless the request itself did.";
                case LATER -> "The server says that the load is too high.";
                case NO -> "The server says that this will not do over HTTP/2.";
            };
            case WRITE_TIMEOUT,
                    READ_TIMEOUT -> "Slowness passes with the load, and each repeat adds to the load.";
            case TRUNCATED -> "What cut the answer, a crash or a limit, may not meet the next one.";
            case PROTOCOL_ERROR,
                    UNEXPECTED_REPLY -> "The service answers the same to the same until one side is changed.";
            case HTTP_TOO_LARGE -> retry == Retry.NO ? "The same request is as large again."
                    : "The server says that it will take it later.";
            case HTTP_BAD_REQUEST, HTTP_CLIENT_ERROR, HTTP_NOT_FOUND,
                    HTTP_UNEXPECTED_STATUS,
                    HTTP_REDIRECT -> "The same request gets the same answer.";
            case HTTP_UNAUTHORIZED, HTTP_FORBIDDEN,
                    HTTP_PROXY_AUTH_REQUIRED -> "The same credentials get the same answer, and repeats can lock an account.";
            case HTTP_REQUEST_TIMEOUT -> "The server gave up waiting; a request sent at once arrives.";
            case HTTP_RATE_LIMITED -> "The limit counts repeats too; it passes with its time window.";
            case HTTP_SERVER_ERROR -> retry == Retry.NO
                    ? "The server says that it cannot do this at all."
                    : "Some such errors pass, and one that the request itself causes does not.";
            case HTTP_BAD_GATEWAY, HTTP_GATEWAY_TIMEOUT,
                    HTTP_UNAVAILABLE -> "The gateway may find a healthy origin at the next attempt, when the load is over.";
            case DEADLINE_EXCEEDED -> "What took the time may be shorter the next time.";
            case UNCLASSIFIED -> "What is not known is not repeated blindly.";
        };
    }
}
