package probe.evidence;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.attempt.Via;

/**
 * What the kernel knew of an attempt's own connection.
 *
 * @param via which attempt
 * @param address the address connected to, a literal
 * @param port the port connected to
 * @param moment when the kernel was asked
 * @param info its counters; null where only {@code /proc} could be read
 * @param queues its timer and queues; null where the kernel had already forgotten the connection, as it does at a
 *     reset
 */
public record SocketSnapshot(
        Via via,
        String address,
        int port,
        Moment moment,
        @Nullable TcpInfo info,
        @Nullable SocketQueues queues) implements Observation {

    /** When a snapshot was taken. */
    public enum Moment {
        /** While the handshake was pending, a quarter of a second after its beginning or later. */
        PENDING("pending"),
        /** When the attempt failed, before its socket was closed. */
        FAILING("failing");

        private final String id;

        Moment(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The moment with this {@link #id()}. */
        public static Optional<Moment> byId(String id) {
            for (Moment moment : values()) {
                if (moment.id.equals(id)) {
                    return Optional.of(moment);
                }
            }
            return Optional.empty();
        }
    }
}
