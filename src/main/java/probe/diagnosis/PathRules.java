package probe.diagnosis;

import java.util.List;
import java.util.Optional;
import probe.evidence.AnswerTtl;
import probe.evidence.PathTrace;

/** What a look along the way tells: where a silent port is lost, and whose a reset is. */
final class PathRules {
    /** The TTLs that hosts and routers begin with; such a packet has passed no router. */
    private static final List<Integer> INITIAL = List.of(64, 128, 255);

    private PathRules() {}

    /** Whether a packet that arrived so was sent on this link, or made here. */
    static boolean hasPassedNoRouter(int ttl) {
        return INITIAL.contains(ttl);
    }

    /** How many routers a packet has passed that arrives so, if its sender began with a usual number. */
    private static int routers(int ttl) {
        return INITIAL.stream().filter(initial -> initial >= ttl).findFirst().orElse(ttl) - ttl;
    }

    /**
     * Routers answer for another port of the host that do not answer for this one: it is dropped before them (section
     * 1.2: 5 of 5). At the last router before the host nothing can be told: that router's filter, the host's own and a
     * full accept queue look the same.
     */
    static List<Finding> theWayEndsForThisPortAlone(Incident incident) {
        Optional<PathTrace> trace = Observed.trace(incident)
                .filter(one -> one.host().isEmpty());
        Optional<PathTrace> other = Observed.otherTrace(incident);
        if (trace.isEmpty() || other.isEmpty() || !Observed.isSilentHandshake(incident)) {
            return List.of();
        }
        int last = trace.get().lastRouter().map(PathTrace.Hop::ttl).orElse(0);
        int beyond = other.get().lastRouter().map(PathTrace.Hop::ttl).orElse(0);
        if (beyond <= last) {
            return atTheLastRouter(incident, last, other.get());
        }
        String text = "Packets to this port get no farther than hop " + last + ", those to port "
                + other.get().port() + " get to hop " + beyond + ": ";
        return List.of(last <= 1
                ? Finding.points(Side.CLIENT, Locus.LOCAL_NETWORK, "trace", "last-hop", last,
                        text + "they are dropped at this side's own edge.",
                        new Alternative(Side.SERVER, Locus.PATH,
                                "The first router beyond the gateway drops them.",
                                Remaining.settleWith(incident)))
                : Finding.points(Side.SERVER, Locus.PATH, "trace", "last-hop", last,
                        text + "they are dropped on the way, before the host.",
                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                "The router there belongs to this side's own network.",
                                Remaining.settleWith(incident))));
    }

    private static List<Finding> atTheLastRouter(Incident incident, int last, PathTrace other) {
        int host = other.host().map(PathTrace.Hop::ttl).orElse(0);
        if (last == 0 || host != last + 1) {
            return List.of();
        }
        String text = "Packets to this port get as far as the last router before the host (hop "
                + last + ")";
        // With a single router between, it is this side's gateway as well.
        return List.of(last == 1
                ? Finding.note("trace", "last-hop", last, text + ", which is this side's gateway.")
                : Finding.points(Side.SERVER, Locus.REMOTE_HOST, "trace", "last-hop", last,
                        text + ": that router or the host itself drops them.",
                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                "The answers are dropped on their way back, on this side.",
                                Remaining.settleWith(incident))));
    }

    /**
     * The host's answers arrive with another TTL than the refusal: somebody else sent it (section 1.3: 5 of 5). With the
     * same TTL as an accepted connection of a host that is two routers away at least, no box at this side's edge sent
     * it, which is as far from here as it is: nearer ones show a higher TTL. Equal to another refusal, it proves little:
     * one box may refuse both.
     */
    static List<Finding> theResetHasNotComeFromTheHost(Incident incident) {
        Optional<AnswerTtl> own = Observed.ttl(incident)
                .filter(one -> one.answer() == AnswerTtl.Answer.RESET);
        Optional<AnswerTtl> other = Observed.otherTtl(incident);
        if (own.isEmpty() || other.isEmpty() || !incident.is(Kind.REFUSED, Kind.PROXY_REFUSED)) {
            return List.of();
        }
        int ttl = own.get().ttl();
        int hosts = other.get().ttl();
        if (ttl == hosts && other.get().answer() == AnswerTtl.Answer.SYN_ACK
                && routers(ttl) >= 2 && incident.is(Kind.REFUSED)) {
            return List.of(Finding.proves(Side.SERVER, Locus.REMOTE_SERVICE, "trace", "reset-ttl",
                    ttl,
                    "The refusal arrives with the same TTL as the connection that the host takes on port "
                            + other.get().port() + " (" + ttl + "): it comes from the host, "
                            + routers(ttl) + " routers away.",
                    new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                            "The host's own firewall refuses in its service's place.",
                            "nft list ruleset, ss -ltn on the host")));
        }
        if (ttl == hosts) {
            return List.of(Finding.note("trace", "reset-ttl", ttl,
                    "The refusal arrives with the same TTL as another answer of the host (" + ttl
                            + ")."));
        }
        String text = "The refusal arrives with TTL " + ttl + ", other answers of the host with "
                + hosts + ": something between refuses in its name";
        return List.of(hasPassedNoRouter(ttl)
                ? Finding.points(Side.CLIENT, Locus.LOCAL_NETWORK, "trace", "reset-ttl", ttl,
                        text + ", and no router lies between that and this machine.")
                : Finding.points(Side.SERVER, Locus.PATH, "trace", "reset-ttl", ttl, text + ".",
                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                "It is a firewall of this side's own network.",
                                Remaining.settleWith(incident))));
    }
}
