package probe.diagnosis;

import java.time.Duration;
import java.util.List;
import probe.attempt.Attempt;
import probe.attempt.Phase;
import probe.attempt.PhaseTiming;
import probe.evidence.SynSchedule;

/** How many SYNs, or their answers, were lost before a handshake was done: by the instant at which it was done. */
final class SynLoss {
    /** Where the kernel's schedule is not known: the first retransmissions of a SYN (RFC 6298 §2.1). */
    private static final List<Duration> USUAL_INSTANTS = List.of(Duration.ZERO,
            Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(7));
    /** How long after a retransmission its answer can come: it is sent up to 3 % late, and then a round trip. */
    private static final double LATENESS = 1.03;
    /** Nor does it always take its whole nominal time: 1.004 to 1.032 s were measured for the first (section 1.5). */
    private static final double EARLINESS = 0.975;
    private static final Duration LONGEST_ROUND_TRIP = Duration.ofMillis(400);

    private SynLoss() {}

    /** When SYNs are sent: what was read of this kernel, or what is usual. */
    static List<Duration> instants(Facts facts) {
        return facts.observed(SynSchedule.class)
                .findFirst()
                .map(SynSchedule::instants)
                .filter(known -> known.size() > 1)
                .orElse(USUAL_INSTANTS);
    }

    /** How many were lost before this attempt's handshake was done; 0 when none was, or when it never was. */
    static int before(Attempt attempt, List<Duration> instants) {
        Duration took = attempt.reached(Phase.CONNECT)
                ? attempt.timing(Phase.CONNECT).map(PhaseTiming::duration).orElse(Duration.ZERO)
                : Duration.ZERO;
        if (instants.size() > 1 && took.compareTo(earliest(instants.get(1))) < 0) {
            return 0;
        }
        for (int lost = instants.size() - 1; lost > 0; lost--) {
            Duration instant = instants.get(lost);
            Duration latest = Duration.ofNanos((long) (instant.toNanos() * LATENESS))
                    .plus(LONGEST_ROUND_TRIP);
            if (took.compareTo(earliest(instant)) >= 0 && took.compareTo(latest) <= 0) {
                return lost;
            }
        }
        return 0;
    }

    private static Duration earliest(Duration instant) {
        return Duration.ofNanos((long) (instant.toNanos() * EARLINESS));
    }
}
