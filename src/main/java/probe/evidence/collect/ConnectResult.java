package probe.evidence.collect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import probe.evidence.ControlResult.Outcome;
import probe.evidence.IcmpMessage;

/**
 * How a {@link ConnectPlan} went.
 *
 * @param plan what was tried
 * @param outcome how it ended
 * @param errno the error number it ended with, 0 for none or where it is not known
 * @param icmp the ICMP error behind it, if there was one and it can be seen
 * @param duration from the SYN to the end
 */
record ConnectResult(
        ConnectPlan plan,
        Outcome outcome,
        int errno,
        @Nullable IcmpMessage icmp,
        Duration duration) {

    /** What an error number of a connect means ({@code asm-generic/errno.h}). */
    static Outcome outcome(int errno) {
        return switch (errno) {
            case 0 -> Outcome.CONNECTED;
            case 111 -> Outcome.REFUSED;
            case 110 -> Outcome.TIMED_OUT;
            case 100, 101, 112, 113 -> Outcome.UNREACHABLE;
            default -> Outcome.FAILED;
        };
    }
}
