package probe.diagnosis;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Excerpt;
import probe.attempt.HttpFacts;
import probe.attempt.Phase;
import probe.attempt.PhaseTiming;
import probe.attempt.ProxyFacts;
import probe.attempt.Via;
import probe.target.Scheme;

/** A proxy that fails does not blame the target, and the reverse. */
final class ProxyRules {
    private ProxyRules() {}

    /** Until the proxy has taken the connection, the target does not come into it. */
    static List<Finding> aProxyOutOfReachIsTheClients(Incident incident) {
        if (!incident.is(Kind.PROXY_CONNECT_TIMEOUT, Kind.PROXY_REFUSED, Kind.PROXY_UNREACHABLE)
                || incident.in(Phase.PROXY)) {
            return List.of();
        }
        return List.of(Finding.proves(Side.CLIENT, Locus.PROXY, "proxy", "proxy", name(incident),
                "The connection ended at the proxy" + origin(incident)
                        + "; the target was never asked."));
    }

    /** A proxy says nothing while it waits for the target itself: silence after CONNECT has two explanations. */
    static List<Finding> aProxySilentAfterConnectMayBeWaitingItself(Incident incident) {
        return incident.is(Kind.PROXY_CONNECT_TIMEOUT) && incident.in(Phase.PROXY)
                ? List.of(Finding.suggests(Side.CLIENT, Locus.PROXY, "proxy", "proxy",
                        name(incident),
                        "The proxy took the connection and did not answer the request to connect onwards.",
                        new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                                "The target does not answer the proxy, which waits longer than this client.",
                                Remaining.settleWith(incident))))
                : List.of();
    }

    /** 407 (RFC 9110 §15.5.8), SOCKS 0xFF (RFC 1928 §3): the proxy speaks of its own client. */
    static List<Finding> aProxyThatAsksForALoginMeansItsOwnClient(Incident incident) {
        return incident.is(Kind.PROXY_AUTH_REQUIRED)
                ? List.of(Finding.proves(Side.CLIENT, Locus.PROXY, "proxy", "proxy", name(incident),
                        "The proxy asks its own client for a login" + origin(incident)
                                + "; the target was never asked."))
                : List.of();
    }

    /** What the proxy answered in place of a tunnel; RFC 9110 §9.3.6 and §15, RFC 1928 §6. */
    static List<Finding> whatAProxySaysInPlaceOfATunnel(Incident incident) {
        if (!incident.is(Kind.PROXY_DENIED)) {
            return List.of();
        }
        Integer status = status(incident);
        String value = status == null ? "unknown" : status.toString();
        return List.of(switch (status == null ? 0 : status) {
            // Forbidden; SOCKS: not allowed by ruleset.
            case 403, 2 -> Finding.proves(Side.CLIENT, Locus.PROXY, "proxy", "proxy-status", value,
                    "The proxy forbids this target (" + value + "); the target was never asked.");
            // SOCKS: connection refused. The proxy passes on what the target said.
            case 5 -> Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "proxy", "proxy-status",
                    value,
                    "The proxy reports that the target refused its connection.");
            // Bad gateway, unavailable, gateway timeout; SOCKS: network or host unreachable, TTL expired.
            case 502, 503, 504, 3, 4, 6 -> Finding.suggests(Side.SERVER, Locus.REMOTE_HOST, "proxy",
                    "proxy-status",
                    value, "The proxy reports that it could not reach the target (" + value
                            + "), which can be the proxy's own trouble: its resolver, its network.",
                    new Alternative(Side.CLIENT, Locus.PROXY,
                            "The proxy cannot resolve or reach anything itself.",
                            Remaining.settleWith(incident)));
            default -> Finding.points(Side.CLIENT, Locus.PROXY, "proxy", "proxy-status", value,
                    "The proxy itself turned the request down (" + value + ").");
        });
    }

    /** What goes wrong while the proxy is asked, goes wrong with the proxy. */
    static List<Finding> aProxyThatHangsUpIsTheOneThatFailed(Incident incident) {
        if (!incident.in(Phase.PROXY) || incident.kind().group() == Kind.Group.PROXY
                || incident.kind().group() == Kind.Group.MACHINE) {
            return List.of();
        }
        return List.of(Finding.points(Side.CLIENT, Locus.PROXY, "proxy", "proxy", name(incident),
                "This happened while the proxy was asked to connect onwards.",
                new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                        "The proxy hangs up because the target does not answer it.",
                        Remaining.settleWith(incident))));
    }

    /** The target takes connections that do not come through the proxy. */
    static List<Finding> aTargetThatTakesDirectConnectionsIsUp(Incident incident) {
        if (!incident.isProxied() || incident.kind().group() == Kind.Group.MACHINE) {
            return List.of();
        }
        Optional<Attempt> direct = incident.others()
                .filter(other -> other.via() == Via.SOCKET && other.proxy() == null
                        && other.reached(Phase.CONNECT)
                        && other.port() == incident.facts().target().port())
                .findFirst();
        if (direct.isEmpty()) {
            return List.of();
        }
        Duration took = direct.get()
                .timing(Phase.CONNECT)
                .map(PhaseTiming::duration)
                .orElse(Duration.ZERO);
        String text = "Without the proxy, " + Words.where(direct.get()) + " took a connection in "
                + Words.spoken(took) + ".";
        return List.of(incident.kind().group() == Kind.Group.PROXY
                ? Finding.points(Side.CLIENT, Locus.PROXY, "attempt", "direct-connect-ms",
                        Words.millis(took), text)
                : Finding.note("attempt", "direct-connect-ms", Words.millis(took), text));
    }

    /** TCP ends at the proxy: what acknowledged, closed or reset there says nothing of the target's kernel. */
    static List<Finding> behindAProxyTcpSpeaksOfTheProxy(Incident incident) {
        Kind.Group group = incident.kind().group();
        boolean talking = group == Kind.Group.WRITING || group == Kind.Group.READING
                || group == Kind.Group.TLS
                || group == Kind.Group.CLOCK;
        if (!incident.isProxied() || !talking
                || incident.in(Phase.PROXY, Phase.CONNECT, Phase.RESOLVE)) {
            return List.of();
        }
        return List.of(Finding.note("proxy", "proxy", name(incident),
                "The connection ends at the proxy: it may be the proxy that was silent or hung up.",
                new Alternative(Side.CLIENT, Locus.PROXY,
                        "The proxy delays or ends the connection.",
                        Remaining.settleWith(incident))));
    }

    /** Without a tunnel a proxy's own error looks like the target's (RFC 9110 §7.6.3: Via tells who passed it on). */
    static List<Finding> aPlainProxyAnswersInTheTargetsPlace(Incident incident) {
        HttpFacts http = incident.attempt().http();
        if (!isPlain(incident) || http == null || http.status() == null || http.status() < 500
                || ProxyStatusRules.error(http).isPresent()) {
            return List.of();
        }
        Alternative own = new Alternative(Side.CLIENT, Locus.PROXY,
                "The answer is the proxy's own.",
                Remaining.settleWith(incident));
        int status = http.status();
        List<String> hops = hops(http);
        if (hops.size() > 1) { // each that passes an answer on adds itself at the end
            return List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "http", "via", hops,
                    "The answer passed " + hops.size() + " gateways (Via: "
                            + String.join(", ", hops)
                            + "): status " + status + " comes from behind the nearest of them.",
                    own));
        }
        return List.of(status >= 502 && status <= 504
                ? Finding.suggests(Side.SERVER, Locus.REMOTE_HOST, "http", "status", status,
                        "The answer came through a proxy, whose own " + status
                                + " would look the same: either way, what it asked behind it did not answer, or not properly.",
                        own)
                : Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "http", "status", status,
                        "Status " + status + " is more often a service's than a proxy's.", own));
    }

    /** Who passed the answer on, the nearest to the origin first. */
    private static List<String> hops(HttpFacts http) {
        return http.header("Via")
                .map(via -> Arrays.stream(via.split(",", -1))
                        .map(String::strip)
                        .filter(hop -> !hop.isEmpty())
                        .map(Excerpt::printable)
                        .toList())
                .orElse(List.of());
    }

    /** Whether the request was handed to a proxy in the clear, without a tunnel. */
    static boolean isPlain(Incident incident) {
        ProxyFacts proxy = incident.attempt().proxy();
        return proxy != null && incident.facts().target().scheme() == Scheme.HTTP
                && proxy.proxy().startsWith("http");
    }

    private static @Nullable Integer status(Incident incident) {
        ProxyFacts proxy = incident.attempt().proxy();
        HttpFacts http = incident.attempt().http();
        if (proxy != null && proxy.status() != null) {
            return proxy.status();
        }
        return http != null && http.answeredBy() == HttpFacts.AnsweredBy.PROXY ? http.status()
                : null;
    }

    private static String name(Incident incident) {
        ProxyFacts proxy = incident.attempt().proxy();
        return proxy == null ? "unknown" : proxy.proxy();
    }

    private static String origin(Incident incident) {
        ProxyFacts proxy = incident.attempt().proxy();
        return proxy == null ? "" : " (set by " + proxy.from() + ")";
    }
}
