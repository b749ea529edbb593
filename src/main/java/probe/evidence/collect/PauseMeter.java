package probe.evidence.collect;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import probe.evidence.OwnPauses;

/**
 * Whether this program itself stood still: a timer that should fire ten times a second, and the collector's own
 * account.
 *
 * <p>Costs one wake-up each 100 ms while something is late. Needs nothing; without {@code java.management} the
 * collector's share is zero.
 */
final class PauseMeter {
    /** How often {@link #tick} is to be called. */
    static final Duration PERIOD = Duration.ofMillis(100);

    private final long begun = System.nanoTime();
    private final long collectedBefore = collectedMillis();
    private long lastTick = begun;
    private long latest;

    /** The timer fired. */
    synchronized void tick() {
        long now = System.nanoTime();
        latest = Math.max(latest, now - lastTick - PERIOD.toNanos());
        lastTick = now;
    }

    /** What was seen so far, a tick that is overdue now included. */
    synchronized OwnPauses read() {
        long now = System.nanoTime();
        long overdue = Math.max(latest, now - lastTick - PERIOD.toNanos());
        return new OwnPauses(Duration.ofNanos(now - begun),
                Duration.ofMillis(Math.max(0, collectedMillis() - collectedBefore)),
                Duration.ofNanos(Math.max(0, overdue)));
    }

    private static long collectedMillis() {
        try {
            long millis = 0;
            for (GarbageCollectorMXBean collector : Collectors.ALL) {
                millis += Math.max(0, collector.getCollectionTime());
            }
            return millis;
        } catch (LinkageError withoutManagement) {
            return 0;
        }
    }

    /** Found once: each time they are asked for, the platform looks for them among all that it has. */
    private static final class Collectors {
        static final List<GarbageCollectorMXBean> ALL = ManagementFactory
                .getGarbageCollectorMXBeans();
    }
}
