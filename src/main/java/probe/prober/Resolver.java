package probe.prober;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a name into addresses; the system's is what every application of this machine gets. */
@FunctionalInterface
public interface Resolver {
    /** The system's resolver: nsswitch, hosts file, search domains and all. It may block for ever. */
    Resolver SYSTEM = new SystemResolver();

    /**
     * The addresses of {@code host}, at least one.
     *
     * @throws UnknownHostException when there are none, or nobody could tell
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
