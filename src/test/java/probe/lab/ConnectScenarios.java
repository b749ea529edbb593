package probe.lab;

import static probe.lab.Place.CLIENT;
import static probe.lab.Place.ROUTER1;
import static probe.lab.Place.ROUTER2;
import static probe.lab.Place.SERVER;

import java.util.List;
import probe.advice.Advice.SafeFor;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;

/** Faults that keep a connection from being made. Nothing was sent in any of them: every repeat is safe. */
final class ConnectScenarios {
    private static final String PORT = "tcp dport 8000 ";
    private static final String TARGET = Service.HEALTHY.http();
    private static final String V6 = "http://[fd77:2::2]:8000/";
    /** Long enough for a silent neighbour to be given up (evidence, section 1: 3.05 to 3.10 s). */
    private static final String PATIENT = "--connect-timeout=3300ms";

    private ConnectScenarios() {}

    static List<Scenario> all() {
        return List.of(
                closed("closed-port", "http://10.77.2.2:7999/"),
                closed("closed-port-v6", "http://[fd77:2::2]:7999/"),
                closed("closed-port-tcp", "10.77.2.2:7999"),
                traced("closed-port-traced", "http://10.77.2.2:7999/")
                        .server(Locus.REMOTE_SERVICE)
                        .because(
                                "nobody listens, and the refusal comes from as far as the host is"),
                traced("closed-port-traced-v6", "http://[fd77:2::2]:7999/")
                        .server(Locus.REMOTE_SERVICE)
                        .because(
                                "nobody listens, and the refusal comes from as far as the host is"),
                traced("closed-port-traced-tcp", "10.77.2.2:7999")
                        .server(Locus.REMOTE_SERVICE)
                        .because(
                                "nobody listens, and the refusal comes from as far as the host is"),
                refusal("server-resets-syn", TARGET)
                        .filter(SERVER, "input " + PORT + "reject with tcp reset")
                        .server(Locus.REMOTE_SERVICE, Locus.REMOTE_HOST)
                        .undecidable()
                        .because(
                                "the server's firewall refuses; without counting hops a router's refusal looks the same"),
                traced("server-resets-syn-traced", TARGET)
                        .filter(SERVER, "input " + PORT + "reject with tcp reset")
                        .server(Locus.REMOTE_SERVICE, Locus.REMOTE_HOST)
                        .because("the server's firewall refuses, from as far as the host is"),
                traced("last-router-resets-syn-traced", TARGET)
                        .filter(ROUTER2, "forward " + PORT + "reject with tcp reset")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because(
                                "a router refuses in the server's name, from nearer than the host"),
                refusal("server-port-unreachable", TARGET)
                        .filter(SERVER, "input " + PORT + "reject with icmp type port-unreachable")
                        .server(Locus.REMOTE_HOST)
                        .because("the server itself says that its port is not to be had"),
                unreachable("server-prohibits", TARGET)
                        .filter(SERVER, "input " + PORT + "reject with icmp type admin-prohibited")
                        .server(Locus.REMOTE_HOST)
                        .because("the server's firewall forbids, in the server's name"),
                unreachable("server-host-prohibits", TARGET)
                        .filter(SERVER, "input " + PORT + "reject with icmp type host-prohibited")
                        .server(Locus.REMOTE_HOST)
                        .because("the server's firewall forbids, in the server's name"),
                refusal("last-router-resets-syn", TARGET)
                        .filter(ROUTER2, "forward " + PORT + "reject with tcp reset")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("a router between both refuses in the server's name"),
                refusal("last-router-port-unreachable", TARGET)
                        .filter(ROUTER2,
                                "forward " + PORT + "reject with icmp type port-unreachable")
                        .path(Locus.REMOTE_HOST)
                        .because("a router before the server refuses, and says who it is"),
                unreachable("last-router-prohibits", TARGET)
                        .filter(ROUTER2,
                                "forward " + PORT + "reject with icmp type admin-prohibited")
                        .path(Locus.REMOTE_HOST)
                        .because("a router before the server forbids, and says who it is"),
                refusal("gateway-resets-syn", TARGET)
                        .filter(ROUTER1, "forward " + PORT + "reject with tcp reset")
                        .client(Locus.LOCAL_NETWORK, Locus.PATH)
                        .undecidable()
                        .because(
                                "the own gateway refuses in the server's name; only its distance tells"),
                refusal("gateway-port-unreachable", TARGET)
                        .filter(ROUTER1,
                                "forward " + PORT + "reject with icmp type port-unreachable")
                        .client(Locus.LOCAL_NETWORK)
                        .because("the own gateway refuses, and says who it is"),
                unreachable("gateway-prohibits", TARGET)
                        .filter(ROUTER1,
                                "forward " + PORT + "reject with icmp type admin-prohibited")
                        .client(Locus.LOCAL_NETWORK)
                        .because("the own gateway forbids, and says who it is"),
                unreachable("gateway-host-unreachable", TARGET)
                        .at(ROUTER1, "ip route add unreachable 10.77.2.2/32")
                        .client(Locus.LOCAL_NETWORK, Locus.PATH)
                        .undecidable()
                        .because(
                                "the gateway has no way, which may be its fault or the net's beyond"),
                start("gateway-no-route", TARGET, Kind.NETWORK_UNREACHABLE)
                        .at(ROUTER1, "ip route del default")
                        .client(Locus.LOCAL_NETWORK, Locus.PATH)
                        .undecidable()
                        .because(
                                "the gateway has no route, which may be its fault or the net's beyond"),
                silence("gateway-drops", TARGET)
                        .filter(ROUTER1, "forward " + PORT + "drop")
                        .client(Locus.LOCAL_NETWORK, Locus.PATH)
                        .undecidable()
                        .because("a silent drop at the gateway looks like one further on"),
                silence("last-router-drops", TARGET)
                        .filter(ROUTER2, "forward " + PORT + "drop")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("a silent drop before the server looks like one by the server"),
                silence("last-router-drops-return", TARGET)
                        .filter(ROUTER2, "forward tcp sport 8000 drop")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("a lost answer looks like a lost question"),
                silence("server-drops", TARGET)
                        .filter(SERVER, "input " + PORT + "drop")
                        .server(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE, Locus.PATH)
                        .undecidable()
                        .because(
                                "the server's firewall drops; silence cannot be told from a drop before it"),
                silence("server-drops-v6", V6)
                        .filter(SERVER, "input " + PORT + "drop")
                        .server(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE, Locus.PATH)
                        .undecidable()
                        .because(
                                "the server's firewall drops; silence cannot be told from a drop before it"),
                silence("server-drops-all", TARGET)
                        .filter(SERVER, "input ip saddr 10.77.1.2 drop")
                        .server(Locus.REMOTE_HOST, Locus.PATH)
                        .undecidable()
                        .because("a host that answers nothing may as well be cut off"),
                Scenario.of("limit-below-round-trip", TARGET)
                        .delayed(250)
                        .with("--connect-timeout=300ms")
                        .kind(Kind.CONNECT_TIMEOUT)
                        .safeFor(SafeFor.ANY_METHOD)
                        .client(Locus.CONFIGURATION)
                        .undecidable()
                        .because(
                                "the limit is shorter than the way there and back, as it is for a busy host"),
                refusal("closed-port-far-traced", "http://10.77.2.2:7999/").delayed(50)
                        .with("--evidence=deep")
                        .server(Locus.REMOTE_SERVICE)
                        .because("nobody listens, 100 ms away, as far as the host is"),
                Scenario.of("first-syn-lost", TARGET)
                        .with("--connect-timeout=700ms")
                        .filter(ROUTER2, "forward " + PORT + "quota until 400 bytes drop")
                        .kind(Kind.CONNECT_TIMEOUT)
                        .safeFor(SafeFor.ANY_METHOD)
                        .path(Locus.REMOTE_HOST, Locus.CONFIGURATION)
                        .because("the first SYNs are lost, and the limit ends before their repeat"),
                Scenario.of("lossy-way", TARGET)
                        .with("--connect-timeout=300ms", "--attempts=12", "--interval=10ms")
                        .filter(ROUTER2, "forward " + PORT
                                + "tcp flags syn numgen random mod 100 < 60 drop")
                        .kind(Kind.CONNECT_TIMEOUT)
                        .safeFor(SafeFor.ANY_METHOD)
                        .path(Locus.REMOTE_HOST, Locus.CONFIGURATION)
                        .because("six of ten SYNs are lost on the way"),
                silence("full-queue", Service.FULL_QUEUE.http())
                        .server(Locus.REMOTE_SERVICE, Locus.REMOTE_HOST)
                        .undecidable()
                        .because("the service does not accept; its kernel drops what is too much"),
                silence("dead-host-short", "http://10.77.2.9/")
                        .server(Locus.REMOTE_HOST, Locus.PATH)
                        .undecidable()
                        .because("no such host behind the last router, which has not said so yet"),
                patient("dead-host-patient", "http://10.77.2.9/", Kind.HOST_UNREACHABLE)
                        .server(Locus.REMOTE_HOST, Locus.PATH)
                        .undecidable()
                        .because("the last router says that no such host answers"),
                silence("server-cable-out", TARGET)
                        .at(SERVER, "ip link set s0 down")
                        .server(Locus.REMOTE_HOST, Locus.PATH)
                        .undecidable()
                        .because("the server has lost its network; nobody says so in time"),
                silence("last-router-drops-v6", V6)
                        .filter(ROUTER2, "forward " + PORT + "drop")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("a silent drop before the server looks like one by the server"),
                unreachable("server-prohibits-v6", V6)
                        .orKind(Kind.BLOCKED_LOCALLY)
                        .filter(SERVER,
                                "input " + PORT + "reject with icmpv6 type admin-prohibited")
                        .server(Locus.REMOTE_HOST)
                        .because("the server's firewall forbids, in the server's name"),
                unreachable("gateway-prohibits-v6", V6)
                        .orKind(Kind.BLOCKED_LOCALLY)
                        .filter(ROUTER1,
                                "forward " + PORT + "reject with icmpv6 type admin-prohibited")
                        .client(Locus.LOCAL_NETWORK)
                        .because("the own gateway forbids, and says who it is"),
                silence("own-filter-drops-v6", V6)
                        .filter(CLIENT, "output " + PORT + "drop")
                        .client(Locus.LOCAL_HOST)
                        .because("the own firewall lets nothing out"),
                refusal("own-filter-resets-v6", V6)
                        .filter(CLIENT, "output " + PORT + "reject with tcp reset")
                        .client(Locus.LOCAL_HOST)
                        .because("the own firewall refuses in the server's name"),
                start("interface-down-v6", V6, Kind.NETWORK_UNREACHABLE)
                        .at(CLIENT, "ip link set c0 down")
                        .client(Locus.LOCAL_HOST)
                        .because("the only interface is switched off"),
                silence("wan-loses-everything", TARGET)
                        .filter(ROUTER2, "forward drop")
                        .path(Locus.REMOTE_HOST)
                        .because("nothing passes the last router"),
                silence("wan-cut", TARGET)
                        .at(ROUTER2, "ip link set q1 down")
                        .path(Locus.REMOTE_HOST, Locus.LOCAL_NETWORK)
                        .because("the line between the routers is cut"),
                silence("gateway-dead-short", TARGET)
                        .at(ROUTER1,
                                "ip addr flush dev r1; sysctl -qw net.ipv4.conf.r1.arp_ignore=8")
                        .client(Locus.LOCAL_NETWORK)
                        .because("the gateway does not answer ARP"),
                patient("gateway-dead-patient", TARGET, Kind.HOST_UNREACHABLE, Kind.CONNECT_TIMEOUT)
                        .at(ROUTER1,
                                "ip addr flush dev r1; sysctl -qw net.ipv4.conf.r1.arp_ignore=8")
                        .client(Locus.LOCAL_NETWORK)
                        .because("the gateway does not answer ARP"),
                start("gateway-cable-out", TARGET, Kind.CONNECT_TIMEOUT, Kind.HOST_UNREACHABLE)
                        .at(ROUTER1, "ip link set r1 down")
                        .client(Locus.LOCAL_HOST, Locus.LOCAL_NETWORK)
                        .because("no carrier on the only interface"),
                start("interface-down", TARGET, Kind.NETWORK_UNREACHABLE)
                        .at(CLIENT, "ip link set c0 down")
                        .client(Locus.LOCAL_HOST)
                        .because("the only interface is switched off"),
                start("no-default-route", TARGET, Kind.NETWORK_UNREACHABLE)
                        .at(CLIENT, "ip route del default")
                        .client(Locus.LOCAL_HOST)
                        .because("this machine knows no way out"),
                start("no-v6-route", V6, Kind.NETWORK_UNREACHABLE)
                        .at(CLIENT, "ip -6 route del default")
                        .client(Locus.LOCAL_HOST)
                        .because("this machine knows no way out over IPv6"),
                start("route-unreachable", TARGET, Kind.HOST_UNREACHABLE)
                        .at(CLIENT, "ip route add unreachable 10.77.2.0/24")
                        .client(Locus.LOCAL_HOST)
                        .because("a route of this machine says unreachable"),
                start("route-prohibit", TARGET, Kind.BLOCKED_LOCALLY)
                        .at(CLIENT, "ip route add prohibit 10.77.2.0/24")
                        .client(Locus.LOCAL_HOST)
                        .because("a route of this machine forbids"),
                start("route-blackhole", TARGET, Kind.NETWORK_UNREACHABLE, Kind.BLOCKED_LOCALLY,
                        Kind.HOST_UNREACHABLE)
                        .at(CLIENT, "ip route add blackhole 10.77.2.0/24")
                        .client(Locus.LOCAL_HOST)
                        .because("a route of this machine swallows"),
                silence("own-filter-drops", TARGET)
                        .filter(CLIENT, "output " + PORT + "drop")
                        .client(Locus.LOCAL_HOST)
                        .because("the own firewall lets nothing out"),
                silence("own-filter-drops-answer", TARGET)
                        .filter(CLIENT, "input tcp sport 8000 drop")
                        .client(Locus.LOCAL_HOST)
                        .because("the own firewall lets no answer in"),
                refusal("own-filter-resets", TARGET)
                        .filter(CLIENT, "output " + PORT + "reject with tcp reset")
                        .client(Locus.LOCAL_HOST)
                        .because("the own firewall refuses in the server's name"),
                refusal("own-filter-port-unreachable", TARGET)
                        .filter(CLIENT, "output " + PORT + "reject with icmp type port-unreachable")
                        .client(Locus.LOCAL_HOST)
                        .because("the own firewall refuses"),
                start("own-filter-prohibits", TARGET, Kind.HOST_UNREACHABLE, Kind.BLOCKED_LOCALLY)
                        .filter(CLIENT, "output " + PORT + "reject with icmp type admin-prohibited")
                        .client(Locus.LOCAL_HOST)
                        .because("the own firewall forbids"),
                start("on-link-nobody-short", "http://10.77.1.99/", Kind.CONNECT_TIMEOUT)
                        .path(Locus.LOCAL_NETWORK, Locus.REMOTE_HOST)
                        .because("a neighbour that is switched off, or a wrong address"),
                patient("on-link-nobody-patient", "http://10.77.1.99/", Kind.HOST_UNREACHABLE)
                        .path(Locus.LOCAL_NETWORK, Locus.REMOTE_HOST)
                        .because("a neighbour that is switched off, or a wrong address"),
                start("ports-used-up", TARGET, Kind.ADDRESS_UNAVAILABLE)
                        .at(CLIENT, "sysctl -qw net.ipv4.ip_local_port_range=\"40000 40000\""
                                + " net.ipv4.ip_local_reserved_ports=40000")
                        .client(Locus.LOCAL_HOST)
                        .because("no ephemeral port is left"));
    }

    private static Scenario.Builder start(String id, String target, Kind... kinds) {
        return limited(id, target, "--connect-timeout=1200ms", kinds);
    }

    private static Scenario.Builder patient(String id, String target, Kind... kinds) {
        return limited(id, target, PATIENT, kinds);
    }

    private static Scenario.Builder limited(String id, String target, String limit,
            Kind... kinds) {
        return Scenario.of(id, target).with(limit).kind(kinds).safeFor(SafeFor.ANY_METHOD);
    }

    private static Scenario.Builder refusal(String id, String target) {
        return start(id, target, Kind.REFUSED);
    }

    private static Scenario closed(String id, String target) {
        return refusal(id, target).server(Locus.REMOTE_SERVICE)
                .undecidable()
                .because(
                        "nobody listens; without counting hops a router's refusal looks the same");
    }

    /** With the hops of the answers counted. */
    private static Scenario.Builder traced(String id, String target) {
        return refusal(id, target).with("--evidence=deep");
    }

    private static Scenario.Builder unreachable(String id, String target) {
        return start(id, target, Kind.HOST_UNREACHABLE);
    }

    private static Scenario.Builder silence(String id, String target) {
        return start(id, target, Kind.CONNECT_TIMEOUT);
    }
}
