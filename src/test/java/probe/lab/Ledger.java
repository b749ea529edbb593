package probe.lab;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import probe.testing.Eventually;
import probe.testing.FaultServer;

/** Counts the requests that were acted on: the truth behind every "it is safe to repeat". */
final class Ledger {
    /** They answer that they will not, and do not (RFC 9110 §15.5; RFC 6585 §4): all others act on what they have read. */
    private static final Set<Service> UNWILLING = EnumSet.of(Service.HTTP_400, Service.HTTP_401,
            Service.HTTP_403, Service.HTTP_404, Service.HTTP_429);
    /** A service reads within this what its kernel has when the client is gone. */
    private static final Duration SETTLING = Duration.ofMillis(60);

    private final Map<Service, AutoCloseable> running;

    Ledger(Map<Service, AutoCloseable> running) {
        this.running = running;
    }

    /** How many POST requests services have read in full and acted on, since they were started. */
    long acted() {
        long before = count();
        Eventually.within(SETTLING, () -> false);
        long after = count();
        return after == before ? after : acted();
    }

    private long count() {
        return running.entrySet()
                .stream()
                .filter(entry -> !UNWILLING.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(FaultServer.class::isInstance)
                .map(FaultServer.class::cast)
                .flatMap(server -> server.connections().stream())
                .flatMap(log -> log.requests().stream())
                .filter(request -> request.head().startsWith("POST "))
                .count();
    }
}
