package probe.evidence.collect;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the {@link PauseMeter} of every socket that is late tick. One thread for all, which does nothing else: with a
 * timer for each, thousands of late sockets kept each other's timers waiting, and took that for a pause.
 *
 * <p>Costs a thread with the first, and one wake-up in {@link PauseMeter#PERIOD} while there is any.
 */
final class Pulse {
    private static final Set<WatchedSocket> LATE = ConcurrentHashMap.newKeySet();

    private Pulse() {}

    /** Has a socket ticked until it {@linkplain #leave leaves}. */
    static void join(WatchedSocket one) {
        LATE.add(one);
        if (!one.isOpen()) {
            LATE.remove(one); // it ended meanwhile
        }
        LockSupport.unpark(Holder.THREAD);
    }

    /** The socket is late no more. */
    static void leave(WatchedSocket one) {
        LATE.remove(one);
    }

    private static void beat() {
        while (true) {
            while (LATE.isEmpty()) {
                LockSupport.park(LATE);
            }
            long period = PauseMeter.PERIOD.toNanos();
            long begun = System.nanoTime();
            for (long left = period; left > 0; left = begun + period - System.nanoTime()) {
                LockSupport.parkNanos(LATE, left);
            }
            LATE.forEach(WatchedSocket::tick);
        }
    }

    private static final class Holder {
        static final Thread THREAD = Thread.ofPlatform()
                .daemon()
                .name("probe-pulse")
                .start(Pulse::beat);
    }
}
