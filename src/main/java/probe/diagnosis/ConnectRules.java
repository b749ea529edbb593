package probe.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.PhaseTiming;
import probe.evidence.SynSchedule;
import probe.profile.Setting;
import probe.profile.TimeoutName;

/** What a connection attempt tells by its time and by the attempts beside it. */
final class ConnectRules {
    /** The first retransmission of a SYN where the kernel's schedule is not known (RFC 6298 §2.1). */
    private static final Duration FIRST_RETRANSMISSION = Duration.ofSeconds(1);
    /** An answer that took longer than this comes from beyond the own network, or from a very busy machine. */
    private static final Duration FAR = Duration.ofMillis(10);
    /** When a kernel gives up on a neighbour: 3.05 to 3.10 s, its own or the last router's (section 1). */
    private static final Duration NEIGHBOUR_FROM = Duration.ofSeconds(3);
    private static final Duration NEIGHBOUR_TO = Duration.ofMillis(3250);

    private ConnectRules() {}

    /** With one SYN only, one lost packet looks like a dead host. */
    static List<Finding> aLimitBelowOneRetransmissionHearsOneLostPacketAsSilence(
            Incident incident) {
        if (!incident.is(Kind.CONNECT_TIMEOUT)
                || incident.failure().limit() != TimeoutName.CONNECT) {
            return List.of();
        }
        Duration second = incident.facts()
                .observed(SynSchedule.class)
                .findFirst()
                .filter(schedule -> schedule.instants().size() > 1)
                .map(schedule -> schedule.instants().get(1))
                .orElse(FIRST_RETRANSMISSION);
        Duration limit = incident.limit(TimeoutName.CONNECT)
                .map(Setting::value)
                .orElse(incident.failure().elapsed());
        if (limit.compareTo(second) > 0) {
            return List.of();
        }
        return List.of(Finding.suggests(Side.CLIENT, Locus.CONFIGURATION, "settings",
                "connect-timeout-ms",
                Words.millis(limit),
                "The connect limit of " + Words.spoken(limit) + " ends before a lost SYN is sent"
                        + " again (after " + Words.spoken(second)
                        + "): one lost packet looks like a dead host."));
    }

    /** ETIMEDOUT without a limit of ours: all SYNs of the schedule went unanswered, which is no chance loss. */
    static List<Finding> theKernelItselfGaveUp(Incident incident) {
        return incident.is(Kind.CONNECT_TIMEOUT, Kind.PROXY_CONNECT_TIMEOUT)
                && incident.failure().limit() == null
                        ? List.of(Finding.note("attempt", "gave-up-after-ms",
                                Words.millis(incident.failure().elapsed()),
                                "The kernel sent every SYN it sends and gave up after "
                                        + Words.spoken(incident.failure().elapsed())
                                        + ": this was no chance loss."))
                        : List.of();
    }

    /** A second, independent connection to the same address and port in the same seconds. */
    static List<Finding> theRawSocketBesideIt(Incident incident) {
        if (incident.isProxied()) {
            return List.of();
        }
        return incident.rawBeside()
                .findFirst()
                .map(raw -> compared(incident, raw))
                .orElse(List.of());
    }

    private static List<Finding> compared(Incident incident, Attempt raw) {
        Failure failure = raw.failure();
        if (raw.reached(Phase.CONNECT)) {
            Duration took = raw.timing(Phase.CONNECT)
                    .map(PhaseTiming::duration)
                    .orElse(Duration.ZERO);
            String text = "A raw socket to the same address connected in " + Words.spoken(took);
            return incident.in(Phase.CONNECT)
                    && incident.is(Kind.CONNECT_TIMEOUT, Kind.REFUSED, Kind.CONNECT_RESET)
                            ? List.of(Finding.points(Side.SERVER, Locus.REMOTE_HOST, "attempt",
                                    "raw-socket-connect-ms",
                                    Words.millis(took),
                                    text + ": the host is up and does not take every connection.",
                                    new Alternative(Side.SERVER, Locus.PATH,
                                            "Packets are lost now and then on the way.",
                                            Remaining.settleWith(incident))))
                            : List.of(Finding.note("attempt", "raw-socket-connect-ms",
                                    Words.millis(took), text + "."));
        }
        if (failure == null || failure.phase() != incident.failure().phase()
                || failure.name() != incident.failure().name()) {
            return List.of();
        }
        return List.of(Finding.note("attempt", "raw-socket-failure", failure.name().id(),
                "A raw socket to the same address failed in the same way after "
                        + Words.spoken(failure.elapsed())
                        + "."));
    }

    /** On loopback there is no path, no gateway and no far firewall: nothing listens, or a local rule rejects. */
    static List<Finding> aRefusalOnLoopbackIsThisMachinesOwnService(Incident incident) {
        String host = incident.facts().target().host().toLowerCase(Locale.ROOT);
        String address = incident.attempt().address();
        if (!incident.is(Kind.REFUSED) || address == null || !Loopback.isLiteral(address)
                || !(Loopback.isLiteral(host) || Loopback.isLocalhost(host))) {
            return List.of();
        }
        return List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "attempt", "loopback",
                address,
                "The address is this machine itself, where no network lies between: no service listens on port "
                        + incident.attempt().port() + ".",
                new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                        "The service listens on another port or address.",
                        "ss -ltnp on this machine")));
    }

    /**
     * No packet is lost on loopback (RFC 1122 §3.2.1.3: it never leaves the host): a SYN without an answer means an
     * accept queue that is full (tcp_conn_request in net/ipv4/tcp_input.c drops it), or a filter of this machine.
     */
    static List<Finding> silenceOnLoopbackIsAFullQueueOrAnOwnFilter(Incident incident) {
        String address = incident.attempt().address();
        if (!incident.is(Kind.CONNECT_TIMEOUT) || address == null
                || !Loopback.isLiteral(address)) {
            return List.of();
        }
        return List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "attempt", "loopback",
                address,
                "The address is this machine itself, where no packet is lost: the service on port "
                        + incident.attempt().port()
                        + " does not take its connections (a full accept queue).",
                new Alternative(Side.CLIENT, Locus.LOCAL_HOST,
                        "A firewall of this machine drops the packets.",
                        "ss -ltn and nft list ruleset on this machine")));
    }

    /**
     * "No route to host" and "network is unreachable" that took a while were said by ICMP, from beyond this machine;
     * after 3 s it is a kernel, this one or the last router's, that has given up on a silent neighbour.
     */
    static List<Finding> anUnreachableThatTookAWhileIsSaidFurtherOff(Incident incident) {
        FailureName name = incident.failure().name();
        Duration elapsed = incident.failure().elapsed();
        if (!incident.in(Phase.CONNECT) || incident.isProxied() || elapsed.compareTo(FAR) < 0
                || name != FailureName.HOST_UNREACHABLE
                        && name != FailureName.NETWORK_UNREACHABLE) {
            return List.of();
        }
        double millis = Words.millis(elapsed);
        if (elapsed.compareTo(NEIGHBOUR_FROM) >= 0 && elapsed.compareTo(NEIGHBOUR_TO) <= 0) {
            return List.of(Finding.note("attempt", "failed-after-ms", millis, Words.spoken(elapsed)
                    + " is the time after which a kernel gives up on a neighbour that answers no ARP: this one on its"
                    + " own link, or the last router on the host's."));
        }
        String text = Words.spoken(elapsed)
                + " is too long for this machine's own routes: a router or firewall"
                + " further off has said so by ICMP.";
        return List.of(name == FailureName.HOST_UNREACHABLE
                ? Finding.suggests(Side.SERVER, Locus.REMOTE_HOST, "attempt", "failed-after-ms",
                        millis, text)
                : Finding.suggests(Side.SERVER, Locus.PATH, "attempt", "failed-after-ms", millis,
                        text));
    }

    /** What every failure after the TCP handshake rests on. */
    static List<Finding> theHandshakeProvesNameRouteAndPort(Incident incident) {
        if (!incident.attempt().reached(Phase.CONNECT)) {
            return List.of();
        }
        Duration took = incident.attempt()
                .timing(Phase.CONNECT)
                .map(PhaseTiming::duration)
                .orElse(Duration.ZERO);
        return List.of(Finding.note("attempt", "connect-ms", Words.millis(took),
                "The TCP handshake with " + (incident.isProxied() ? "the proxy " : "")
                        + Words.where(incident.attempt())
                        + " was done in " + Words.spoken(took) + "."));
    }
}
