package probe.evidence;

import java.time.Duration;
import java.util.Optional;

/**
 * An ICMP error that answered a connection attempt to the target. That none came proves nothing: routers send few
 * (one a second for each destination), and 11 of 30 measured runs got none.
 *
 * @param address the address connected to, a literal
 * @param port the port connected to
 * @param message the error
 * @param place who sent it, seen from here
 * @param after how long after the SYN it came
 */
public record IcmpAnswer(
        String address, int port, IcmpMessage message, Place place, Duration after)
        implements Observation {

    /** Where the sender of an ICMP error stands. */
    public enum Place {
        /** An address of this machine: its firewall, or its neighbour table. */
        OWN("own"),
        /** The first hop towards the target. */
        NEXT_HOP("next-hop"),
        /** A router further on, or whoever speaks for one. */
        ON_THE_WAY("on-the-way"),
        /** The target's own address. */
        TARGET("target");

        private final String id;

        Place(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The place with this {@link #id()}. */
        public static Optional<Place> byId(String id) {
            for (Place place : values()) {
                if (place.id.equals(id)) {
                    return Optional.of(place);
                }
            }
            return Optional.empty();
        }
    }
}
