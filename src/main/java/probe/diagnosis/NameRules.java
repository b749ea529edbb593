package probe.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import probe.target.HostPort;

/** What the name itself gives away, before any name server is asked about its answer. */
final class NameRules {
    /** Never in the public name space: RFC 6761, RFC 7686. */
    private static final List<String> NOWHERE = List.of("invalid", "test", "example", "onion");
    /** Only inside a network of their own: RFC 6762 §3, RFC 8375, and .internal, which ICANN has reserved. */
    private static final List<String> INSIDE = List.of("local", "home.arpa", "internal",
            "localdomain", "lan");

    private NameRules() {}

    /** A name without a dot exists only together with the search list of the machine that asks. */
    static List<Finding> aBareNameNeedsThisMachinesSearchList(Incident incident) {
        String host = incident.facts().target().host();
        return incident.is(Kind.DNS_NOT_FOUND, Kind.DNS_NO_ADDRESS) && !host.contains(".")
                && !HostPort.isIpv6Literal(host)
                        ? List.of(Finding.points(Side.CLIENT, Locus.CONFIGURATION, "settings",
                                "name-without-domain",
                                host,
                                "A name without a domain is completed by this machine's own search list and"
                                        + " hosts file."))
                        : List.of();
    }

    /** Names under these ends are not asked of the public name servers, or always denied by them. */
    static List<Finding> aReservedNameIsNotInThePublicNameSpace(Incident incident) {
        if (!incident.is(Kind.DNS_NOT_FOUND)) {
            return List.of();
        }
        String host = incident.facts().target().host().toLowerCase(Locale.ROOT);
        Optional<String> nowhere = NOWHERE.stream()
                .filter(end -> host.endsWith("." + end))
                .findFirst();
        if (nowhere.isPresent()) {
            return List.of(Finding.points(Side.CLIENT, Locus.CONFIGURATION, "settings",
                    "reserved-name",
                    nowhere.get(),
                    "Names under ." + nowhere.get() + " are reserved and never exist in public."));
        }
        return INSIDE.stream()
                .filter(end -> host.endsWith("." + end))
                .findFirst()
                .map(end -> List.of(Finding.points(Side.CLIENT, Locus.RESOLVER, "settings",
                        "reserved-name", end,
                        "Names under ." + end
                                + " exist only inside a network of their own: this machine's resolver"
                                + " is not one that knows it.")))
                .orElse(List.of());
    }

    /** 0.0.0.0 and :: are what block lists answer; a zone's operators can have entered them too. */
    static List<Finding> nobodyServesFromTheUnspecifiedAddress(Incident incident) {
        return incident.is(Kind.DNS_BOGUS_ADDRESS)
                ? List.of(Finding.points(Side.CLIENT, Locus.RESOLVER, "dns", "address",
                        String.valueOf(incident.attempt().address()),
                        "Block lists and hosts files answer so for names that they suppress."))
                : List.of();
    }

    /**
     * A name that leads to this machine and was not asked for as such: the own name (Debian's 127.0.1.1), a service
     * meant to run here, a leftover in the hosts file, or a block list.
     */
    static List<Finding> aNameThatLeadsBackHereIsThisMachinesEntry(Incident incident) {
        String host = incident.facts().target().host().toLowerCase(Locale.ROOT);
        String address = incident.attempt().address();
        if (!incident.is(Kind.REFUSED, Kind.CONNECT_TIMEOUT) || address == null
                || incident.isProxied()
                || !Loopback.isLiteral(address) || Loopback.isLiteral(host)
                || Loopback.isLocalhost(host)) {
            return List.of();
        }
        return List.of(Finding.suggests(Side.CLIENT, Locus.RESOLVER, "dns", "address", address,
                "The name " + host
                        + " leads back to this machine, as entries in the hosts file and block lists make"
                        + " it do.",
                new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                        "The service is meant to run on this machine and does not.",
                        "getent hosts " + host + ", and ss -ltn on this machine")));
    }
}
