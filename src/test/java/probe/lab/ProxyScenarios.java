package probe.lab;

import static probe.lab.Place.CLIENT;
import static probe.lab.Place.SERVER;

import java.util.List;
import probe.advice.Advice.SafeFor;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;

/** Faults of a proxy, which this side chose. */
final class ProxyScenarios {
    private ProxyScenarios() {}

    static List<Scenario> all() {
        return List.of(
                row("proxy-closed-port", 3999, Kind.PROXY_REFUSED).client(Locus.PROXY)
                        .because("nobody listens at the proxy's address"),
                row("proxy-dropped", 3128, Kind.PROXY_CONNECT_TIMEOUT)
                        .filter(SERVER, "input tcp dport 3128 drop")
                        .client(Locus.PROXY, Locus.LOCAL_NETWORK)
                        .because("the proxy does not answer"),
                row("proxy-kept-from", 3128, Kind.PROXY_CONNECT_TIMEOUT)
                        .filter(CLIENT, "output tcp dport 3128 drop")
                        .client(Locus.PROXY, Locus.LOCAL_HOST)
                        .because("the own firewall keeps this machine from its proxy"),
                row("proxy-no-route", 3128, Kind.PROXY_UNREACHABLE)
                        .at(CLIENT, "ip route del default")
                        .client(Locus.PROXY, Locus.LOCAL_HOST)
                        .because("this machine has no way to its proxy"),
                row("proxy-forbids", Service.PROXY_FORBIDS, Kind.PROXY_DENIED).client(Locus.PROXY)
                        .because("the proxy does not allow this target"),
                row("proxy-asks-password", Service.PROXY_ASKS_PASSWORD, Kind.PROXY_AUTH_REQUIRED)
                        .client(Locus.PROXY, Locus.CONFIGURATION)
                        .because("the proxy wants a password, and none was given"),
                row("proxy-mute", Service.PROXY_MUTE, Kind.READ_TIMEOUT)
                        .orKind(Kind.PROXY_CONNECT_TIMEOUT, Kind.PROXY_DENIED)
                        .client(Locus.PROXY)
                        .undecidable()
                        .because("silence after CONNECT: the proxy's, or its wait for the target"),
                row("proxy-resets", Service.PROXY_RESETS, Kind.RESET)
                        .orKind(Kind.PROXY_DENIED)
                        .client(Locus.PROXY)
                        .undecidable()
                        .because(
                                "the proxy resets at CONNECT, perhaps for what it found behind it"),
                Scenario.of("proxied-status-502", "http://good.test:8013/",
                        proxyOption(Service.PROXY.port()))
                        .kind(Kind.HTTP_BAD_GATEWAY)
                        .server(Locus.REMOTE_SERVICE)
                        .undecidable()
                        .because("the service behind the proxy answers 502, as the proxy might"),
                Scenario.of("proxy-refuses-origin", "http://good.test:7999/",
                        proxyOption(Service.PROXY.port()))
                        .kind(Kind.HTTP_BAD_GATEWAY)
                        .path(Locus.REMOTE_SERVICE, Locus.PROXY)
                        .because("the proxy finds nobody behind it"),
                row("proxied-mute", Service.PROXY_TUNNEL_MUTE, Kind.TLS_TIMEOUT)
                        .path(Locus.REMOTE_SERVICE, Locus.PROXY)
                        .because("the tunnel stands, and nothing comes through it"),
                Scenario.of("socks-refused", Service.HEALTHY.http(),
                        "--proxy=socks5://10.77.2.80:" + Service.SOCKS_REFUSED.port())
                        .kind(Kind.REFUSED, Kind.PROXY_DENIED)
                        .server(Locus.REMOTE_SERVICE)
                        .undecidable()
                        .because("the proxy says that the target refused"));
    }

    private static Scenario.Builder row(String id, Service proxy, Kind kind) {
        return row(id, proxy.port(), kind);
    }

    private static Scenario.Builder row(String id, int port, Kind kind) {
        return Scenario.of(id, "https://good.test:8443/", proxyOption(port))
                .with("--connect-timeout=1200ms")
                .kind(kind)
                .safeFor(SafeFor.ANY_METHOD);
    }

    private static String proxyOption(int port) {
        return "--proxy=http://10.77.2.80:" + port;
    }
}
