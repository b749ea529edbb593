package probe.evidence;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An ICMP error that came for one of our packets (RFC 792, RFC 1812 §5.2.7, RFC 4443 §3), from the socket's error
 * queue.
 *
 * @param meaning what it says
 * @param type its type number
 * @param code its code number
 * @param errno the error number that Linux makes of it
 * @param sender the address it came from; one of this machine's own when its firewall or its neighbour table spoke
 * @param ttl the TTL (hop limit) with which it arrived, or null where it was not told
 */
public record IcmpMessage(
        Meaning meaning, int type, int code, int errno, String sender, @Nullable Integer ttl) {

    /** What an ICMP error says, in both families. */
    public enum Meaning {
        /** Nobody listens, or a firewall says so. */
        PORT_UNREACHABLE("port-unreachable"),
        /** The last hop found no such host. */
        HOST_UNREACHABLE("host-unreachable"),
        /** A router has no route. */
        NETWORK_UNREACHABLE("network-unreachable"),
        /** An administrator forbids it: a firewall that says so. */
        PROHIBITED("prohibited"),
        /** The packet was too big for a link and may not be cut. */
        TOO_BIG("too-big"),
        /** The TTL ran out on the way. */
        TTL_EXCEEDED("ttl-exceeded"),
        /** Another one. */
        OTHER("other");

        private final String id;

        Meaning(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The meaning with this {@link #id()}. */
        public static Optional<Meaning> byId(String id) {
            for (Meaning meaning : values()) {
                if (meaning.id.equals(id)) {
                    return Optional.of(meaning);
                }
            }
            return Optional.empty();
        }
    }
}
