package probe.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import probe.attempt.Phase;
import probe.evidence.ControlResult;
import probe.evidence.ControlResult.Control;
import probe.evidence.ControlResult.Outcome;
import probe.evidence.LateConnect;
import probe.evidence.LocalListener;
import probe.evidence.LocalListener.State;

/** What second connections, and a look at the own listeners, tell of the first. */
final class ControlRules {
    /** Later than this, a handshake was done with the second SYN: the first was lost. */
    private static final Duration FIRST_SYN = Duration.ofSeconds(1);

    private ControlRules() {}

    /**
     * The host and the way to it work; it is this port that stays silent: filtered, or its accept queue is full, which
     * no client can tell apart (section 1.6). An egress filter of this side can single out a port as well.
     */
    static List<Finding> anotherPortOfTheHostAnswers(Incident incident) {
        Optional<ControlResult> answer = Observed.controls(incident, Control.SAME_HOST_OTHER_PORT)
                .filter(one -> one.outcome().answered())
                .findFirst();
        if (answer.isEmpty() || !Observed.isSilentHandshake(incident)) {
            return List.of();
        }
        return List.of(Finding.points(Side.SERVER, Locus.REMOTE_HOST, "control",
                Control.SAME_HOST_OTHER_PORT.id(), answer.get().outcome().id(),
                "Another port of the same host (" + answer.get().target() + ") was "
                        + answer.get().outcome().id() + " in "
                        + Words.spoken(answer.get().duration())
                        + ": the host is up, and this port is filtered or its accept queue is full.",
                new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                        "A firewall on this side drops what goes to this port.",
                        Remaining.settleWith(incident))));
    }

    /** Everything of the host is silent, and a place named as good is not: this side's network works. */
    static List<Finding> onlyThisHostIsSilent(Incident incident) {
        List<ControlResult> ports = Observed.controls(incident, Control.SAME_HOST_OTHER_PORT)
                .toList();
        boolean silent = !ports.isEmpty()
                && ports.stream().noneMatch(one -> one.outcome().answered());
        Optional<ControlResult> good = Observed.controls(incident, Control.KNOWN_GOOD)
                .filter(one -> one.outcome() == Outcome.CONNECTED)
                .findFirst();
        if (good.isEmpty() || !silent || !Observed.isSilentHandshake(incident)) {
            return List.of();
        }
        return List.of(Finding.points(Side.SERVER, Locus.REMOTE_HOST, "control",
                Control.KNOWN_GOOD.id(), good.get().outcome().id(),
                good.get().target() + " took a connection in "
                        + Words.spoken(good.get().duration())
                        + " from here, and this host answers on no port.",
                new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                        "A route or a firewall on this side stops what goes to this host alone.",
                        Remaining.settleWith(incident))));
    }

    /** The gateway answers and the host does not: this side works as far as its own edge. */
    static List<Finding> theGatewayAnswersAndTheHostDoesNot(Incident incident) {
        Optional<ControlResult> gateway = Observed.controls(incident, Control.GATEWAY)
                .filter(one -> one.outcome().answered())
                .findFirst();
        return gateway.isPresent() && Observed.isSilentHandshake(incident)
                ? List.of(Finding.suggests(Side.SERVER, Locus.REMOTE_HOST, "control",
                        Control.GATEWAY.id(), gateway.get().outcome().id(),
                        "The gateway (" + gateway.get().target()
                                + ") answers: this side works as far as its own edge."))
                : List.of();
    }

    /** Places that are known to be good are out of reach too: the fault is on this side. */
    static List<Finding> knownGoodPlacesAreOutOfReachToo(Incident incident) {
        List<ControlResult> good = Observed.controls(incident, Control.KNOWN_GOOD).toList();
        boolean unreached = Observed.isSilentHandshake(incident) || incident.is(
                Kind.HOST_UNREACHABLE, Kind.NETWORK_UNREACHABLE, Kind.PROXY_UNREACHABLE);
        if (good.isEmpty() || !unreached
                || good.stream().anyMatch(one -> one.outcome().answered())) {
            return List.of();
        }
        return List.of(Finding.points(Side.CLIENT, Locus.LOCAL_NETWORK, "control",
                Control.KNOWN_GOOD.id(), good.getFirst().outcome().id(),
                good.getFirst().target()
                        + ", named as known to be good, is out of reach from here too ("
                        + good.getFirst().outcome().id() + ").",
                new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                        "Both places are down at once.", Remaining.settleWith(incident))));
    }

    /** The service answers at another of its addresses. */
    static List<Finding> anotherAddressOfTheNameAnswers(Incident incident) {
        return incident.in(Phase.CONNECT) && !incident.isProxied()
                ? Observed.controls(incident, Control.OTHER_ADDRESS)
                        .filter(one -> one.outcome() == Outcome.CONNECTED)
                        .findFirst()
                        .map(one -> List.of(Finding.points(Side.SERVER, Locus.REMOTE_HOST,
                                "control", Control.OTHER_ADDRESS.id(), one.outcome().id(),
                                "The same service took a connection at another address ("
                                        + one.target() + "): this one is out of service.")))
                        .orElse(List.of())
                : List.of();
    }

    /** It explains and does not blame: either side can lack one of the two families. */
    static List<Finding> theOtherFamilyAnswers(Incident incident) {
        return incident.in(Phase.CONNECT)
                ? Observed.controls(incident, Control.OTHER_FAMILY)
                        .filter(one -> one.outcome() == Outcome.CONNECTED)
                        .findFirst()
                        .map(one -> List.of(Finding.note("control", Control.OTHER_FAMILY.id(),
                                one.outcome().id(),
                                "The same name took a connection in the other address family ("
                                        + one.target() + ").")))
                        .orElse(List.of())
                : List.of();
    }

    /** Without the proxy the target takes connections: it is the proxy that fails. */
    static List<Finding> theTargetAnswersWithoutTheProxy(Incident incident) {
        return incident.kind().group() == Kind.Group.PROXY
                ? Observed.controls(incident, Control.TARGET_DIRECT)
                        .filter(one -> one.outcome() == Outcome.CONNECTED)
                        .findFirst()
                        .map(one -> List.of(Finding.points(Side.CLIENT, Locus.PROXY, "control",
                                Control.TARGET_DIRECT.id(), one.outcome().id(),
                                "The target took a connection without the proxy in "
                                        + Words.spoken(one.duration()) + ".")))
                        .orElse(List.of())
                : List.of();
    }

    /**
     * The handshake was done after our limit. With the first SYN, the limit is shorter than the way; with a later one,
     * packets are lost.
     */
    static List<Finding> theHandshakeWasDoneAfterTheLimit(Incident incident) {
        Optional<LateConnect> late = Observed.lateConnect(incident)
                .filter(one -> one.outcome() == Outcome.CONNECTED);
        if (late.isEmpty() || !Observed.isSilentHandshake(incident)) {
            return List.of();
        }
        double millis = Words.millis(late.get().since());
        String text = "Left alone, the handshake was done after "
                + Words.spoken(late.get().since());
        return List.of(late.get().since().compareTo(FIRST_SYN) < 0
                ? Finding.points(Side.CLIENT, Locus.CONFIGURATION, "kernel", "late-connect-ms",
                        millis,
                        text + " with its first SYN: the connect limit is shorter than that.",
                        new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                                "The host is slow to answer.", Remaining.settleWith(incident)))
                : Finding.points(Side.SERVER, Locus.PATH, "kernel", "late-connect-ms", millis,
                        text + ": the host is up, and earlier attempts (SYN) or their answers were lost.",
                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                "The packets are lost on this side.",
                                Remaining.settleWith(incident))));
    }

    /** A listener of this machine whose queue is full drops SYNs; only here can it be seen (section 1.6). */
    static List<Finding> theListenerHereDoesNotAccept(Incident incident) {
        Optional<LocalListener> full = listener(incident, State.FULL);
        return full.isPresent() && Observed.isSilentHandshake(incident)
                ? List.of(Finding.proves(Side.SERVER, Locus.REMOTE_SERVICE, "kernel",
                        "accept-queue", full.get().waiting(),
                        "The listener is on this machine and does not accept: "
                                + full.get().waiting() + " connections wait in a queue made for "
                                + full.get().backlog() + "."))
                : List.of();
    }

    /** Refused by an own address: nobody listens there, or a filter of this machine rejects. */
    static List<Finding> whoListensHere(Incident incident) {
        Optional<LocalListener> listener = Observed.listener(incident);
        if (listener.isEmpty() || !incident.is(Kind.REFUSED)) {
            return List.of();
        }
        String port = "port " + listener.get().port();
        return switch (listener.get().state()) {
            case ABSENT -> List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "kernel",
                    "listener", "absent", "No program of this machine listens on " + port + ".",
                    new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                            "The service listens on another port.", "ss -ltnp on this machine")));
            case OTHER_ADDRESS -> List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE,
                    "kernel", "listener", "other-address",
                    "A program of this machine listens on " + port
                            + ", and not at the address that was asked.",
                    new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                            "The service is meant to be asked at its other address.",
                            "ss -ltnp on this machine")));
            case LISTENING, FULL -> List.of(Finding.points(Side.CLIENT, Locus.LOCAL_HOST,
                    "kernel", "listener", listener.get().state().id(),
                    "A program of this machine listens on " + port
                            + ": a filter of this machine refuses in its place.",
                    new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                            "The program began to listen only after the refusal.",
                            "the same once more")));
        };
    }

    private static Optional<LocalListener> listener(Incident incident, State state) {
        return Observed.listener(incident).filter(one -> one.state() == state);
    }
}
