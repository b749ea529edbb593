package probe.diagnosis;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import probe.attempt.Phase;
import probe.evidence.AnswerTtl;
import probe.evidence.ControlResult;
import probe.evidence.ControlResult.Control;
import probe.evidence.CounterChanges;
import probe.evidence.IcmpAnswer;
import probe.evidence.LateConnect;
import probe.evidence.LivenessCheck;
import probe.evidence.LocalListener;
import probe.evidence.NextHop;
import probe.evidence.PathTrace;
import probe.evidence.ResendCheck;
import probe.evidence.RouteFacts;
import probe.evidence.SequenceCheck;
import probe.evidence.SequenceCheck.Written;
import probe.evidence.SocketSnapshot;
import probe.evidence.TcpInfo;
import probe.evidence.TransmitTimes;

/** The observations that are about the address and port of an incident. */
final class Observed {
    private Observed() {}

    private static boolean isAbout(Incident incident, String address, int port) {
        return Objects.equals(incident.attempt().address(), address)
                && incident.attempt().port() == port;
    }

    static Optional<SocketSnapshot> snapshot(Incident incident) {
        return incident.facts()
                .observed(SocketSnapshot.class)
                .filter(one -> one.via() == incident.attempt().via()
                        && isAbout(incident, one.address(), one.port()))
                .findFirst();
    }

    static @Nullable TcpInfo info(Incident incident) {
        return snapshot(incident).map(SocketSnapshot::info).orElse(null);
    }

    static Optional<RouteFacts> route(Incident incident) {
        return incident.facts()
                .observed(RouteFacts.class)
                .filter(one -> one.destination().equals(incident.attempt().address()))
                .findFirst();
    }

    /** What is known of the machine that the packets of this attempt are handed to. */
    static Optional<NextHop> nextHop(Incident incident) {
        return route(incident).flatMap(route -> incident.facts()
                .observed(NextHop.class)
                .filter(hop -> hop.address()
                        .equals(route.gateway() == null ? route.destination()
                                : route.gateway()))
                .findFirst());
    }

    static Optional<IcmpAnswer> icmp(Incident incident) {
        return incident.facts()
                .observed(IcmpAnswer.class)
                .filter(one -> isAbout(incident, one.address(), one.port()))
                .findFirst();
    }

    static Optional<LateConnect> lateConnect(Incident incident) {
        return incident.facts()
                .observed(LateConnect.class)
                .filter(one -> isAbout(incident, one.address(), one.port()))
                .findFirst();
    }

    static Optional<LivenessCheck> liveness(Incident incident) {
        return incident.facts()
                .observed(LivenessCheck.class)
                .filter(one -> one.via() == incident.attempt().via()
                        && isAbout(incident, one.address(), one.port()))
                .findFirst();
    }

    static Optional<ResendCheck> resend(Incident incident) {
        return incident.facts()
                .observed(ResendCheck.class)
                .filter(one -> isAbout(incident, one.address(), one.port()))
                .findFirst();
    }

    static Optional<TransmitTimes> transmitted(Incident incident) {
        return incident.facts()
                .observed(TransmitTimes.class)
                .filter(one -> one.via() == incident.attempt().via()
                        && isAbout(incident, one.address(), one.port()))
                .findFirst();
    }

    /** What the far end has written beyond what came. */
    static Optional<Written> written(Incident incident) {
        return incident.facts()
                .observed(SequenceCheck.class)
                .filter(one -> one.via() == incident.attempt().via()
                        && isAbout(incident, one.address(), one.port()))
                .map(SequenceCheck::written)
                .findFirst();
    }

    /**
     * Whether nothing on this machine or at its edge can have taken the connection in the far host's place: the far
     * host is behind a gateway, and nobody answers for it within one hop (section 6, 13); or it is this machine.
     */
    static boolean isTheFarHost(Incident incident) {
        Optional<RouteFacts> route = route(incident);
        boolean behind = route.map(RouteFacts::gateway).isPresent();
        return behind ? controls(incident, Control.ONE_HOP).findFirst()
                .filter(one -> !one.outcome().answered())
                .isPresent()
                : route.filter(one -> one.kind() == RouteFacts.Kind.OWN).isPresent();
    }

    static Optional<LocalListener> listener(Incident incident) {
        return incident.facts()
                .observed(LocalListener.class)
                .filter(one -> isAbout(incident, one.address(), one.port()))
                .findFirst();
    }

    /** Counters that moved while this incident was failing: the longest watch, or that of a repeat. */
    static Stream<CounterChanges> counters(Incident incident) {
        return incident.facts().observed(CounterChanges.class);
    }

    static Stream<ControlResult> controls(Incident incident, Control control) {
        return incident.facts()
                .observed(ControlResult.class)
                .filter(one -> one.control() == control);
    }

    /** The trace to the port of the incident. */
    static Optional<PathTrace> trace(Incident incident) {
        return incident.facts()
                .observed(PathTrace.class)
                .filter(one -> isAbout(incident, one.address(), one.port()))
                .findFirst();
    }

    /** The trace to another port of the same host. */
    static Optional<PathTrace> otherTrace(Incident incident) {
        return incident.facts()
                .observed(PathTrace.class)
                .filter(one -> one.address().equals(incident.attempt().address())
                        && one.port() != incident.attempt().port())
                .findFirst();
    }

    static Optional<AnswerTtl> ttl(Incident incident) {
        return incident.facts()
                .observed(AnswerTtl.class)
                .filter(one -> isAbout(incident, one.address(), one.port()))
                .findFirst();
    }

    static Optional<AnswerTtl> otherTtl(Incident incident) {
        return incident.facts()
                .observed(AnswerTtl.class)
                .filter(one -> one.address().equals(incident.attempt().address())
                        && one.port() != incident.attempt().port())
                .findFirst();
    }

    /** Whether we waited for an answer in vain, on a connection that stands. */
    static boolean waitsInVain(Incident incident) {
        return incident.is(Kind.READ_TIMEOUT, Kind.TLS_TIMEOUT)
                || incident.is(Kind.DEADLINE_EXCEEDED) && incident.in(Phase.TLS,
                        Phase.RESPONSE_HEAD, Phase.RESPONSE_BODY, Phase.EXCHANGE);
    }

    /** Whether nothing at all came back for a handshake. */
    static boolean isSilentHandshake(Incident incident) {
        return incident.in(Phase.CONNECT) && incident.is(Kind.CONNECT_TIMEOUT,
                Kind.PROXY_CONNECT_TIMEOUT, Kind.DEADLINE_EXCEEDED);
    }

    /** When a kernel gives up on a silent neighbour: 3.05 to 3.10 s, its own or the last router's (section 1). */
    static boolean isNeighbourTime(Duration after) {
        return after.toMillis() >= 2_900 && after.toMillis() <= 3_300;
    }
}
