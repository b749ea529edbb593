package probe.report;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.CertificateFault;
import probe.attempt.Excerpt;
import probe.attempt.Failure;
import probe.attempt.HttpFacts;
import probe.attempt.Phase;
import probe.attempt.Redirect;
import probe.attempt.TlsFacts;
import probe.profile.TimeoutName;

/**
 * What other tools call the same failure, so that their users and dashboards find it. A name that does not exist
 * there, or that would have to be guessed, is null.
 *
 * @param errno of POSIX, or the EAI code of getaddrinfo
 * @param curl exit code of curl (libcurl's error codes; each was seen from curl 7.88.1 on a server with that fault)
 * @param nel type of a Network Error Logging report (W3C, "Predefined network error types")
 * @param ooni failure string of OONI (specification df-007)
 * @param grpc status code of gRPC; for an HTTP status by gRPC's HTTP to gRPC status code mapping
 * @param k6 error code of k6 (lib/netext/httpext/error_codes.go)
 */
public record AlsoKnownAs(@Nullable String errno, @Nullable Integer curl, @Nullable String nel,
        @Nullable String ooni, @Nullable String grpc, @Nullable Integer k6) {
    private static final String UNAVAILABLE = "UNAVAILABLE";
    private static final String TIMEOUT = "generic_timeout_error";
    private static final String EOF = "eof_error";
    /** TLS alerts of RFC 8446 §6: handshake_failure, protocol_version, insufficient_security. */
    private static final List<Integer> VERSION_OR_CIPHER_ALERTS = List.of(40, 70, 71);
    private static final int CERTIFICATE_REQUIRED = 116;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] [1-9][0-9][0-9]");

    /** The names of an attempt's failure; phase, limit, status, alert and certificate faults tell them apart. */
    public static AlsoKnownAs of(Failure failure, Attempt attempt) {
        return switch (failure.name()) {
            case NAME_NOT_FOUND -> names("EAI_NONAME", unresolved(attempt), "dns.name_not_resolved",
                    "dns_nxdomain_error", 1101);
            case NAME_NO_ADDRESS -> names("EAI_NODATA", unresolved(attempt),
                    "dns.name_not_resolved", "dns_no_answer",
                    1101);
            case NAME_LOOKUP_FAILED -> names("EAI_AGAIN", unresolved(attempt), "dns.failed",
                    "dns_temporary_failure",
                    1100);
            case TIMED_OUT -> timedOut(failure);
            case REFUSED -> names("ECONNREFUSED", 7, "tcp.refused", "connection_refused", 1212);
            case RESET -> names("ECONNRESET", lost(failure.phase()), "tcp.reset",
                    "connection_reset", 1220);
            case BROKEN_PIPE -> names("EPIPE", 55, "tcp.reset", null, 1201);
            case CLOSED -> closed(failure.phase(), attempt.bytes().received());
            case HOST_UNREACHABLE -> names("EHOSTUNREACH", 7, "tcp.address_unreachable",
                    "host_unreachable", 1213);
            case NETWORK_UNREACHABLE -> names("ENETUNREACH", 7, "tcp.address_unreachable",
                    "network_unreachable", 1213);
            case ADDRESS_UNAVAILABLE -> names("EADDRNOTAVAIL", 7, null, "address_not_available",
                    1213);
            case PERMISSION_DENIED -> names(denied(failure), 7, null, "permission_denied", 1213);
            case INVALID_ROUTE -> names("EINVAL", 7, null, null, null);
            case TOO_MANY_OPEN_FILES -> new AlsoKnownAs("EMFILE", 7, null, null, null, null);
            case ABORTED -> names("ECONNABORTED", 56, "tcp.aborted", "connection_aborted", null);
            case TRUNCATED -> truncated(failure.phase());
            case MALFORMED -> malformed(failure.phase(), attempt.received());
            case MISMATCH -> new AlsoKnownAs(null, null, null, null, null, null);
            case STATUS -> status(attempt.http());
            // A chain that is refused for other reasons has no name in common with others.
            case REDIRECT -> isEndless(attempt.http())
                    ? new AlsoKnownAs(null, 47, "http.response.redirect_loop", null, "UNKNOWN",
                            null)
                    : new AlsoKnownAs(null, null, null, null, "UNKNOWN", null);
            case NOT_TLS -> names(null, 35, "tls.protocol.error", "ssl_failed_handshake", 1301);
            case TLS_ALERT -> alert(attempt.tls());
            case CERTIFICATE_REJECTED -> certificate(attempt.tls());
            case TLS_FAILED -> names(null, 35, "tls.failed", "ssl_failed_handshake", null);
            case PROXY_REFUSED -> names(null, proxyRefused(attempt), null, null, null);
            case STREAM_RESET -> names(null, 92, null, null, null);
            case GOING_AWAY -> names(null, 16, "http.protocol.error", null, null);
            case INTERRUPTED -> new AlsoKnownAs(null, 42, "abandoned", "interrupted", "CANCELLED",
                    1050);
            case UNKNOWN -> new AlsoKnownAs(null, null, "unknown", "unknown_failure", "UNKNOWN",
                    1000);
        };
    }

    /** With a proxy in between, the name that is looked up here is the proxy's. */
    private static int unresolved(Attempt attempt) {
        return attempt.proxy() == null ? 6 : 5;
    }

    /** With gRPC's name for everything that happens before or instead of an answer. */
    private static AlsoKnownAs names(@Nullable String errno, @Nullable Integer curl,
            @Nullable String nel,
            @Nullable String ooni, @Nullable Integer k6) {
        return new AlsoKnownAs(errno, curl, nel, ooni, UNAVAILABLE, k6);
    }

    /** OONI alone tells the kernel's own ETIMEDOUT from a limit that was set. */
    private static AlsoKnownAs timedOut(Failure failure) {
        if (failure.limit() == TimeoutName.DEADLINE) {
            return new AlsoKnownAs(null, 28, "abandoned", TIMEOUT, "DEADLINE_EXCEEDED", 1050);
        }
        if (failure.limit() == null) {
            return names("ETIMEDOUT", failure.phase() == Phase.CONNECT ? 28 : lost(failure.phase()),
                    "tcp.timed_out", "timed_out", failure.phase() == Phase.CONNECT ? 1211 : null);
        }
        return switch (failure.phase()) {
            case RESOLVE -> names(null, 28, "dns.unreachable", TIMEOUT, 1100);
            case LEASE -> new AlsoKnownAs(null, null, null, null, "RESOURCE_EXHAUSTED", null);
            case CONNECT -> names("ETIMEDOUT", 28, "tcp.timed_out", TIMEOUT, 1211);
            case PROXY -> names(null, 28, null, TIMEOUT, 1050);
            case TLS -> names(null, 28, "tls.failed", TIMEOUT, 1050);
            case REQUEST, RESPONSE_HEAD, EXCHANGE -> new AlsoKnownAs("EAGAIN", 28, null, TIMEOUT,
                    "DEADLINE_EXCEEDED", 1050);
            case RESPONSE_BODY -> new AlsoKnownAs("EAGAIN", 28, "abandoned", TIMEOUT,
                    "DEADLINE_EXCEEDED", 1050);
        };
    }

    /** curl's code for a connection lost in this phase: while connecting, in TLS, sending or receiving. */
    private static int lost(Phase phase) {
        return switch (phase) {
            case RESOLVE, LEASE, CONNECT -> 7;
            case TLS -> 35;
            case REQUEST -> 55;
            case PROXY, RESPONSE_HEAD, RESPONSE_BODY, EXCHANGE -> 56;
        };
    }

    private static AlsoKnownAs closed(Phase phase, long received) {
        return switch (phase) {
            case TLS -> names(null, 35, "tcp.closed", EOF, 1000);
            case REQUEST, RESPONSE_HEAD -> names(null, received == 0 ? 52 : null, "tcp.closed", EOF,
                    1000);
            case RESPONSE_BODY -> truncated(phase);
            case PROXY -> names(null, 56, "tcp.closed", EOF, null);
            case RESOLVE, LEASE, CONNECT, EXCHANGE -> names(null, null, "tcp.closed", EOF, null);
        };
    }

    /** A program sees EACCES as BindException and EPERM as plain SocketException (jdk: Net.c). */
    private static String denied(Failure failure) {
        return "java.net.BindException".equals(failure.exception()) ? "EACCES" : "EPERM";
    }

    private static AlsoKnownAs truncated(Phase phase) {
        return names(null, phase == Phase.RESPONSE_BODY ? 18 : null, "http.response.invalid", EOF,
                1000);
    }

    /**
     * What does not begin with a status line of HTTP/1 is HTTP/0.9 or another version to curl, which it does not
     * take: 1. A bad header after one is 8, a bad chunk 56.
     */
    private static AlsoKnownAs malformed(Phase phase, @Nullable Excerpt received) {
        Integer curl = switch (phase) {
            case RESPONSE_HEAD -> received != null
                    && STATUS_LINE.matcher(received.text()).lookingAt() ? 8 : 1;
            case RESPONSE_BODY -> 56;
            case RESOLVE, LEASE, CONNECT, PROXY, TLS, REQUEST, EXCHANGE -> null;
        };
        return new AlsoKnownAs(null, curl, "http.response.invalid", "http_request_failed",
                "UNKNOWN", null);
    }

    private static AlsoKnownAs status(@Nullable HttpFacts http) {
        int status = http == null || http.status() == null ? 0 : http.status();
        boolean error = status >= 400 && status <= 599;
        return new AlsoKnownAs(null, error ? 22 : null, error ? "http.error" : null, null,
                grpcOf(status),
                error ? 1000 + status : null);
    }

    /** What curl and browsers give up on alike: they know no loop, only too many redirects. */
    private static boolean isEndless(@Nullable HttpFacts http) {
        Redirect redirect = http == null ? null : http.redirect();
        return redirect != null && (redirect.outcome() == Redirect.Outcome.LOOP
                || redirect.outcome() == Redirect.Outcome.LIMIT);
    }

    /** gRPC's doc/http-grpc-status-mapping.md. */
    private static String grpcOf(int status) {
        return switch (status) {
            case 400 -> "INTERNAL";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "UNIMPLEMENTED";
            case 429, 502, 503, 504 -> UNAVAILABLE;
            default -> "UNKNOWN";
        };
    }

    private static AlsoKnownAs alert(@Nullable TlsFacts tls) {
        Integer alert = tls == null ? null : tls.alert();
        if (alert != null && alert == CERTIFICATE_REQUIRED) {
            return names(null, 98, "tls.bad_client_auth_cert", "ssl_failed_handshake", null);
        }
        boolean version = alert != null && VERSION_OR_CIPHER_ALERTS.contains(alert);
        return names(null, 35, version ? "tls.version_or_cipher_mismatch" : "tls.protocol.error",
                "ssl_failed_handshake", null);
    }

    /** Of several faults the one that Go, and with it OONI and k6, names: date, then name, then issuer. */
    private static AlsoKnownAs certificate(@Nullable TlsFacts tls) {
        List<CertificateFault> faults = tls == null ? List.of() : tls.faults();
        if (faults.contains(CertificateFault.EXPIRED)
                || faults.contains(CertificateFault.NOT_YET_VALID)) {
            return names(null, 60, "tls.cert.date_invalid", "ssl_invalid_certificate", 1000);
        }
        if (faults.contains(CertificateFault.NAME_MISMATCH)) {
            return names(null, 60, "tls.cert.name_invalid", "ssl_invalid_hostname", 1311);
        }
        if (faults.contains(CertificateFault.SELF_SIGNED)
                || faults.contains(CertificateFault.UNKNOWN_ISSUER)) {
            return names(null, 60, "tls.cert.authority_invalid", "ssl_unknown_authority", 1310);
        }
        return names(null, 60, "tls.cert.invalid", "ssl_invalid_certificate", 1000);
    }

    /** curl: 97 for a SOCKS proxy that says no, 56 for an HTTP proxy. */
    private static int proxyRefused(Attempt attempt) {
        return attempt.proxy() != null && attempt.proxy().proxy().startsWith("socks") ? 97 : 56;
    }
}
