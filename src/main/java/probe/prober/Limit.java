package probe.prober;

import java.time.Duration;
import probe.profile.TimeoutName;

/**
 * How long something may take, and which of the six timers it is that ends it.
 *
 * @param duration what is left; at least 1 ms, as the socket calls take 0 for "for ever"
 * @param name the timer that fires
 */
public record Limit(Duration duration, TimeoutName name) {

    /** The duration in milliseconds, rounded up so that a limit never fires early; at least 1. */
    public int millis() {
        long nanos = duration.toNanos();
        return Math.clamp((nanos + 999_999) / 1_000_000, 1, Integer.MAX_VALUE);
    }
}
