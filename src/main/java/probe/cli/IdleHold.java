package probe.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import probe.advice.IdleLimit.Ending;
import probe.advice.IdleLimit.Trial;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.prober.AttemptListener;
import probe.prober.Deadline;
import probe.prober.Destination;
import probe.prober.HttpPool;
import probe.prober.HttpProber;
import probe.prober.ProbeContext;
import probe.prober.Silence;
import probe.prober.SocketProber;
import probe.prober.Ticker;
import probe.prober.Watchdog;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.TimeoutName;

/**
 * One connection that is held silent and then used. Over HTTP it is one of HttpClient's pool that has carried a
 * request; a raw one has its script run after the silence, and without one is asked whether the far end knows it still.
 */
final class IdleHold {
    private final Settings settings;
    private final Watchdog watchdog;
    private final AttemptListener listener;
    private final CountDownLatch stopped;

    /**
     * What became of it.
     *
     * @param trial in a word
     * @param attempts what was done with it, the use after the silence last
     */
    record Held(Trial trial, List<Attempt> attempts) {
        boolean isMade() {
            return trial.ending() != Ending.NOT_MADE;
        }

        /** Whether another address must not be tried: a connection was made, or a request has been begun. */
        boolean isFinal() {
            return isMade()
                    || attempts.stream().anyMatch(one -> one.timing(Phase.REQUEST).isPresent());
        }

        Attempt last() {
            return attempts.getLast();
        }
    }

    /** A hold that tells {@code listener} of its sockets, and ends early when {@code stopped} is counted down. */
    IdleHold(Settings settings, Watchdog watchdog, AttemptListener listener,
            CountDownLatch stopped) {
        this.settings = settings;
        this.watchdog = watchdog;
        this.listener = listener;
        this.stopped = stopped;
    }

    /** Makes a connection, holds it this long without a byte, and uses it. */
    Held hold(Destination destination, Duration idle) {
        Duration each = settings.timeouts().deadline().value();
        Deadline whole = Deadline.start(Ticker.SYSTEM, settings.timeouts()
                .with(TimeoutName.DEADLINE, new Setting<>(idle.plus(each.multipliedBy(2)),
                        settings.timeouts().deadline().origin())));
        return destination.target().scheme().isHttp() ? requests(destination, idle, whole, each)
                : raw(destination, idle, whole);
    }

    private Held requests(Destination destination, Duration idle, Deadline whole, Duration each) {
        try (HttpPool pool = new HttpPool(1)) {
            HttpProber prober = new HttpProber().withPool(pool);
            Attempt first = prober.attempt(destination, context(whole.atMost(each)));
            if (!first.succeeded()) {
                return new Held(new Trial(idle, Ending.NOT_MADE), List.of(first));
            }
            pause(idle);
            Attempt second = prober.attempt(destination, context(whole.atMost(each)));
            Ending ending = second.succeeded() && second.conversation().use() == 0
                    ? Ending.NOT_KEPT
                    : ending(second);
            return new Held(new Trial(idle, ending), List.of(first, second));
        }
    }

    private Held raw(Destination destination, Duration idle, Deadline whole) {
        Attempt used = new SocketProber(new Silence(idle, stopped))
                .attempt(destination, context(whole));
        Duration held = used.conversation().held();
        if (held == null) {
            return new Held(new Trial(idle, Ending.NOT_MADE), List.of(used));
        }
        // An end that comes in the silence is seen when it comes: that is the limit itself.
        return new Held(new Trial(held.compareTo(idle) < 0 ? held : idle, ending(used)),
                List.of(used));
    }

    private ProbeContext context(Deadline deadline) {
        return new ProbeContext(settings, deadline, watchdog, listener);
    }

    private static Ending ending(Attempt used) {
        Failure failure = used.failure();
        if (failure == null) {
            return Ending.ALIVE;
        }
        if (failure.name() == FailureName.TIMED_OUT) {
            return Ending.FORGOTTEN;
        }
        return switch (used.conversation().peer()) {
            case RESET, RESET_BEFORE_REQUEST -> Ending.RESET;
            case CLOSED, CLOSED_BEFORE_REQUEST -> Ending.CLOSED;
            case NONE, OPEN -> failure.name() == FailureName.RESET ? Ending.RESET : Ending.CLOSED;
        };
    }

    private void pause(Duration idle) {
        try {
            var _ = stopped.await(idle.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
