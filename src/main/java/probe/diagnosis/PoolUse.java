package probe.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;

/**
 * Many requests over one pool of connections, counted.
 *
 * @param size connections of the pool
 * @param concurrency requests under way at once, those that waited for a lease included
 * @param requests how many were made
 * @param failed how many failed, in whatever way
 * @param leaseTimeouts how many of those got no connection in time
 * @param leaseMedian how long a lease took where one was got; null where none was
 * @param leaseMax the longest
 * @param serviceMedian how long a request kept its connection; null where none got one
 * @param serviceMax the longest
 * @param firstByteMedian how much of that was spent waiting for the answer's head; null where there was none
 * @param sufficient the least size with which no request would have waited longer than the limit on leases
 */
public record PoolUse(int size, int concurrency, int requests, int failed, int leaseTimeouts,
        @Nullable Duration leaseMedian, @Nullable Duration leaseMax,
        @Nullable Duration serviceMedian, @Nullable Duration serviceMax,
        @Nullable Duration firstByteMedian, int sufficient) {

    /**
     * The use that these attempts made of a pool.
     *
     * @param attempts one for each request
     * @param limit on the wait for a lease
     */
    public static PoolUse of(int size, int concurrency, List<Attempt> attempts, Duration limit) {
        List<Attempt> leased = attempts.stream()
                .filter(attempt -> attempt.reached(Phase.LEASE))
                .toList();
        List<Duration> leases = sorted(leased.stream()
                .map(attempt -> attempt.timing(Phase.LEASE).orElseThrow().duration())
                .toList());
        List<Duration> services = sorted(leased.stream().map(PoolUse::service).toList());
        List<Duration> heads = sorted(leased.stream()
                .flatMap(attempt -> attempt.timing(Phase.RESPONSE_HEAD).stream())
                .map(PhaseTiming::duration)
                .toList());
        Duration longest = SeriesStatistics.rank(services, 1);
        return new PoolUse(size, concurrency, attempts.size(),
                (int) attempts.stream().filter(attempt -> !attempt.succeeded()).count(),
                (int) attempts.stream().filter(PoolUse::diedWaiting).count(),
                SeriesStatistics.rank(leases, 0.5), SeriesStatistics.rank(leases, 1),
                SeriesStatistics.rank(services, 0.5), longest, SeriesStatistics.rank(heads, 0.5),
                sufficient(concurrency, longest, limit));
    }

    /** Whether a request failed because it got no connection. */
    public static boolean diedWaiting(Attempt attempt) {
        return attempt.timing(Phase.LEASE)
                .filter(timing -> timing.outcome() == PhaseOutcome.FAILED)
                .isPresent();
    }

    private static List<Duration> sorted(List<Duration> durations) {
        return durations.stream().sorted().toList();
    }

    private static Duration service(Attempt attempt) {
        return attempt.phases()
                .stream()
                .filter(timing -> timing.phase() != Phase.RESOLVE
                        && timing.phase() != Phase.LEASE)
                .map(PhaseTiming::duration)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * A pool of N serves C requests at once in turns of C/N; the last waits for all turns but its own (Little's law for
     * a full pool). So many turns fit into the limit, and as many times fewer connections are enough.
     */
    static int sufficient(int concurrency, @Nullable Duration service, Duration limit) {
        if (service == null || service.compareTo(limit) >= 0) {
            return concurrency;
        }
        long turns = limit.toNanos() / Math.max(1, service.toNanos()) + 1;
        return (int) Math.max(1, (concurrency + turns - 1) / turns);
    }

    /** What is behind a pool that was empty: the answers, where they are what takes the time. */
    Optional<String> cause() {
        if (leaseTimeouts == 0 || serviceMedian == null) {
            return Optional.empty();
        }
        Duration head = firstByteMedian;
        return Optional.of(head != null && head.multipliedBy(2).compareTo(serviceMedian) > 0
                ? "Behind it is a server that takes " + Words.spoken(head)
                        + " to begin an answer (median): each request keeps its connection for "
                        + Words.spoken(serviceMedian) + "."
                : "Each request kept its connection for " + Words.spoken(serviceMedian)
                        + " (median).");
    }
}
