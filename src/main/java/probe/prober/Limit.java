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

    /**
     * The duration for a socket call, in milliseconds: rounded up, and one more, as the JDK rounds down what is left
     * when it waits (measured: a connect limit of 300 ms fired after 299.8 ms). A limit never fires early.
     */
    public int millis() {
        long nanos = duration.toNanos();
        return Math.clamp((nanos + 999_999) / 1_000_000 + 1, 1, Integer.MAX_VALUE);
    }
}
