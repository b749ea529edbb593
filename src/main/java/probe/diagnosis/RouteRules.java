package probe.diagnosis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.evidence.NextHop;
import probe.evidence.NextHop.Role;
import probe.evidence.OwnLimits;
import probe.evidence.RouteFacts;
import probe.evidence.RouteFacts.Link;
import probe.evidence.TcpInfo;

/** What this machine's routes, link and neighbour table tell of the first step towards the target. */
final class RouteRules {
    /** The error numbers with which a route ends a connect, and how they reach the attempt (section 1). */
    private static final Map<Integer, FailureName> BY_ERRNO = Map.of(
            101, FailureName.NETWORK_UNREACHABLE, 113, FailureName.HOST_UNREACHABLE,
            13, FailureName.PERMISSION_DENIED, 22, FailureName.INVALID_ROUTE);

    private RouteRules() {}

    /** RTM_GETROUTE fails with the very number that the connect failed with: nothing was sent (section 6, 2). */
    static List<Finding> theOwnRouteTableSaysTheSame(Incident incident) {
        Optional<RouteFacts> route = Observed.route(incident);
        return incident.in(Phase.CONNECT)
                && route.filter(one -> incident.failure().name() == BY_ERRNO.get(one.errno()))
                        .isPresent()
                                ? List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "kernel",
                                        "route-errno", route.get().errno(),
                                        "This machine's own route table has no usable route to "
                                                + route.get().destination()
                                                + ": the connection failed before anything was"
                                                + " sent."))
                                : List.of();
    }

    /**
     * The connection stood, so there was a route; now RTM_GETROUTE fails: this machine's address, link or route went
     * away, and nothing it sends gets out (section 2, local faults).
     */
    static List<Finding> aRouteThatIsGoneSinceCarriesNothing(Incident incident) {
        return Observed.route(incident)
                .filter(one -> one.errno() != 0 && Observed.waitsInVain(incident))
                .map(one -> List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "kernel",
                        "route-gone", one.errno(),
                        "This machine had a route to " + one.destination()
                                + " when it connected and has none any more.")))
                .orElse(List.of());
    }

    /** No carrier: nothing leaves this machine by that interface (section 1, cable out). */
    static List<Finding> aLinkWithoutCarrierCarriesNothing(Incident incident) {
        Link link = Observed.route(incident).map(RouteFacts::link).orElse(Link.UNKNOWN);
        boolean dead = link == Link.NO_CARRIER || link == Link.DOWN;
        if (!dead || !isUnanswered(incident)) {
            return List.of();
        }
        return List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_NETWORK, "kernel", "link", link.id(),
                "The interface that packets to this address leave by is "
                        + (link == Link.DOWN ? "switched off." : "up and has no carrier.")));
    }

    /**
     * The gateway does not answer ARP (or neighbour discovery). With segments that never left the host's queue it is
     * proved (section 6, 3); an entry alone can be a moment's.
     */
    static List<Finding> aGatewayThatAnswersNoArpIsDown(Incident incident) {
        Optional<NextHop> hop = Observed.nextHop(incident)
                .filter(one -> one.state().isSilent()
                        && one.role() == Role.GATEWAY);
        if (hop.isEmpty() || !isUnanswered(incident)) {
            return List.of();
        }
        String text = "The gateway " + hop.get().address() + " does not answer on the link ("
                + hop.get().state().id() + " in the neighbour table)";
        return List.of(neverLeft(incident)
                ? Finding.proves(Side.CLIENT, Locus.LOCAL_NETWORK, "kernel", "next-hop",
                        hop.get().state().id(),
                        text + ", and what was sent again never left this machine.")
                : Finding.points(Side.CLIENT, Locus.LOCAL_NETWORK, "kernel", "next-hop",
                        hop.get().state().id(), text + "."));
    }

    /** A target on the own link that answers no ARP: it is down, or has another address, or this link is cut. */
    static List<Finding> aTargetOnTheLinkThatAnswersNoArpIsDown(Incident incident) {
        Optional<NextHop> hop = Observed.nextHop(incident)
                .filter(one -> one.state().isSilent()
                        && one.role() == Role.TARGET);
        if (hop.isEmpty() || !isUnanswered(incident)) {
            return List.of();
        }
        return List.of(Finding.points(Side.SERVER, Locus.REMOTE_HOST, "kernel", "next-hop",
                hop.get().state().id(),
                "The host is on this machine's own link and does not answer there ("
                        + hop.get().state().id() + " in the neighbour table).",
                new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                        "This machine's own link is cut, or in another VLAN.",
                        "ip neigh show, and probe another host of the same link")));
    }

    /** The timer fired and nothing was retransmitted: the first copy still waits in the host's queue (section 6, 3). */
    static List<Finding> aSegmentThatNeverLeftTheHost(Incident incident) {
        boolean told = Observed.nextHop(incident)
                .filter(hop -> hop.state().isSilent())
                .isPresent();
        if (told || !neverLeft(incident) || !isUnanswered(incident)) {
            return List.of();
        }
        TcpInfo info = Observed.info(incident);
        return List.of(Finding.points(Side.CLIENT, Locus.LOCAL_NETWORK, "kernel",
                "retransmits-not-sent", info == null ? 0
                        : info.retransmits() - info.totalRetransmits(),
                "The kernel wanted to send again and could not: the first copy had not left this machine."));
    }

    /** The numbers behind EMFILE and EADDRNOTAVAIL. */
    static List<Finding> theOwnLimitsInNumbers(Incident incident) {
        Optional<OwnLimits> limits = incident.facts().observed(OwnLimits.class).findFirst();
        if (limits.isEmpty()) {
            return List.of();
        }
        OwnLimits own = limits.get();
        if (incident.is(Kind.TOO_MANY_OPEN_FILES) && own.openFilesLimit() != null) {
            return List.of(Finding.note("kernel", "open-files-limit", own.openFilesLimit(),
                    "This process may have " + own.openFilesLimit() + " files open"
                            + (own.openFiles() == null ? "."
                                    : " and had " + own.openFiles() + " soon after.")));
        }
        return incident.is(Kind.ADDRESS_UNAVAILABLE) && own.portsInUse() != null
                ? List.of(Finding.note("kernel", "local-ports-in-use", own.portsInUse(),
                        own.portsInUse() + " of the " + own.portsInRange()
                                + " ephemeral ports of this machine are in use."))
                : List.of();
    }

    private static boolean neverLeft(Incident incident) {
        TcpInfo info = Observed.info(incident);
        return info != null && info.totalRetransmits() < info.retransmits();
    }

    /** Nothing came back, or the kernel said that nothing can. */
    private static boolean isUnanswered(Incident incident) {
        return Observed.isSilentHandshake(incident) || Observed.waitsInVain(incident)
                || incident.is(Kind.HOST_UNREACHABLE, Kind.PROXY_UNREACHABLE);
    }
}
