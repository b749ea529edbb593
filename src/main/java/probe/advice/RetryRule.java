package probe.advice;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice.Retry;
import probe.attempt.FailureName;
import probe.attempt.Http2Facts;
import probe.attempt.HttpFacts;
import probe.attempt.TlsFacts;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Incident;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;
import probe.diagnosis.OwnFilter;

/** Does a repeat help? By kind: whether the cause can pass without anybody doing anything; a rule of an own filter cannot. */
final class RetryRule {
    /** The peer's "this is about me, not about you" (RFC 8446 §6.2). */
    private static final int INTERNAL_ERROR = 80;

    private RetryRule() {}

    static Retry of(Diagnosis diagnosis, Optional<Incident> incident) {
        return OwnFilter.isProved(diagnosis) ? Retry.NO : byKind(diagnosis, incident);
    }

    private static Retry byKind(Diagnosis diagnosis, Optional<Incident> incident) {
        Kind kind = diagnosis.kind();
        return switch (kind) {
            case DNS_NOT_FOUND, DNS_NO_ADDRESS, DNS_REFUSED, DNS_BOGUS_ADDRESS, BLOCKED_LOCALLY,
                    PROXY_AUTH_REQUIRED,
                    TLS_NOT_TLS, TLS_CERT_EXPIRED, TLS_CERT_NOT_YET_VALID, TLS_CERT_SELF_SIGNED,
                    TLS_CERT_UNTRUSTED,
                    TLS_CERT_NAME_MISMATCH, TLS_PROTOCOL_MISMATCH, TLS_CIPHER_MISMATCH,
                    TLS_CLIENT_CERT_REQUIRED,
                    PROTOCOL_ERROR, UNEXPECTED_REPLY, HTTP_BAD_REQUEST, HTTP_UNAUTHORIZED,
                    HTTP_FORBIDDEN,
                    HTTP_NOT_FOUND, HTTP_CLIENT_ERROR, HTTP_PROXY_AUTH_REQUIRED,
                    HTTP_UNEXPECTED_STATUS, HTTP_REDIRECT,
                    UNCLASSIFIED -> Retry.NO;
            case TOO_MANY_OPEN_FILES, ADDRESS_UNAVAILABLE, CONNECTION_REQUEST_TIMEOUT,
                    HTTP_RATE_LIMITED,
                    HTTP_UNAVAILABLE -> Retry.LATER;
            case DNS_SERVER_FAILURE, DNS_TIMEOUT, DNS_UNREACHABLE, DNS_BAD_RESPONSE, DNS_FAILED,
                    CONNECT_TIMEOUT,
                    REFUSED, HOST_UNREACHABLE, CONNECT_RESET, PROXY_CONNECT_TIMEOUT, PROXY_REFUSED,
                    TLS_TIMEOUT, TLS_CLOSED, BROKEN_PIPE, WRITE_TIMEOUT, READ_TIMEOUT,
                    HTTP_REQUEST_TIMEOUT, HTTP_BAD_GATEWAY, HTTP_GATEWAY_TIMEOUT,
                    DEADLINE_EXCEEDED -> Retry.YES;
            case RESET, EMPTY_REPLY, TRUNCATED -> ended(incident);
            case NETWORK_UNREACHABLE -> diagnosis.locus() == Locus.LOCAL_HOST ? Retry.LATER
                    : Retry.YES;
            case PROXY_UNREACHABLE -> isNameless(incident) ? Retry.NO : Retry.YES;
            case PROXY_DENIED -> isGatewayError(proxyStatus(incident)) ? Retry.YES : Retry.NO;
            case TLS_ALERT -> alert(incident) == INTERNAL_ERROR ? Retry.YES : Retry.NO;
            // A 413 that carries Retry-After is a passing condition (RFC 9110 §15.5.14).
            case HTTP_TOO_LARGE -> RetryAfter.of(incident).isPresent() ? Retry.LATER : Retry.NO;
            case HTTP_SERVER_ERROR -> isUnable(status(incident)) ? Retry.NO : Retry.YES;
        };
    }

    /** A proxy whose name does not exist is a misspelt setting, as it is with a target's name. */
    private static boolean isNameless(Optional<Incident> incident) {
        return incident.map(one -> one.failure().name())
                .filter(name -> name == FailureName.NAME_NOT_FOUND
                        || name == FailureName.NAME_NO_ADDRESS)
                .isPresent();
    }

    /** HTTP/2 can say that the load is too high, or that no repeat over it will do (RFC 9113 §7). */
    private static Retry ended(Optional<Incident> incident) {
        HttpFacts http = incident.map(one -> one.attempt().http()).orElse(null);
        Http2Facts http2 = http == null ? null : http.http2();
        Long code = http2 == null ? null : http2.code();
        if (code == null) {
            return Retry.YES;
        }
        return code == Http2Facts.ENHANCE_YOUR_CALM ? Retry.LATER
                : code == Http2Facts.HTTP_1_1_REQUIRED ? Retry.NO : Retry.YES;
    }

    /** The proxy reached for the target and got no answer: 502 to 504, or SOCKS 3 to 6 (RFC 1928 §6). */
    private static boolean isGatewayError(@Nullable Integer status) {
        return status != null && (status >= 502 && status <= 504 || status >= 3 && status <= 6);
    }

    /** Not implemented, version not supported, log in to the network first: the same answer every time. */
    private static boolean isUnable(@Nullable Integer status) {
        return status != null && (status == 501 || status == 505 || status == 511);
    }

    private static @Nullable Integer status(Optional<Incident> incident) {
        HttpFacts http = incident.map(one -> one.attempt().http()).orElse(null);
        return http == null ? null : http.status();
    }

    private static @Nullable Integer proxyStatus(Optional<Incident> incident) {
        return incident.map(one -> one.attempt().proxy())
                .map(proxy -> proxy.status())
                .orElse(status(incident));
    }

    private static int alert(Optional<Incident> incident) {
        return incident.map(one -> one.attempt().tls()).map(TlsFacts::alert).orElse(-1);
    }
}
