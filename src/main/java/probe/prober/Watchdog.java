package probe.prober;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Ends what the socket calls cannot end by themselves: a blocked write, a handshake that drips, a body that
 * never stops. One thread for a whole run, started by the first guard.
 */
public final class Watchdog implements AutoCloseable {
    private @Nullable ScheduledThreadPoolExecutor timer;

    /**
     * Runs {@code action} once when {@code limit} is over, unless the guard is closed before.
     *
     * @param action what ends the blocked call, such as closing its socket; it must not block
     */
    public Guard guard(Limit limit, Runnable action) {
        AtomicBoolean fired = new AtomicBoolean();
        ScheduledFuture<?> task = timer().schedule(() -> {
            fired.set(true);
            action.run();
        }, limit.duration().toNanos(), TimeUnit.NANOSECONDS);
        return new Guard(limit, task, fired);
    }

    /** Starts the thread, if it has yet to be: so that nobody's time is measured meanwhile. */
    public void wake() {
        timer().prestartCoreThread();
    }

    private synchronized ScheduledThreadPoolExecutor timer() {
        if (timer == null) {
            timer = new ScheduledThreadPoolExecutor(1,
                    task -> Thread.ofPlatform().daemon().name("probe-watchdog").unstarted(task));
            timer.setRemoveOnCancelPolicy(true);
        }
        return timer;
    }

    /** Ends the thread; guards still open never fire. */
    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    /** One watched call; closing it calls the dog off. */
    public static final class Guard implements AutoCloseable {
        private final Limit limit;
        private final ScheduledFuture<?> task;
        private final AtomicBoolean fired;

        Guard(Limit limit, ScheduledFuture<?> task, AtomicBoolean fired) {
            this.limit = limit;
            this.task = task;
            this.fired = fired;
        }

        /** The limit that fired, or null while it has not: what tells a limit's cancel from any other. */
        public @Nullable Limit fired() {
            return fired.get() ? limit : null;
        }

        @Override
        public void close() {
            task.cancel(false);
        }
    }
}
