package probe.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.attempt.Phase;
import probe.attempt.Via;

/**
 * Several rounds of attempts on one target, counted.
 *
 * @param asked how many rounds were wanted; 0 where it was as many as it takes
 * @param made how many were made and count
 * @param failed how many of those failed
 * @param pattern how failures and successes followed each other
 * @param judgedBy which rounds the outcome goes by
 * @param handshakes the TCP handshakes of all rounds
 * @param phases how long each phase took
 * @param rounds each round, in order
 */
public record Series(int asked, int made, int failed, Pattern pattern, JudgedBy judgedBy,
        Handshakes handshakes, List<PhaseStatistics> phases, List<Round> rounds) {

    /** How failures and successes followed each other. */
    public enum Pattern {
        /** Every round did what was asked. */
        HEALTHY("healthy"),
        /** Every round failed in the same way. */
        STEADY("steady"),
        /** Every round failed, not all in the same way. */
        CHANGING("changing"),
        /** Rounds failed up to some instant, and none after it. */
        RECOVERED("recovered"),
        /** Rounds worked up to some instant, and none after it. */
        BROKE("broke"),
        /** Failures and successes came and went. */
        FLAPPING("flapping");

        private final String id;

        Pattern(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The pattern with this {@link #id()}. */
        public static Optional<Pattern> byId(String id) {
            for (Pattern pattern : values()) {
                if (pattern.id.equals(id)) {
                    return Optional.of(pattern);
                }
            }
            return Optional.empty();
        }
    }

    /** Which rounds the outcome goes by. */
    public enum JudgedBy {
        /** One that failed is enough for a fault, unless it has only worked since: {@code --attempts}. */
        EVERY_ROUND("every-round"),
        /** The last one alone: {@code probe wait}. */
        LAST_ROUND("last-round");

        private final String id;

        JudgedBy(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The rule with this {@link #id()}. */
        public static Optional<JudgedBy> byId(String id) {
            for (JudgedBy rule : values()) {
                if (rule.id.equals(id)) {
                    return Optional.of(rule);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The TCP handshakes of all rounds; what they tell of lost packets.
     *
     * @param count how many were begun
     * @param late how many were done only after a SYN was sent again
     * @param unanswered how many ended in the connect timeout
     */
    public record Handshakes(int count, int late, int unanswered) {}

    /**
     * How long a phase took.
     *
     * @param via what made the attempts
     * @param phase which phase
     * @param count how often it was gone through
     * @param failed how often it failed
     * @param min shortest of those that did what they are for; null where none did
     * @param median of them
     * @param p95 of them, by the nearest rank
     * @param max longest of them
     */
    public record PhaseStatistics(Via via, Phase phase, int count, int failed,
            @Nullable Duration min, @Nullable Duration median, @Nullable Duration p95,
            @Nullable Duration max) {}

    /**
     * One round: every address of the target once.
     *
     * @param attempts how many of the report's attempts belong to it, in their order
     * @param start when it began, counted from the start of the probe
     * @param duration how long it took
     * @param pause how long was waited before it
     * @param outcome how it ended
     * @param kind what happened, where it failed
     */
    public record Round(int attempts, Duration start, Duration duration, Duration pause,
            RoundOutcome outcome, @Nullable Kind kind) {}

    /** How a round ended. */
    public enum RoundOutcome {
        /** It did what was asked, at one address at least. */
        HEALTHY("healthy"),
        /** It failed. */
        FAILED("failed"),
        /** The deadline of the whole, or the end of the waiting, was over in the middle of it: it counts for nothing. */
        CUT("cut");

        private final String id;

        RoundOutcome(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The outcome with this {@link #id()}. */
        public static Optional<RoundOutcome> byId(String id) {
            for (RoundOutcome outcome : values()) {
                if (outcome.id.equals(id)) {
                    return Optional.of(outcome);
                }
            }
            return Optional.empty();
        }
    }
}
