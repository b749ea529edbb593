package probe.diagnosis;

import java.util.List;
import probe.attempt.Phase;
import probe.evidence.HostsEntry;
import probe.evidence.NameServerAnswer.Outcome;

/** What the address that a name led to gives away, when the attempt on it failed. */
final class AddressRules {
    private AddressRules() {}

    /** The hosts file is believed before any name server: a stale entry sends every connection astray. */
    static List<Finding> anEntryInTheHostsFileOverridesTheNameServers(Incident incident) {
        String address = incident.attempt().address();
        return address == null || incident.isProxied() ? List.of()
                : incident.facts()
                        .observed(HostsEntry.class)
                        .filter(entry -> entry.addresses().contains(address))
                        .limit(1)
                        .map(entry -> hosts(incident, entry, address))
                        .toList();
    }

    private static Finding hosts(Incident incident, HostsEntry entry, String address) {
        List<String> answered = DnsAnswers.of(incident.facts())
                .aboutName(answer -> answer.outcome() == Outcome.ANSWERED)
                .flatMap(answer -> answer.addresses().stream())
                .distinct()
                .toList();
        if (answered.isEmpty() || answered.contains(address)) {
            return Finding.note("dns", "hosts-entry", address,
                    "The address " + address
                            + " is from this machine's hosts file, not from a name server.",
                    new Alternative(Side.CLIENT, Locus.LOCAL_HOST,
                            "The entry in the hosts file is out of date.",
                            "grep " + entry.name() + " /etc/hosts"));
        }
        return Finding.points(Side.CLIENT, Locus.LOCAL_HOST, "dns", "hosts-entry-overrides",
                answered,
                "This machine's hosts file says " + address + ", the name servers say "
                        + String.join(", ", answered) + ".",
                new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                        "The entry is there on purpose, and the service does not work.",
                        "probe --resolve " + entry.name() + ":" + incident.attempt().port() + ":"
                                + answered.getFirst() + " " + incident.facts().target().url()));
    }

    /** Addresses that no service on the public network has; see {@link AddressHint} for the ranges. */
    static List<Finding> anAddressThatCanHardlyBeTheServices(Incident incident) {
        String address = incident.attempt().address();
        return address == null || incident.isProxied() || !incident.in(Phase.CONNECT, Phase.TLS)
                ? List.of()
                : AddressHint.of(incident.facts().target().host(), address)
                        .map(hint -> List.of(finding(incident, hint,
                                "The name leads to " + address + ", which "
                                        + hint.meaning() + ".")))
                        .orElse(List.of());
    }

    private static Finding finding(Incident incident, AddressHint hint, String text) {
        return switch (hint) {
            case NAME_COLLISION -> Finding.proves(Side.CLIENT, Locus.CONFIGURATION, "dns",
                    "address-hint", hint.id(),
                    text);
            case BLOCK_PAGE -> Finding.suggests(Side.CLIENT, Locus.RESOLVER, "dns", "address-hint",
                    hint.id(), text);
            case DOCUMENTATION -> Finding.suggests(Side.SERVER, Locus.REMOTE_SERVICE, "dns",
                    "address-hint",
                    hint.id(), text);
            case PRIVATE, LINK_LOCAL -> Finding.note("dns", "address-hint", hint.id(), text,
                    new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                            "This machine is not inside the network of that address (VPN).",
                            Remaining.settleWith(incident)));
            // What these two mean for the verdict, the rules about names say.
            case UNSPECIFIED, LOOPBACK -> Finding.note("dns", "address-hint", hint.id(), text);
        };
    }
}
