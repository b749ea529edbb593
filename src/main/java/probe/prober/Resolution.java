package probe.prober;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.attempt.Failure;
import probe.attempt.PhaseTiming;

/**
 * What became of a name.
 *
 * @param addresses in the order in which they are attempted; empty when the lookup failed
 * @param timing of the lookup, or null when there was none (an address literal, a pin)
 * @param failure why there are no addresses, or null
 */
public record Resolution(List<InetAddress> addresses, @Nullable PhaseTiming timing,
        @Nullable Failure failure) {}
