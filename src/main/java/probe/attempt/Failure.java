package probe.attempt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import probe.profile.TimeoutName;

/**
 * What ended an attempt that did not succeed: a fact, not a fault.
 *
 * @param name what the network stack reported
 * @param phase where
 * @param elapsed how long the failing phase had lasted
 * @param limit which of our limits fired; null when none did
 * @param exception class name of what Java threw, or null; kept as raw material, never judged by
 * @param message its message, control characters escaped, or null; libc's wording differs by locale
 */
public record Failure(FailureName name, Phase phase, Duration elapsed, @Nullable TimeoutName limit,
        @Nullable String exception, @Nullable String message) {}
