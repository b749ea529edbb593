package probe.evidence;

import java.util.Optional;

/** The states of a TCP connection (RFC 9293 §3.3.2), numbered as in the kernel's {@code net/tcp_states.h}. */
public enum TcpState {
    /** Open both ways. */
    ESTABLISHED(1, "established"),
    /** A SYN is out and nothing has come back. */
    SYN_SENT(2, "syn-sent"),
    /** A SYN came, our SYN-ACK is not acknowledged yet. */
    SYN_RECEIVED(3, "syn-received"),
    /** We closed; our FIN is not acknowledged yet. */
    FIN_WAIT_1(4, "fin-wait-1"),
    /** We closed, and the peer's kernel knows. */
    FIN_WAIT_2(5, "fin-wait-2"),
    /** Both sides closed; waiting for stray segments. */
    TIME_WAIT(6, "time-wait"),
    /** No connection: never made, or ended by a reset, an error or a finished close. */
    CLOSED(7, "closed"),
    /** The peer closed (its FIN came); our side is still open. */
    CLOSE_WAIT(8, "close-wait"),
    /** The peer closed, then we did; our FIN is not acknowledged yet. */
    LAST_ACK(9, "last-ack"),
    /** A listening socket. */
    LISTEN(10, "listen"),
    /** Both sides closed at once. */
    CLOSING(11, "closing"),
    /** A half-open request of a listener ({@code TCP_NEW_SYN_RECV}). */
    NEW_SYN_RECEIVED(12, "new-syn-received");

    private final int number;
    private final String id;

    TcpState(int number, String id) {
        this.number = number;
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The kernel's number for it. */
    public int number() {
        return number;
    }

    /** Whether the peer's FIN has come: it will send nothing more. */
    public boolean peerClosed() {
        return this == CLOSE_WAIT || this == LAST_ACK || this == CLOSING || this == TIME_WAIT;
    }

    /** The state with this {@link #id()}. */
    public static Optional<TcpState> byId(String id) {
        for (TcpState state : values()) {
            if (state.id.equals(id)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** The state with this {@link #number()}. */
    public static Optional<TcpState> byNumber(int number) {
        for (TcpState state : values()) {
            if (state.number == number) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
