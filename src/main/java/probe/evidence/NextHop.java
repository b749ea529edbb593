package probe.evidence;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the machine that our packets are handed to answers on the link (ARP, or IPv6 neighbour discovery), from
 * the kernel's neighbour table (RTM_GETNEIGH).
 *
 * @param address its address, a literal
 * @param role what it is on the way to the target
 * @param state what the kernel knows of it
 * @param confirmedMsAgo since it last proved that it is there, milliseconds; null where the table does not say
 */
public record NextHop(String address, Role role, State state, @Nullable Long confirmedMsAgo)
        implements Observation {

    /** What the next hop is. */
    public enum Role {
        /** The router towards the target. */
        GATEWAY("gateway"),
        /** The target itself: it is on the same link. */
        TARGET("target");

        private final String id;

        Role(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The role with this {@link #id()}. */
        public static Optional<Role> byId(String id) {
            for (Role role : values()) {
                if (role.id.equals(id)) {
                    return Optional.of(role);
                }
            }
            return Optional.empty();
        }
    }

    /** The states of a neighbour entry ({@code NUD_*} of {@code uapi/linux/neighbour.h}). */
    public enum State {
        /** Asked for, and no answer yet; after three questions, a second each, it is {@link #FAILED}. */
        INCOMPLETE(0x01, "incomplete"),
        /** It answered, or a connection through it made progress, within the last half minute or so. */
        REACHABLE(0x02, "reachable"),
        /** It answered once; nothing has been sent to it since that grew old. Proves nothing. */
        STALE(0x04, "stale"),
        /** Used again after growing old; about to be asked. */
        DELAY(0x08, "delay"),
        /** Being asked again. */
        PROBE(0x10, "probe"),
        /** It did not answer. */
        FAILED(0x20, "failed"),
        /** Needs no address resolution: loopback, a tunnel. */
        NO_ARP(0x40, "no-arp"),
        /** Set by hand. */
        PERMANENT(0x80, "permanent"),
        /** No entry. */
        NONE(0, "none");

        private final int bit;
        private final String id;

        State(int bit, String id) {
            this.bit = bit;
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** Whether the question on the link stays without an answer. */
        public boolean isSilent() {
            return this == INCOMPLETE || this == FAILED;
        }

        /** The state with this {@link #id()}. */
        public static Optional<State> byId(String id) {
            for (State state : values()) {
                if (state.id.equals(id)) {
                    return Optional.of(state);
                }
            }
            return Optional.empty();
        }

        /** The state that the kernel's bits mean. */
        public static State byBits(int bits) {
            for (State state : values()) {
                if ((state.bit & bits) != 0) {
                    return state;
                }
            }
            return NONE;
        }
    }
}
