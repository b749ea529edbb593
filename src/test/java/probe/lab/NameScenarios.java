package probe.lab;

import static probe.lab.Place.CLIENT;
import static probe.lab.Place.ROUTER1;
import static probe.lab.Place.ROUTER2;

import java.util.List;
import probe.advice.Advice.SafeFor;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;

/** Names that cannot be resolved. Nothing was sent in any of them: every repeat is safe. */
final class NameScenarios {
    private NameScenarios() {}

    static List<Scenario> all() {
        return List.of(
                row("name-unknown", "nowhere.test", Kind.DNS_NOT_FOUND, Service.DNS)
                        .client(Locus.CONFIGURATION)
                        .undecidable()
                        .because("the name does not exist: mistyped here, or taken away there"),
                row("name-without-address", "good.test", Kind.DNS_NO_ADDRESS,
                        Service.DNS_NO_ADDRESS)
                        .path(Locus.CONFIGURATION, Locus.REMOTE_SERVICE, Locus.RESOLVER)
                        .because(
                                "the name has no address: a wrong name, or a zone that lost its record"),
                row("zone-fails", "broken.test", Kind.DNS_SERVER_FAILURE, Service.DNS)
                        .server(Locus.REMOTE_SERVICE)
                        .undecidable()
                        .because(
                                "SERVFAIL for this name alone: its zone, or a name server that cannot reach it"),
                row("name-server-fails", "good.test", Kind.DNS_SERVER_FAILURE, Service.DNS_FAILS)
                        .client(Locus.RESOLVER)
                        .undecidable()
                        .because(
                                "SERVFAIL to everything, as from one for inside names with a broken zone"),
                row("name-server-refuses", "good.test", Kind.DNS_REFUSED, Service.DNS_REFUSES)
                        .client(Locus.RESOLVER)
                        .because("the name server does not serve this client"),
                row("name-server-silent", "good.test", Kind.DNS_TIMEOUT, Service.DNS_SILENT)
                        .client(Locus.RESOLVER)
                        .because("the name server is mute"),
                row("name-server-not-there", "good.test", Kind.DNS_UNREACHABLE,
                        Service.DNS_NOBODY)
                        .client(Locus.RESOLVER)
                        .because("nothing listens on port 53 of the name server"),
                row("first-of-two-silent", "nowhere.test", Kind.DNS_NOT_FOUND, Service.DNS_SILENT,
                        Service.DNS)
                        .client(Locus.CONFIGURATION)
                        .undecidable()
                        .because("the second name server says that the name does not exist"),
                row("zone-mute", "mute.test", Kind.DNS_TIMEOUT, Service.DNS)
                        .path(Locus.RESOLVER, Locus.REMOTE_SERVICE)
                        .because("silence for this name alone: its zone, or what is between"),
                row("questions-kept-in", "good.test", Kind.DNS_TIMEOUT, Service.DNS)
                        .orKind(Kind.DNS_UNREACHABLE, Kind.DNS_FAILED)
                        .filter(CLIENT, "output udp dport 53 drop")
                        .filter(CLIENT, "output tcp dport 53 drop")
                        .client(Locus.LOCAL_HOST, Locus.RESOLVER)
                        .because("the own firewall keeps the questions in"),
                row("questions-lost", "good.test", Kind.DNS_TIMEOUT, Service.DNS)
                        .filter(ROUTER1, "forward udp dport 53 drop")
                        .filter(ROUTER1, "forward tcp dport 53 drop")
                        .client(Locus.RESOLVER, Locus.LOCAL_NETWORK)
                        .because("the own gateway drops the questions"),
                row("no-name-server-route", "good.test", Kind.DNS_UNREACHABLE, Service.DNS)
                        .orKind(Kind.DNS_TIMEOUT, Kind.DNS_FAILED, Kind.NETWORK_UNREACHABLE)
                        .at(CLIENT, "ip route del default")
                        .client(Locus.LOCAL_HOST, Locus.RESOLVER, Locus.LOCAL_NETWORK)
                        .because("this machine has no way to its name server, nor to anything"),
                row("resolves-to-nowhere", "sink.test", Kind.DNS_BOGUS_ADDRESS, Service.DNS)
                        .client(Locus.RESOLVER)
                        .undecidable()
                        .because("0.0.0.0: a name server that filters, or a zone that says so"),
                row("resolves-to-dead-host", "dead.test", Kind.CONNECT_TIMEOUT, Service.DNS)
                        .server(Locus.REMOTE_HOST, Locus.PATH)
                        .undecidable()
                        .because("the name leads to a machine that is switched off"),
                row("resolves-then-dropped", "good.test", Kind.CONNECT_TIMEOUT, Service.DNS)
                        .filter(ROUTER2, "forward tcp dport 8000 drop")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("the name is found; the last router drops"));
    }

    private static Scenario.Builder row(String id, String name, Kind kind, Service... servers) {
        return Scenario.of(id, "http://" + name + ":8000/")
                .with("--connect-timeout=1200ms")
                .resolver(List.of(servers).stream().map(Service::nameServer).toArray(String[]::new))
                .kind(kind)
                .safeFor(SafeFor.ANY_METHOD);
    }
}
