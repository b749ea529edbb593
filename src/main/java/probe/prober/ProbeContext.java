package probe.prober;

import java.time.Duration;
import probe.profile.Settings;

/**
 * What every attempt of one probe shares.
 *
 * @param settings what the run goes by
 * @param deadline the hard stop, and the clock of the probe
 * @param watchdog ends blocked calls
 * @param listener told of every socket
 */
public record ProbeContext(Settings settings, Deadline deadline, Watchdog watchdog,
        AttemptListener listener) {

    /** How long the probe has run. */
    public Duration elapsed() {
        return deadline.elapsed();
    }
}
