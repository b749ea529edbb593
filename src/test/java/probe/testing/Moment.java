package probe.testing;

/** When, in the life of one exchange, a server does its {@link Effect}; in the order of time. */
public enum Moment {
    /**
     * Right after the TCP connection was accepted, before any TLS. Only in the first exchange of a
     * connection. A reset at this moment, or {@link #BEFORE_REQUEST}, may be faster than the client's
     * own connect(), which then is what fails with it.
     */
    ON_ACCEPT,
    /** TLS servers only: the ClientHello was read, nothing was said yet. */
    ON_CLIENT_HELLO,
    /** TLS servers only: half of the server's first flight (ServerHello to its last record) was sent. */
    MID_HANDSHAKE,
    /** The connection stands (with TLS: the handshake is done) and nothing of this request was read. */
    BEFORE_REQUEST,
    /** One byte of the request was read; what else has arrived stays unread. */
    AFTER_FIRST_BYTE,
    /** The request's header block was read, its body was not; no 100 (Continue) was sent. */
    AFTER_REQUEST_HEAD,
    /** The whole request was read: the server may have acted on it. */
    AFTER_REQUEST,
    /** As {@link #AFTER_REQUEST}, and half of the reply's head was sent. */
    MID_HEAD,
    /** As {@link #AFTER_REQUEST}, and the reply's head and half of its body were sent. */
    MID_BODY;

    /** Whether the effect happens under TLS's feet, on the bare TCP connection. */
    boolean isBelowTls() {
        return compareTo(MID_HANDSHAKE) <= 0;
    }
}
