package probe.advice;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import probe.attempt.Attempt;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;

/**
 * What attempts measured, as far as limits follow from it.
 *
 * @param attempts all of them
 * @param instants when this kernel sends the SYNs of one connect, the first at zero
 */
public record Measured(List<Attempt> attempts, List<Duration> instants) {
    /** Linux before 6.5, and what any kernel does at the least (RFC 6298 §2.1): where the schedule is not known. */
    private static final List<Duration> USUAL_INSTANTS = Stream.of(0, 1, 3, 7, 15, 31, 63)
            .map(Duration::ofSeconds)
            .toList();
    /** A handshake that took longer has had a SYN sent twice: it no longer measures the round trip. */
    private static final Duration LONGEST_ROUND_TRIP = Duration.ofMillis(950);

    /** With the schedule of every kernel where this one's is not known. */
    public Measured {
        attempts = List.copyOf(attempts);
        instants = instants.size() > 1 ? List.copyOf(instants) : USUAL_INSTANTS;
    }

    /** The shortest handshake that needed no second SYN: one round trip, and a little. */
    public Optional<Duration> roundTrip() {
        return times(Phase.CONNECT).filter(time -> time.compareTo(LONGEST_ROUND_TRIP) < 0)
                .min(Comparator.naturalOrder());
    }

    /** How often a phase did what it is for. */
    public int count(Phase phase) {
        return (int) times(phase).count();
    }

    /** The longest that a phase took where it did what it is for. */
    public Optional<Duration> longest(Phase phase) {
        return times(phase).max(Comparator.naturalOrder());
    }

    /** The longest wait for a byte of an answer that then came: the first of it, or the next. */
    public Optional<Duration> longestWait() {
        return waits().max(Comparator.naturalOrder());
    }

    /** How many answers those waits are of. */
    public int answers() {
        return (int) waits().count();
    }

    private Stream<Duration> waits() {
        return attempts.stream()
                .map(attempt -> attempt.conversation().longestWait())
                .filter(Objects::nonNull);
    }

    /** The longest time that one connection was taken by one request: all phases but lookup and lease. */
    public Optional<Duration> service() {
        return attempts.stream()
                .filter(Attempt::succeeded)
                .filter(attempt -> attempt.http() != null)
                .map(attempt -> sum(attempt, phase -> phase != Phase.RESOLVE
                        && phase != Phase.LEASE))
                .max(Comparator.naturalOrder());
    }

    /** When a phase begins, as it was measured; the latest, to be on the safe side. */
    public Optional<Duration> start(Phase phase) {
        return attempts.stream()
                .filter(attempt -> attempt.timing(phase).isPresent())
                .map(attempt -> sum(attempt, before -> before.compareTo(phase) < 0))
                .max(Comparator.naturalOrder());
    }

    private static Duration sum(Attempt attempt, Predicate<Phase> which) {
        return attempt.phases()
                .stream()
                .filter(timing -> which.test(timing.phase()))
                .map(PhaseTiming::duration)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private Stream<Duration> times(Phase phase) {
        return attempts.stream()
                .flatMap(attempt -> attempt.phases().stream())
                .filter(timing -> timing.phase() == phase
                        && timing.outcome() == PhaseOutcome.OK)
                .map(PhaseTiming::duration);
    }
}
