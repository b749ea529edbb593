package probe.evidence.collect;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.evidence.AnswerTtl;
import probe.evidence.ControlResult;
import probe.evidence.ControlResult.Control;
import probe.evidence.ControlResult.Outcome;
import probe.evidence.IcmpAnswer;
import probe.evidence.Observation;
import probe.target.AddressText;

/**
 * What costs more packets: where on the way a silent port is lost, and who sends a refusal.
 *
 * <p>Costs at most 60 packets: 40 for two traces, or 48 for two TTLs; never both. Needs the system calls.
 */
final class DeepLook {
    /** For a search of four rounds at the least. */
    private static final Duration LONGEST_ROUND_TRIP = Duration.ofMillis(250);

    private DeepLook() {}

    /** Looks at one address that failed. */
    static List<Observation> at(InetSocketAddress remote, List<Attempt> attempts,
            List<Observation> found, Duration left) {
        if (!PathTracer.isAvailable() || remote.getAddress().isLoopbackAddress()) {
            return List.of();
        }
        InetSocketAddress other = otherPort(remote, found);
        for (Attempt attempt : attempts) {
            Failure failure = attempt.failure();
            if (failure != null && failure.phase() == Phase.CONNECT
                    && attempt.port() == remote.getPort()
                    && Objects.equals(attempt.address(), AddressText.of(remote.getAddress()))) {
                return failure.name() == FailureName.REFUSED ? origin(remote, other, found)
                        : trace(remote, other, left);
            }
        }
        return List.of();
    }

    private static List<Observation> trace(InetSocketAddress remote, InetSocketAddress other,
            Duration left) {
        Duration wait = left.compareTo(PathTracer.WAIT) < 0 ? left : PathTracer.WAIT;
        return List.copyOf(new PathTracer().traceAll(List.of(remote, other), PathTracer.MAX_HOPS,
                wait));
    }

    /** A refusal by reset that was not measured before: an ICMP error names its sender by itself. */
    private static List<Observation> origin(InetSocketAddress remote, InetSocketAddress other,
            List<Observation> found) {
        boolean named = found.stream()
                .anyMatch(one -> one instanceof IcmpAnswer || one instanceof AnswerTtl);
        List<ControlResult> repeats = found.stream()
                .filter(ControlResult.class::isInstance)
                .map(ControlResult.class::cast)
                .filter(one -> one.control() == Control.REPEAT)
                .toList();
        if (named || repeats.isEmpty()) {
            return List.of();
        }
        Duration roundTrip = repeats.getFirst().duration();
        if (roundTrip.compareTo(LONGEST_ROUND_TRIP) > 0) {
            return List.of();
        }
        return List.copyOf(new ResetOrigin(Connector.system()).measure(List.of(remote, other),
                roundTrip));
    }

    /** A port of the same host that took a connection, else one that answered, else the one that most hosts refuse. */
    private static InetSocketAddress otherPort(InetSocketAddress remote, List<Observation> found) {
        List<ControlPlan> plans = Controls.otherPorts(remote);
        return plans.stream()
                .filter(plan -> ended(plan, Outcome.CONNECTED, found))
                .findFirst()
                .or(() -> plans.stream()
                        .filter(plan -> ended(plan, Outcome.REFUSED, found))
                        .findFirst())
                .orElse(plans.getFirst())
                .remote();
    }

    private static boolean ended(ControlPlan plan, Outcome outcome, List<Observation> found) {
        return found.stream()
                .anyMatch(one -> one instanceof ControlResult control
                        && control.control() == plan.control()
                        && control.target().equals(plan.name()) && control.outcome() == outcome);
    }
}
