package probe.evidence;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The route that this machine has for an address, as the kernel would choose it now (RTM_GETROUTE).
 *
 * @param destination the address asked for, a literal
 * @param errno 0, or the error number with which a connect fails before anything is sent: 101 no route, 113 an
 *     unreachable route, 13 a prohibited one, 22 a blackhole
 * @param kind what the destination is for this machine
 * @param interfaceName the interface packets leave by, or null
 * @param gateway the router they are given to; null where the destination is on the same link, or here
 * @param source the address of this machine that they carry, or null
 * @param link whether the interface can send
 */
public record RouteFacts(
        String destination,
        int errno,
        Kind kind,
        @Nullable String interfaceName,
        @Nullable String gateway,
        @Nullable String source,
        Link link) implements Observation {

    /** What a destination is for this machine. */
    public enum Kind {
        /** Another machine. */
        REMOTE("remote"),
        /** This machine: an address of its own, or loopback. */
        OWN("own"),
        /** A broadcast or multicast address, or one the kernel treats in its own way. */
        SPECIAL("special"),
        /** There is no route. */
        NONE("none");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The kind with this {@link #id()}. */
        public static Optional<Kind> byId(String id) {
            for (Kind kind : values()) {
                if (kind.id.equals(id)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** Whether an interface can send. */
    public enum Link {
        /** Up, with a carrier. */
        UP("up"),
        /** Up, and nothing at the other end of the cable or of the air. */
        NO_CARRIER("no-carrier"),
        /** Switched off. */
        DOWN("down"),
        /** Not told. */
        UNKNOWN("unknown");

        private final String id;

        Link(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The state with this {@link #id()}. */
        public static Optional<Link> byId(String id) {
            for (Link link : values()) {
                if (link.id.equals(id)) {
                    return Optional.of(link);
                }
            }
            return Optional.empty();
        }
    }
}
