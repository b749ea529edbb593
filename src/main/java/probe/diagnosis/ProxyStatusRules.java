package probe.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import probe.attempt.HttpFacts;

/** What an intermediary says of itself and of what lies behind it, in the words of RFC 9209. */
final class ProxyStatusRules {
    /** The parameter {@code error} of a member (§2.1.1); the first in the list is the nearest to the origin (§2). */
    private static final Pattern ERROR = Pattern.compile("; *error=([a-z_]{1,40})");

    private ProxyStatusRules() {}

    /** The error type, of the intermediary nearest to the origin, or empty. */
    static Optional<String> error(@Nullable HttpFacts http) {
        if (http == null) {
            return Optional.empty();
        }
        Matcher found = ERROR.matcher(http.header("Proxy-Status").orElse(""));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /**
     * The error types of RFC 9209 §2.3. Where this client chose the proxy, the proxy's own troubles are on this side;
     * a gateway that nobody here has set stands before the service, and all its troubles are the service's.
     */
    static List<Finding> anIntermediarySaysWhatFailed(Incident incident) {
        Kind.Group group = incident.kind().group();
        String error = error(incident.attempt().http()).orElse("");
        if (error.isEmpty() || group != Kind.Group.PROXY && group != Kind.Group.HTTP) {
            return List.of();
        }
        return switch (error) {
            case "http_request_error", "http_request_denied", "destination_ip_prohibited" -> List
                    .of(Finding.points(Side.CLIENT, own(incident, Locus.CONFIGURATION),
                            "http", "proxy-status", error,
                            "An intermediary says that it turned this request down itself (Proxy-Status: "
                                    + error + ")."));
            case "dns_error", "dns_timeout", "destination_not_found" -> List.of(nameless(incident,
                    error));
            case "destination_unavailable", "connection_timeout",
                    "destination_ip_unroutable" -> List
                            .of(behind(incident, error, Locus.REMOTE_HOST));
            case "connection_refused", "connection_terminated", "connection_read_timeout",
                    "connection_write_timeout", "tls_protocol_error", "tls_certificate_error",
                    "tls_alert_received", "http_response_incomplete",
                    "http_response_header_section_size", "http_response_header_size",
                    "http_response_body_size", "http_response_trailer_section_size",
                    "http_response_trailer_size", "http_response_transfer_coding",
                    "http_response_content_coding", "http_response_timeout",
                    "http_upgrade_failed", "http_protocol_error" -> List
                            .of(behind(incident, error, Locus.REMOTE_SERVICE));
            case "connection_limit_reached", "proxy_internal_response", "proxy_internal_error",
                    "proxy_configuration_error", "proxy_loop_detected" -> List.of(Finding.points(
                            incident.isProxied() ? Side.CLIENT : Side.SERVER,
                            own(incident, Locus.REMOTE_SERVICE), "http", "proxy-status", error,
                            "An intermediary says that it failed itself (Proxy-Status: " + error
                                    + ")."));
            default -> List.of(); // registered later than this was written
        };
    }

    private static Locus own(Incident incident, Locus otherwise) {
        return incident.isProxied() ? Locus.PROXY : otherwise;
    }

    private static Finding behind(Incident incident, String error, Locus locus) {
        String text = "An intermediary says that what lies behind it failed (Proxy-Status: " + error
                + ").";
        return incident.isProxied()
                ? Finding.points(Side.SERVER, locus, "http", "proxy-status", error, text,
                        new Alternative(Side.CLIENT, Locus.PROXY,
                                "The proxy's own way to the target is broken.",
                                Remaining.settleWith(incident)))
                : Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "http", "proxy-status", error,
                        text);
    }

    /** A name that is wrong, and a resolver that is broken, look the same from behind a proxy. */
    private static Finding nameless(Incident incident, String error) {
        String text = "An intermediary could not resolve the name of what lies behind it (Proxy-Status: "
                + error + ").";
        return incident.isProxied()
                ? Finding.points(Side.CLIENT, Locus.CONFIGURATION, "http", "proxy-status", error,
                        text,
                        new Alternative(Side.CLIENT, Locus.PROXY, "The proxy's resolver is broken.",
                                Remaining.settleWith(incident)),
                        new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                                "The name servers of the zone fail.",
                                Remaining.settleWith(incident)))
                : Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "http", "proxy-status", error,
                        text);
    }
}
