package probe.advice;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice.Backoff;
import probe.advice.Advice.Retry;
import probe.advice.Advice.SafeFor;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Incident;
import probe.diagnosis.Kind;
import probe.diagnosis.Series;
import probe.evidence.SynSchedule;
import probe.profile.Durations;

/** How to space repeats: from what the server asked for, the kernel's own schedule, or the round trip measured. */
final class BackoffRule {
    /** How long Linux keeps a closed connection's port ({@code TCP_TIMEWAIT_LEN}, net/tcp.h). */
    private static final Duration TIME_WAIT = Duration.ofSeconds(60);
    /** Before the first retransmission of a SYN, a new attempt only adds to the SYNs (RFC 6298 §2.1). */
    private static final Duration FIRST_RETRANSMISSION = Duration.ofSeconds(1);
    /** An overloaded service has more use for seconds than for milliseconds. */
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST_BOUND = Duration.ofSeconds(60);
    private static final Duration LEAST_BOUND = Duration.ofSeconds(10);

    private BackoffRule() {}

    /** The bound of the first pause, and where it comes from. */
    private record First(Duration bound, String source) {}

    /** The spacing for a fault, or null where a repeat does not help. */
    static @Nullable Backoff of(Diagnosis diagnosis, Optional<Incident> incident, Retry retry,
            SafeFor safe, Optional<Duration> retryAfter, @Nullable Series series) {
        int attempts = BackoffReason.attempts(series).orElse(retry == Retry.LATER ? 5 : 3);
        return switch (retry) {
            case NO -> null;
            case YES, LATER -> {
                First first = retryAfter.filter(Duration::isPositive)
                        .map(pause -> new First(pause, "what the server asked for"))
                        .orElseGet(() -> initial(diagnosis.kind(), incident, retry));
                Duration max = bound(first.bound);
                yield new Backoff(first.bound, 2, max, attempts, Backoff.BUDGET,
                        BackoffReason.because(first.bound, first.source, attempts, series),
                        BackoffReason.hides(diagnosis.kind()), RetryEquivalents.of(diagnosis,
                                incident, safe, first.bound, max, attempts));
            }
        };
    }

    private static Duration bound(Duration initial) {
        Duration bound = initial.compareTo(LONGEST_BOUND) > 0 ? initial
                : Durations.times(initial, 10);
        return min(max(bound, LEAST_BOUND), max(initial, LONGEST_BOUND));
    }

    private static First initial(Kind kind, Optional<Incident> incident, Retry retry) {
        if (kind == Kind.ADDRESS_UNAVAILABLE) {
            return new First(Durations.part(TIME_WAIT, 4),
                    "a quarter of the 60 s for which a closed connection keeps its port");
        }
        if (retry == Retry.LATER) {
            return new First(RECOVERY, "what an overloaded service needs at the least");
        }
        Duration connecting = incident
                .flatMap(one -> one.facts().observed(SynSchedule.class).findFirst())
                .filter(schedule -> schedule.instants().size() > 1)
                .map(schedule -> schedule.instants().get(1))
                .orElse(FIRST_RETRANSMISSION);
        boolean afterSilence = switch (kind.group()) {
            case NAME, MACHINE, CONNECTING, PROXY, CLOCK, HTTP, LAST_RESORT -> true;
            case TLS, WRITING, READING -> kind == Kind.READ_TIMEOUT || kind == Kind.TLS_TIMEOUT
                    || kind == Kind.WRITE_TIMEOUT;
        };
        First silent = new First(connecting, "when this kernel sends its second SYN");
        // Four round trips: two for a fresh connection, two for whatever ended this one to be over.
        return afterSilence ? silent
                : incident.flatMap(Incident::roundTrip)
                        .map(trip -> new First(
                                min(max(Durations.times(trip, 4), SHORTEST), connecting),
                                "four round trips of " + Durations.spoken(trip)
                                        + ", within 200 ms and the second SYN"))
                        .orElse(silent);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
