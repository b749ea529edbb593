package probe.evidence.collect;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import probe.evidence.RouteFacts;

/**
 * The routes of one look at a failure, each asked of the kernel once: a look is over within seconds, and a route that
 * changes meanwhile is no business of what has failed before. Costs 20 µs an address, then nothing.
 */
final class Routes {
    private final Map<InetAddress, Optional<RouteFacts>> known = new ConcurrentHashMap<>();

    /** The route to an address, or empty where the kernel cannot be asked. */
    Optional<RouteFacts> to(InetAddress address) {
        return known.computeIfAbsent(address, Surroundings::route);
    }

    /** Whether what is sent there is handed to a gateway. */
    boolean passGateway(InetSocketAddress remote) {
        return to(remote.getAddress()).map(RouteFacts::gateway).isPresent();
    }
}
