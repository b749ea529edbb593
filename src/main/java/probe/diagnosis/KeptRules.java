package probe.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import probe.attempt.Bytes;
import probe.attempt.Conversation;
import probe.attempt.FailureName;
import probe.evidence.ControlResult;
import probe.evidence.ControlResult.Control;
import probe.evidence.ControlResult.Outcome;
import probe.target.HostPort;

/** Connections that had been kept, beside fresh ones. */
final class KeptRules {
    /** Nothing that keeps state forgets sooner: RFC 5382 asks translators for 2 h 4 min, and real ones have minutes. */
    private static final Duration SHORTEST_MEMORY = Duration.ofSeconds(1);

    private KeptRules() {}

    /** The beginning of a sentence about a connection that was kept. */
    static String kept(Conversation conversation) {
        Duration held = conversation.held();
        return (conversation.use() > 0
                ? "The connection had carried "
                        + Words.count(conversation.use(), "request", "requests")
                        + " before and was kept"
                : "The connection was kept")
                + (held == null ? "" : ", silent for " + Words.spoken(held));
    }

    /**
     * Nobody acknowledges what is sent on a connection that had been silent, and a fresh one to the same port stands at
     * once: what keeps state on the way has forgotten it (made with a router whose connection tracking drops what it
     * does not know, scenarios {@code idle-forgotten-*}). The host itself would have reset it.
     */
    static List<Finding> aConnectionThatNobodyAnswersOnWasForgotten(Incident incident) {
        Conversation conversation = incident.attempt().conversation();
        Duration held = conversation.held();
        if (held == null || held.compareTo(SHORTEST_MEMORY) < 0 || incident.isProxied()
                || !isUnanswered(incident)) {
            return List.of();
        }
        return fresh(incident).map(took -> List.of(forgotten(incident, took))).orElse(List.of());
    }

    private static Finding forgotten(Incident incident, Duration fresh) {
        return Finding.points(Side.CLIENT, Locus.CONFIGURATION, "control",
                KeptConnection.FRESH, Words.millis(fresh),
                kept(incident.attempt().conversation())
                        + ": not even a kernel answers on it, while a fresh connection to"
                        + " the same port stood in " + Words.spoken(fresh)
                        + ". Something on the way that keeps state (a firewall, an address"
                        + " translator, a balancer) has forgotten it: this client keeps idle"
                        + " connections longer than that.",
                new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                        "A firewall on this side forgets too soon.",
                        "the same with TCP keep-alive (TCP_KEEPIDLE) below that time, and from another network"),
                new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                        "The host was replaced meanwhile, and what stands before it drops what it does not know.",
                        "the uptime of the host"));
    }

    /** Whether a forgotten connection is what explains that nobody answers. */
    static boolean isForgotten(Incident incident) {
        return !aConnectionThatNobodyAnswersOnWasForgotten(incident).isEmpty();
    }

    private static boolean isUnanswered(Incident incident) {
        Bytes bytes = incident.attempt().bytes();
        Long acknowledged = bytes.acknowledged();
        boolean kernelGaveUp = incident.failure().name() == FailureName.TIMED_OUT
                && incident.failure().limit() == null;
        return incident.is(Kind.READ_TIMEOUT, Kind.WRITE_TIMEOUT)
                && (kernelGaveUp
                        || bytes.sent() > 0 && acknowledged != null && acknowledged == 0
                                && bytes.received() == 0);
    }

    /** How long a fresh connection to the same place took, that was made after this one had failed. */
    private static Optional<Duration> fresh(Incident incident) {
        String address = incident.attempt().address();
        if (address == null) {
            return Optional.empty();
        }
        String place = new HostPort(address, incident.attempt().port()).toString();
        return Observed.controls(incident, Control.REPEAT)
                .filter(one -> one.outcome() == Outcome.CONNECTED && one.target().equals(place))
                .map(ControlResult::duration)
                .findFirst();
    }
}
