package probe.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice;
import probe.advice.Advice.Backoff;
import probe.diagnosis.Kind;

/** When the next round of a series is made, if one is. */
interface Pace {
    /** So many rounds of a wait come at the pause that was asked for. */
    int ROUNDS_AT_FIRST = 10;
    /** Then each pause is longer by so much. */
    double GROWTH = 1.2;
    /** And at most so much longer in all: who waits for minutes loses some seconds by it. */
    double MOST_GROWN = 10;

    /**
     * How long to wait before the next round; empty when there is to be none.
     *
     * @param done what has been made
     */
    Optional<Duration> next(Done done);

    /**
     * What has been made.
     *
     * @param rounds how many rounds
     * @param failuresInARow how many of the latest failed; 0 when the last one worked
     * @param kind of the last round's failure, or null when it worked
     * @param advice on it, or null when it worked
     */
    record Done(int rounds, int failuresInARow, @Nullable Kind kind, @Nullable Advice advice) {}

    /** So many rounds with the same pause between. */
    static Pace fixed(int attempts, Duration interval) {
        return done -> done.rounds() < attempts ? Optional.of(interval) : Optional.empty();
    }

    /**
     * So many rounds; after a failure with the pause that the advice on it gives, drawn anew each time, and after a
     * success with {@code interval}.
     */
    static Pace backingOff(int attempts, Duration interval, RandomGenerator random) {
        return done -> done.rounds() < attempts ? Optional.of(pause(done, interval, random))
                : Optional.empty();
    }

    /**
     * Until it works, or fails in a way that waiting does not cure. The server's own word on when to come back is
     * kept to.
     *
     * @param keepOn kinds that are waited for all the same
     */
    static Pace untilHealthy(Set<Kind> keepOn, Function<Done, Duration> pauses) {
        return done -> {
            Advice advice = done.advice();
            if (advice == null
                    || advice.retry() == Advice.Retry.NO && !keepOn.contains(done.kind())) {
                return Optional.empty();
            }
            Duration asked = advice.retryAfter();
            Duration pause = pauses.apply(done);
            return Optional.of(asked == null || pause.compareTo(asked) >= 0 ? pause : asked);
        };
    }

    /**
     * The pause of a polite wait: {@code interval} while what is waited for usually starts, then growing by a fifth each
     * time to ten times that. A tenth more or less is drawn, so that many that wait for one place do not ask together.
     */
    static Duration growing(Done done, Duration interval, RandomGenerator random) {
        double grown = Math.min(MOST_GROWN,
                Math.pow(GROWTH, Math.max(0, done.rounds() - ROUNDS_AT_FIRST)));
        return Duration.ofNanos((long) ((double) interval.toNanos() * grown
                * (0.9 + 0.2 * random.nextDouble())));
    }

    /** Full jitter: evenly from zero to the bound, and never before the time that the server named. */
    static Duration pause(Done done, Duration interval, RandomGenerator random) {
        Advice advice = done.advice();
        Backoff backoff = advice == null ? null : advice.backoff();
        if (advice == null || backoff == null) {
            return interval;
        }
        double bound = (double) backoff.initial().toNanos()
                * Math.pow(backoff.multiplier(), Math.min(60, done.failuresInARow() - 1));
        long most = (long) Math.min(bound, (double) backoff.max().toNanos());
        Duration drawn = Duration.ofNanos(random.nextLong(most + 1));
        Duration asked = advice.retryAfter();
        return asked == null ? drawn : asked.plus(drawn);
    }
}
