package probe.target;

import java.util.Optional;

/** How a target is spoken to, and which port it has when none is written. */
public enum Scheme {
    /** TCP connect, then the scripted exchange if there is one. */
    TCP("tcp", 0),
    /** TCP connect, TLS handshake, then the scripted exchange if there is one. */
    TLS("tls", 0),
    /** An HTTP request without TLS; port 80 unless written (RFC 9110 §4.2.1). */
    HTTP("http", 80),
    /** An HTTP request inside TLS; port 443 unless written (RFC 9110 §4.2.2). */
    HTTPS("https", 443);

    private final String id;
    private final int defaultPort;

    Scheme(String id, int defaultPort) {
        this.id = id;
        this.defaultPort = defaultPort;
    }

    /** The word before {@code ://}, in lower case; stable. */
    public String id() {
        return id;
    }

    /** The port of the scheme, or 0 where the port must be written. */
    public int defaultPort() {
        return defaultPort;
    }

    /** Whether an HTTP request is made. */
    public boolean isHttp() {
        return this == HTTP || this == HTTPS;
    }

    /** Whether a TLS handshake is made with the target. */
    public boolean isTls() {
        return this == TLS || this == HTTPS;
    }

    /** The scheme with this {@link #id()}, whatever its case. */
    public static Optional<Scheme> byId(String id) {
        for (Scheme scheme : values()) {
            if (scheme.id.equalsIgnoreCase(id)) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }
}
