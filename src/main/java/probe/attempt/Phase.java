package probe.attempt;

import java.util.Optional;

/** The stretches of one attempt, in the order in which they can come. */
public enum Phase {
    /** A name is turned into addresses. */
    RESOLVE("resolve"),
    /** Waiting for a pooled connection. */
    LEASE("lease"),
    /** TCP handshake, with the target or with the proxy before it. */
    CONNECT("connect"),
    /** The proxy is asked to connect onwards. */
    PROXY("proxy"),
    /** TLS handshake. */
    TLS("tls"),
    /** The request is written. */
    REQUEST("request"),
    /** Waiting for the first byte of the answer, then its head. */
    RESPONSE_HEAD("response-head"),
    /** The answer's body is read. */
    RESPONSE_BODY("response-body"),
    /** Scripted send and expect on a raw socket. */
    EXCHANGE("exchange");

    private final String id;

    Phase(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The phase with this {@link #id()}. */
    public static Optional<Phase> byId(String id) {
        for (Phase phase : values()) {
            if (phase.id.equals(id)) {
                return Optional.of(phase);
            }
        }
        return Optional.empty();
    }
}
