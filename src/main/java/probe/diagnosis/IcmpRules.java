package probe.diagnosis;

import java.util.List;
import java.util.Optional;
import probe.evidence.IcmpAnswer;
import probe.evidence.IcmpAnswer.Place;
import probe.evidence.IcmpMessage;
import probe.evidence.IcmpMessage.Meaning;
import probe.evidence.NextHop;
import probe.evidence.NextHop.Role;
import probe.evidence.NextHop.State;

/** What an ICMP error tells by its sender; the socket's error queue names it (section 6, 1). */
final class IcmpRules {
    private IcmpRules() {}

    /** From an own address, and not about a silent neighbour: this machine's own filter rejects (section 1: 5 of 5). */
    static List<Finding> anIcmpErrorFromAnOwnAddressIsTheOwnFilters(Incident incident) {
        return from(incident, Place.OWN)
                .filter(icmp -> !isGivenUp(incident, icmp))
                .map(icmp -> List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "kernel",
                        OwnFilter.REJECTS, icmp.message().sender(),
                        "The refusal (" + icmp.message().meaning().id()
                                + ") was sent from this machine's own address "
                                + icmp.message().sender() + ": its own filter rejects.")))
                .orElse(List.of());
    }

    /** A silent next hop, and an error from an own address: this kernel gave up on it (section 1, 3.05 s). */
    static List<Finding> theOwnKernelGaveUpOnTheNextHop(Incident incident) {
        Optional<IcmpAnswer> icmp = from(incident, Place.OWN)
                .filter(one -> isGivenUp(incident, one));
        if (icmp.isEmpty()) {
            return List.of();
        }
        Role role = Observed.nextHop(incident).map(NextHop::role).orElse(Role.GATEWAY);
        String text = "This machine's kernel gave up after " + Words.spoken(icmp.get().after())
                + ": ";
        return List.of(role == Role.GATEWAY
                ? Finding.proves(Side.CLIENT, Locus.LOCAL_NETWORK, "kernel", OwnFilter.REJECTS,
                        icmp.get().message().sender(),
                        text + "the gateway does not answer on the link.")
                : Finding.points(Side.SERVER, Locus.REMOTE_HOST, "kernel", OwnFilter.REJECTS,
                        icmp.get().message().sender(),
                        text + "the host, on the same link, does not answer there.",
                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                "This machine's own link is cut, or in another VLAN.",
                                "ip neigh show, and probe another host of the same link")));
    }

    /**
     * The gateway belongs to this side. That it forbids, or has no route, is to be mended here; that it finds no such
     * host takes it three seconds, and then the host stands right behind it.
     */
    static List<Finding> theGatewayItselfSaysNo(Incident incident) {
        Optional<IcmpAnswer> found = from(incident, Place.NEXT_HOP);
        if (found.isEmpty()) {
            return List.of();
        }
        IcmpAnswer icmp = found.get();
        String said = "The gateway " + icmp.message().sender() + " answered for it ("
                + icmp.message().meaning().id() + " after " + Words.spoken(icmp.after()) + ")";
        if (icmp.message().meaning() == Meaning.HOST_UNREACHABLE
                && Observed.isNeighbourTime(icmp.after())) {
            return List
                    .of(Finding.points(Side.SERVER, Locus.REMOTE_HOST, "kernel", OwnFilter.REJECTS,
                            icmp.message().sender(),
                            said + ": the host, on the network behind it, does not answer there."));
        }
        Meaning meaning = icmp.message().meaning();
        if (meaning == Meaning.PROHIBITED || meaning == Meaning.PORT_UNREACHABLE) {
            return List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_NETWORK, "kernel",
                    OwnFilter.REJECTS,
                    icmp.message().sender(), said + ": its filter forbids the connection."));
        }
        return List.of(Finding.points(Side.CLIENT, Locus.LOCAL_NETWORK, "kernel", OwnFilter.REJECTS,
                icmp.message().sender(), said + ": it has no route, or does not find the host.",
                new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                        "The gateway was told by the far network that the host is gone.",
                        "probe --evidence deep " + incident.facts().target().hostPort()
                                + ", and the gateway's routes and rules")));
    }

    /** A router further on: at the time of a dead neighbour it is the host's own last hop, else it is the path. */
    static List<Finding> aRouterFurtherOnSaysNo(Incident incident) {
        Optional<IcmpAnswer> found = from(incident, Place.ON_THE_WAY);
        if (found.isEmpty()) {
            return List.of();
        }
        IcmpAnswer icmp = found.get();
        String said = icmp.message().sender() + ", beyond the gateway, answered for it ("
                + icmp.message().meaning().id() + " after " + Words.spoken(icmp.after()) + ")";
        return List.of(icmp.message().meaning() == Meaning.HOST_UNREACHABLE
                && Observed.isNeighbourTime(icmp.after())
                        ? Finding.points(Side.SERVER, Locus.REMOTE_HOST, "kernel",
                                OwnFilter.REJECTS,
                                icmp.message().sender(),
                                said + ": the host does not answer on its own network.")
                        : Finding.points(Side.SERVER, Locus.PATH, "kernel", OwnFilter.REJECTS,
                                icmp.message().sender(), said + ".",
                                new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                        "It is a router or firewall of this side's own network.",
                                        "who owns " + icmp.message().sender()
                                                + "? (whois, probe trace)")));
    }

    /**
     * A closed TCP port is refused with a reset; an ICMP error in the host's name is a filter's. A router's filter speaks
     * in its own name (net/ipv4/icmp.c, icmp_route_lookup: an own address unless the packet was for this host), so it is
     * the host's own; unless an address translator speaks for it, and the nearest of those, this side's gateway, is told
     * by a TTL that has passed no router (section 1.3).
     */
    static List<Finding> anIcmpErrorFromTheHostIsItsFilters(Incident incident) {
        Optional<IcmpAnswer> found = from(incident, Place.TARGET)
                .filter(icmp -> icmp.message().meaning() != Meaning.TTL_EXCEEDED
                        && icmp.message().meaning() != Meaning.TOO_BIG);
        if (found.isEmpty()) {
            return List.of();
        }
        IcmpMessage icmp = found.get().message();
        String text = "The host itself answered with an ICMP error (" + icmp.meaning().id()
                + "): its filter rejects this port.";
        Alternative translator = new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                "An address translator on this side speaks in the host's name.",
                Remaining.settleWith(incident));
        return List.of(icmp.ttl() != null && !PathRules.hasPassedNoRouter(icmp.ttl())
                ? Finding.proves(Side.SERVER, Locus.REMOTE_HOST, "kernel", OwnFilter.REJECTS,
                        icmp.sender(), text)
                : Finding.points(Side.SERVER, Locus.REMOTE_HOST, "kernel", OwnFilter.REJECTS,
                        icmp.sender(), text, translator));
    }

    /**
     * Whether a host-unreachable of this machine's own tells of its neighbour. A connection that joins others in the
     * wait for the neighbour shares their end, and hears of it in less than three seconds: then the neighbour's entry
     * says so.
     */
    private static boolean isGivenUp(Incident incident, IcmpAnswer icmp) {
        return icmp.message().meaning() == Meaning.HOST_UNREACHABLE
                && (Observed.isNeighbourTime(icmp.after()) || Observed.nextHop(incident)
                        .filter(hop -> hop.state() == State.INCOMPLETE
                                || hop.state() == State.FAILED)
                        .isPresent());
    }

    private static Optional<IcmpAnswer> from(Incident incident, Place place) {
        return Observed.icmp(incident).filter(icmp -> icmp.place() == place);
    }
}
