package probe.evidence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import probe.attempt.Via;

/**
 * When what was written left this machine, and when the peer's kernel acknowledged it, by the
 * kernel's own timestamps ({@code SO_TIMESTAMPING}; section 2.2 of the experiments).
 *
 * @param via which attempt
 * @param address the address connected to, a literal
 * @param port the port connected to
 * @param bytes how many bytes it was about
 * @param sentAfter from the write until a network device had it in its queue or sent it; null while none had: it never left
 * @param acknowledgedAfter from the write until it was acknowledged; null while it was not
 */
public record TransmitTimes(
        Via via,
        String address,
        int port,
        long bytes,
        @Nullable Duration sentAfter,
        @Nullable Duration acknowledgedAfter) implements Observation {}
