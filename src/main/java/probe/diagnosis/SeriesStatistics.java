package probe.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;
import probe.attempt.Via;
import probe.diagnosis.Series.Handshakes;
import probe.diagnosis.Series.JudgedBy;
import probe.diagnosis.Series.Pattern;
import probe.diagnosis.Series.PhaseStatistics;
import probe.diagnosis.Series.Round;
import probe.diagnosis.Series.RoundOutcome;

/** Counts the rounds of a series. Rounds that were cut short stand in the list and count for nothing else. */
public final class SeriesStatistics {
    private SeriesStatistics() {}

    /**
     * The series.
     *
     * @param asked how many rounds were wanted; 0 for as many as it takes
     * @param rounds each round, in order
     * @param attempts the attempts of all rounds, in order
     * @param instants when this kernel sends SYNs
     */
    public static Series of(int asked, JudgedBy judgedBy, List<Round> rounds,
            List<Attempt> attempts, Collection<Duration> instants) {
        List<Round> counted = rounds.stream()
                .filter(round -> round.outcome() != RoundOutcome.CUT)
                .toList();
        int failed = (int) counted.stream()
                .filter(round -> round.outcome() == RoundOutcome.FAILED)
                .count();
        List<Attempt> whole = whole(rounds, attempts);
        return new Series(asked, counted.size(), failed, pattern(counted, failed), judgedBy,
                handshakes(whole, List.copyOf(instants)), phases(whole), List.copyOf(rounds));
    }

    /** The attempts of the rounds that count. */
    private static List<Attempt> whole(List<Round> rounds, List<Attempt> attempts) {
        List<Attempt> whole = new ArrayList<>();
        int next = 0;
        for (Round round : rounds) {
            int end = Math.min(attempts.size(), next + round.attempts());
            if (round.outcome() != RoundOutcome.CUT) {
                whole.addAll(attempts.subList(Math.min(next, end), end));
            }
            next = end;
        }
        return whole;
    }

    private static Pattern pattern(List<Round> rounds, int failed) {
        if (failed == 0) {
            return Pattern.HEALTHY;
        }
        if (failed == rounds.size()) {
            return rounds.stream().map(Round::kind).distinct().count() == 1 ? Pattern.STEADY
                    : Pattern.CHANGING;
        }
        int changes = 0;
        for (int i = 1; i < rounds.size(); i++) {
            changes += rounds.get(i).outcome() == rounds.get(i - 1).outcome() ? 0 : 1;
        }
        if (changes > 1) {
            return Pattern.FLAPPING;
        }
        return rounds.getFirst().outcome() == RoundOutcome.FAILED ? Pattern.RECOVERED
                : Pattern.BROKE;
    }

    private static Handshakes handshakes(List<Attempt> attempts, List<Duration> instants) {
        int count = 0;
        int late = 0;
        int unanswered = 0;
        for (Attempt attempt : attempts) {
            Failure failure = attempt.failure();
            if (attempt.reached(Phase.CONNECT)) {
                count++;
                late += SynLoss.before(attempt, instants) > 0 ? 1 : 0;
            } else if (failure != null && failure.phase() == Phase.CONNECT) {
                count++;
                unanswered += failure.name() == FailureName.TIMED_OUT ? 1 : 0;
            }
        }
        return new Handshakes(count, late, unanswered);
    }

    private record Stretch(Via via, Phase phase) {}

    private static List<PhaseStatistics> phases(List<Attempt> attempts) {
        Map<Stretch, List<PhaseTiming>> timings = new LinkedHashMap<>();
        Set<PhaseTiming> lookups = new HashSet<>();
        for (Attempt attempt : attempts) {
            for (PhaseTiming timing : attempt.phases()) {
                // One lookup stands in every attempt of its round.
                if (timing.phase() != Phase.RESOLVE || lookups.add(timing)) {
                    timings.computeIfAbsent(new Stretch(attempt.via(), timing.phase()),
                            key -> new ArrayList<>()).add(timing);
                }
            }
        }
        return timings.entrySet()
                .stream()
                .map(entry -> statistics(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(PhaseStatistics::via)
                        .thenComparing(PhaseStatistics::phase))
                .collect(Collectors.toUnmodifiableList());
    }

    private static PhaseStatistics statistics(Stretch stretch, List<PhaseTiming> timings) {
        List<Duration> good = timings.stream()
                .filter(timing -> timing.outcome() == PhaseOutcome.OK)
                .map(PhaseTiming::duration)
                .sorted()
                .toList();
        return new PhaseStatistics(stretch.via(), stretch.phase(), timings.size(),
                timings.size() - good.size(), rank(good, 0), median(good), rank(good, 0.95),
                rank(good, 1));
    }

    /** The nearest rank: the smallest value that at least this share of all is not above. */
    static @Nullable Duration rank(List<Duration> sorted, double share) {
        return sorted.isEmpty() ? null
                : sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    private static @Nullable Duration median(List<Duration> sorted) {
        if (sorted.isEmpty()) {
            return null;
        }
        Duration lower = sorted.get((sorted.size() - 1) / 2);
        Duration upper = sorted.get(sorted.size() / 2);
        return Objects.equals(lower, upper) ? lower : lower.plus(upper).dividedBy(2);
    }
}
