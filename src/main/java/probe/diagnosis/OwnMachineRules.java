package probe.diagnosis;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.profile.Durations;
import probe.profile.Setting;
import probe.profile.TimeoutName;
import probe.target.HostPort;

/** What this machine says of itself. */
final class OwnMachineRules {
    /**
     * A connect that fails faster has asked nobody beyond the next hop: a refusal of the own kernel takes 0.3 ms, one
     * of the first router 0.4 ms, one of a router 10 ms away 20 ms (experiments of the connect phase, section 1).
     */
    static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration LATE = Duration.ofMillis(250);

    private OwnMachineRules() {}

    /** EMFILE and ENFILE count what this process and this kernel hold open; nobody else has a say in it. */
    static List<Finding> onlyThisMachineRunsOutOfItsDescriptors(Incident incident) {
        return incident.is(Kind.TOO_MANY_OPEN_FILES)
                ? List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "attempt", "errno",
                        "EMFILE",
                        "Only this machine can run out of its own file descriptors; nothing was sent."))
                : List.of();
    }

    /** EADDRNOTAVAIL and EADDRINUSE come before the first SYN: there was nothing to send it from. */
    static List<Finding> theLocalAddressIsChosenBeforeAnythingIsSent(Incident incident) {
        return incident.is(Kind.ADDRESS_UNAVAILABLE)
                ? List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "attempt", "errno",
                        "EADDRNOTAVAIL",
                        "The local address and port are chosen by this machine before anything is sent."))
                : List.of();
    }

    /**
     * EPERM and EACCES are local with IPv4: no ICMP code turns into them (Linux {@code icmp_err_convert}). With IPv6
     * a far firewall's "administratively prohibited" turns into EACCES ({@code net/ipv6/icmp.c}, RFC 4443 §3.1).
     */
    static List<Finding> onlyThisMachineForbidsWithIpv4(Incident incident) {
        if (!incident.is(Kind.BLOCKED_LOCALLY)) {
            return List.of();
        }
        if (!isIpv6(incident.attempt().address()) && incident.in(Phase.CONNECT)) {
            return List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "attempt", "errno",
                    "EACCES",
                    "With IPv4 only this machine's own rules and routes forbid in this way."));
        }
        Alternative firewall = new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                "A firewall before the host rejects with ICMPv6 \"administratively prohibited\".",
                Remaining.settleWith(incident));
        return incident.failure().elapsed().compareTo(AT_ONCE) < 0
                ? List.of(Finding.points(Side.CLIENT, Locus.LOCAL_HOST, "attempt", "errno",
                        "EACCES",
                        "It was forbidden at once, as this machine's own rules and routes do.",
                        firewall))
                : List.of(Finding.suggests(Side.CLIENT, Locus.LOCAL_HOST, "attempt", "errno",
                        "EACCES",
                        "This machine's own rules and routes forbid so, and with IPv6 a far firewall can too.",
                        firewall));
    }

    /** EINVAL from connect is a blackhole route or an impossible pair of addresses; no ICMP code turns into it. */
    static List<Finding> aBlackholeRouteIsInThisMachinesTable(Incident incident) {
        return incident.failure().name() == FailureName.INVALID_ROUTE && incident.in(Phase.CONNECT)
                ? List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "attempt", "errno",
                        "EINVAL",
                        "This machine's own route to the address discards everything, or cannot be used from"
                                + " the local address."))
                : List.of();
    }

    /**
     * ENETUNREACH and EHOSTUNREACH come from the own route table at once, and from routers and firewalls by ICMP
     * after a while. "At once" does not prove the own table: a gateway answers as fast (section 1.4), and so
     * does any host nearby. Where the sender of the ICMP error is known, the time has nothing to add.
     */
    static List<Finding> anUnreachableAtOnceIsSaidNearby(Incident incident) {
        FailureName name = incident.failure().name();
        boolean unreachable = name == FailureName.NETWORK_UNREACHABLE
                || name == FailureName.HOST_UNREACHABLE;
        if (!unreachable || !incident.in(Phase.CONNECT) || Observed.icmp(incident).isPresent()
                || incident.failure().elapsed().compareTo(AT_ONCE) >= 0) {
            return List.of();
        }
        return List.of(Finding.points(Side.CLIENT, Locus.LOCAL_HOST, "attempt", "failed-after-ms",
                Words.millis(incident.failure().elapsed()),
                "It was said within " + Words.spoken(incident.failure().elapsed())
                        + ": by this machine's own routes or firewall, or by the next hop.",
                new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                        "The gateway, or a firewall next to it, said so.",
                        "ip route get " + literal(incident.attempt().address()))));
    }

    /** The lease is over before any connection is used: what is empty is the client's own pool. */
    static List<Finding> thePoolIsTheClientsOwn(Incident incident) {
        return incident.is(Kind.CONNECTION_REQUEST_TIMEOUT)
                ? List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "attempt", "phase", "lease",
                        "Waiting for a pooled connection says nothing of the network: nothing was sent."))
                : List.of();
    }

    /** ECONNABORTED: this kernel ended the connection on somebody's order (section 3: {@code ss -K}). */
    static List<Finding> anAbortIsOrderedHere(Incident incident) {
        return incident.failure().name() == FailureName.ABORTED
                ? List.of(Finding.points(Side.CLIENT, Locus.LOCAL_HOST, "attempt", "aborted-in",
                        incident.failure().phase().id(),
                        "An abort, unlike a reset, is ordered on this machine."))
                : List.of();
    }

    /**
     * A timer that fires long after its time was itself kept waiting. It explains and does not blame: a blocking
     * socket hands over what came in the meantime all the same (section 6, 14).
     */
    static List<Finding> aLateTimerSaysThatThisMachineStalled(Incident incident) {
        TimeoutName name = incident.failure().limit();
        if (name == null || name == TimeoutName.SOCKET || name == TimeoutName.DEADLINE) {
            return List.of(); // A gap and a total: the phase may last longer, or less.
        }
        Duration limit = incident.limit(name)
                .map(Setting::value)
                .orElse(incident.failure().elapsed());
        Duration late = incident.failure().elapsed().minus(limit);
        if (late.compareTo(LATE) < 0 || late.compareTo(Durations.part(limit, 2)) < 0) {
            return List.of();
        }
        return List.of(Finding.note("attempt", "timer-late-ms", Words.millis(late),
                "The limit of " + Words.spoken(limit) + " was noticed " + Words.spoken(late)
                        + " late: this machine was stalled meanwhile.",
                new Alternative(Side.CLIENT, Locus.LOCAL_HOST,
                        "This machine was too busy to attend to the answer.",
                        "the load of this machine at that time (vmstat 1, cgroup cpu.stat)")));
    }

    private static boolean isIpv6(@Nullable String address) {
        return address != null && HostPort.isIpv6Literal(address);
    }

    private static String literal(@Nullable String address) {
        return address == null ? "ADDRESS" : address;
    }
}
