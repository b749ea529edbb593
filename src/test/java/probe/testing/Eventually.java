package probe.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something that another thread, process or the kernel is about to do. */
public final class Eventually {
    /** Far more than any loopback step needs, so that a busy machine does not fail a good test. */
    public static final Duration GENEROUS = Duration.ofSeconds(10);

    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

    private Eventually() {}

    /**
     * Returns as soon as {@code condition} holds.
     *
     * @throws AssertionError with the text of {@code otherwise} when it does not hold within {@link #GENEROUS}
     */
    public static void holds(BooleanSupplier condition, Supplier<String> otherwise) {
        if (!within(GENEROUS, condition)) {
            throw new AssertionError("not within " + GENEROUS + ": " + otherwise.get());
        }
    }

    /** Whether {@code condition} came to hold before {@code limit} had passed. */
    public static boolean within(Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
