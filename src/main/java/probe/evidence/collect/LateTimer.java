package probe.evidence.collect;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs something once it is late, unless that is called off before. Shared by all probes of the process, as there may
 * be hundreds at once.
 *
 * <p>Costs 100 µs and a thread with the first task of a process, 2 µs for each later one.
 */
final class LateTimer {
    /** One links the system calls for 150 ms while the other stays punctual. */
    private static final int THREADS = 2;

    /** A thread that has had nothing to do and nothing to wait for as long as this ends. */
    private static final Duration IDLE = Duration.ofSeconds(2);

    private LateTimer() {}

    /** Runs {@code task} after {@code delay}. */
    static Future<?> after(Duration delay, Runnable task) {
        return Holder.TIMER.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static final class Holder {
        static final ScheduledThreadPoolExecutor TIMER = start();

        private static ScheduledThreadPoolExecutor start() {
            ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(THREADS,
                    task -> Thread
                            .ofPlatform()
                            .daemon()
                            .name("probe-evidence")
                            .unstarted(task));
            timer.setRemoveOnCancelPolicy(true);
            timer.setKeepAliveTime(IDLE.toNanos(), TimeUnit.NANOSECONDS);
            timer.allowCoreThreadTimeOut(true);
            return timer;
        }
    }
}
