package probe.prober;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import probe.attempt.PhaseTiming;
import probe.target.Target;

/**
 * Where one attempt connects to: one pinned address.
 *
 * @param target what is asked for
 * @param address the address to connect to: the target's, or the proxy's if there is one
 * @param port the port to connect to
 * @param resolution how long the name took, or null when there was no lookup
 */
public record Destination(Target target, InetAddress address, int port,
        @Nullable PhaseTiming resolution) {

    /** Address and port for a connect. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(address, port);
    }
}
