package probe.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.advice.Equivalents.Equivalent;
import probe.diagnosis.Side;
import probe.profile.TimeoutName;

/**
 * What to do about a fault.
 *
 * @param retry does a repeat help?
 * @param safeFor which requests may be repeated without doing a thing twice
 * @param backoff how to space the repeats, or null when none is advised
 * @param retryAfter what the server asked for, or null
 * @param timeouts limits worth changing
 * @param actions what each side can do, the likelier first
 * @param because why {@code retry} and {@code safeFor} are what they are, in short
 * @param reasons why, each by itself
 */
public record Advice(Retry retry, SafeFor safeFor, @Nullable Backoff backoff,
        @Nullable Duration retryAfter,
        List<TimeoutAdvice> timeouts, List<Action> actions, String because, Reasons reasons) {

    /** The same, with something more to do, before everything else. */
    public Advice withFirst(Action action) {
        List<Action> all = new ArrayList<>(List.of(action));
        all.addAll(actions);
        return new Advice(retry, safeFor, backoff, retryAfter, timeouts, List.copyOf(all), because,
                reasons);
    }

    /**
     * Two questions that are often taken for one.
     *
     * @param safe why a repeat is as safe as it is: what was sent and acknowledged, how it ended, with which method
     * @param helps why a repeat helps or does not: whether the cause can pass by itself
     */
    public record Reasons(String safe, String helps) {}

    /** Does a repeat help? */
    public enum Retry {
        /** It may well: the cause can pass by itself. */
        YES("yes"),
        /** Only after something has been changed. */
        NO("no"),
        /** Not at once: after the time that the server named, or when the load is over. */
        LATER("later");

        private final String id;

        Retry(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The value with this {@link #id()}. */
        public static Optional<Retry> byId(String id) {
            for (Retry value : values()) {
                if (value.id.equals(id)) {
                    return Optional.of(value);
                }
            }
            return Optional.empty();
        }
    }

    /** Which requests may be repeated without doing a thing twice. */
    public enum SafeFor {
        /** All: the server cannot have acted. */
        ANY_METHOD("any-method"),
        /** Those whose repetition has the same effect as one (RFC 9110 §9.2.2). */
        IDEMPOTENT_ONLY("idempotent-only"),
        /** None: it has acted. */
        NONE("none");

        private final String id;

        SafeFor(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The value with this {@link #id()}. */
        public static Optional<SafeFor> byId(String id) {
            for (SafeFor value : values()) {
                if (value.id.equals(id)) {
                    return Optional.of(value);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Exponential backoff with full jitter: each pause is drawn evenly from zero to
     * {@code initial × multiplier^n}, at most {@code max}.
     *
     * @param initial bound of the first pause
     * @param multiplier growth of the bound
     * @param max bound of every pause
     * @param maxAttempts attempts in all, the first included
     * @param retryBudget repeats are at most this share of all requests; beyond it none is made, so that an outage does
     *     not meet a multiple of the usual load
     * @param because where the numbers come from
     * @param hides what nobody sees any more once repeats make up for it
     * @param equivalents how it is set in a profile and in other clients; empty where none of them should repeat this
     */
    public record Backoff(Duration initial, double multiplier, Duration max, int maxAttempts,
            double retryBudget, String because, String hides, List<Equivalent> equivalents) {
        /** One in ten: an outage is then met with 1.1 times the usual load (Finagle and Envoy default to 20 %). */
        public static final double BUDGET = 0.1;

        /** The options that repeat with these pauses. */
        public String flag() {
            return "--attempts " + maxAttempts + " --interval backoff";
        }
    }

    /**
     * A limit worth changing.
     *
     * @param name which
     * @param current what is in force
     * @param suggested what would serve better
     * @param because why
     */
    public record TimeoutAdvice(TimeoutName name, Duration current, Duration suggested,
            String because) {}

    /**
     * Something to do.
     *
     * @param who has to do it
     * @param text one sentence, with the command or setting to use
     */
    public record Action(Side who, String text) {}
}
