package probe.attempt;

import java.util.Optional;

/** What the peer had done to the connection when the attempt ended. */
public enum PeerState {
    /** No connection was made. */
    NONE("none"),
    /** Neither end of stream nor reset was seen. */
    OPEN("open"),
    /** End of stream (FIN) had been seen before the first byte of the request was written. */
    CLOSED_BEFORE_REQUEST("closed-before-request"),
    /** A reset had been seen before the first byte of the request was written. */
    RESET_BEFORE_REQUEST("reset-before-request"),
    /** End of stream (FIN) came after the first byte of the request was written. */
    CLOSED("closed"),
    /** A reset came after the first byte of the request was written. */
    RESET("reset");

    private final String id;

    PeerState(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The state with this {@link #id()}. */
    public static Optional<PeerState> byId(String id) {
        for (PeerState state : values()) {
            if (state.id.equals(id)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
