package probe.evidence;

import java.util.Optional;

/**
 * Who listens, for a target on this very machine. Containers and other network namespaces are other machines in this
 * sense.
 *
 * @param address the address connected to, a literal
 * @param port the port connected to
 * @param state whether somebody listens there
 * @param waiting connections that wait for accept
 * @param backlog how many may wait; a SYN that finds {@code waiting} above it is dropped
 */
public record LocalListener(String address, int port, State state, long waiting, long backlog)
        implements Observation {

    /** Whether somebody listens. */
    public enum State {
        /** Nobody on this port. */
        ABSENT("absent"),
        /** A listener, and room in its queue. */
        LISTENING("listening"),
        /** A listener that does not accept: its queue is full. */
        FULL("full"),
        /** A listener on this port, and at other addresses than the one connected to. */
        OTHER_ADDRESS("other-address");

        private final String id;

        State(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
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
    }
}
