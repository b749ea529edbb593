package probe.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;
import probe.attempt.HttpFacts;

/** Signs in an answer that it passed a gateway: a cache, a balancer, an edge. */
final class Gateways {
    /** RFC 9110 §7.6.3 (Via), RFC 9209 (Proxy-Status), RFC 9211 (Cache-Status), and what the large edges add. */
    private static final List<String> HEADERS = List.of("Via", "Proxy-Status", "Cache-Status",
            "X-Cache", "CF-Ray",
            "X-Amz-Cf-Id", "X-Served-By", "X-Envoy-Upstream-Service-Time");
    /** What gateways call themselves in {@code Server}; a name that origins use as well, such as nginx, is no sign. */
    private static final List<String> SERVERS = List.of("cloudflare", "cloudfront", "akamaighost",
            "envoy", "awselb",
            "haproxy", "varnish", "squid", "traefik", "google frontend", "gws");

    private Gateways() {}

    /** Whether the answer passed a gateway, by its own signs. */
    static boolean stands(@Nullable HttpFacts http) {
        if (http == null) {
            return false;
        }
        String server = http.header("Server").orElse("").toLowerCase(Locale.ROOT);
        return HEADERS.stream().anyMatch(name -> http.header(name).isPresent())
                || SERVERS.stream().anyMatch(server::contains);
    }

    /** What the edges of one large network mean by their own statuses, said of the origin; else what all mean. */
    static String ofOrigin(int status) {
        return switch (status) {
            case 503 -> "cannot take requests now";
            case 504 -> "did not answer in time";
            case 520 -> "answered with something that is no answer";
            case 521 -> "refused the connection";
            case 522 -> "did not answer the connection attempt";
            case 523 -> "cannot be reached";
            case 524 -> "took the request and did not answer in time";
            case 525 -> "failed in the TLS handshake";
            case 526 -> "shows a certificate that is not valid";
            default -> "does not answer, or not properly";
        };
    }

    /** {@code  (Server: nginx, Via: 1.1 edge)}, or nothing. */
    static String spoken(@Nullable HttpFacts http) {
        if (http == null) {
            return "";
        }
        List<String> told = List.of("Server", "Via", "Proxy-Status")
                .stream()
                .map(name -> http.header(name).map(value -> name + ": " + cut(value)))
                .flatMap(Optional::stream)
                .toList();
        return told.isEmpty() ? "" : " (" + String.join(", ", told) + ")";
    }

    private static String cut(String value) {
        String safe = Excerpt.printable(value);
        return safe.length() <= 60 ? safe : safe.substring(0, 60) + "…";
    }
}
