package probe.attempt;

import java.util.Optional;

/**
 * What the network stack reported, as a fact. The phase and the limit that fired stand beside it in
 * {@link Failure}; no name here says whose fault it is.
 */
public enum FailureName {
    /** The name does not exist (the resolver's EAI_NONAME). */
    NAME_NOT_FOUND("name-not-found"),
    /** The name exists and has no address of the wanted family (EAI_NODATA). */
    NAME_NO_ADDRESS("name-no-address"),
    /** The resolver could not tell (EAI_AGAIN and the rest). */
    NAME_LOOKUP_FAILED("name-lookup-failed"),
    /** A limit of ours fired; which one, {@link Failure#limit} says. Without a limit: the kernel gave up. */
    TIMED_OUT("timed-out"),
    /** ECONNREFUSED while connecting: a reset, or ICMP port unreachable. */
    REFUSED("refused"),
    /** ECONNRESET: the connection was reset after the handshake. */
    RESET("reset"),
    /** EPIPE: we wrote after the peer's end of stream, or after a reset had been reported. */
    BROKEN_PIPE("broken-pipe"),
    /** The peer ended the stream (FIN) where more had to come. */
    CLOSED("closed"),
    /** EHOSTUNREACH: an ICMP error, a route that says so, or a neighbour that does not answer. */
    HOST_UNREACHABLE("host-unreachable"),
    /** ENETUNREACH: no route, or an ICMP error that says so. */
    NETWORK_UNREACHABLE("network-unreachable"),
    /** EADDRNOTAVAIL, EADDRINUSE: no local port or address to connect from. */
    ADDRESS_UNAVAILABLE("address-unavailable"),
    /** EACCES, EPERM: a local policy forbids it. */
    PERMISSION_DENIED("permission-denied"),
    /** EINVAL while connecting: a blackhole route, or an address that cannot be reached from the one bound. */
    INVALID_ROUTE("invalid-route"),
    /** EMFILE, ENFILE. */
    TOO_MANY_OPEN_FILES("too-many-open-files"),
    /** ECONNABORTED, or a socket closed under us without a limit of ours having fired. */
    ABORTED("aborted"),
    /** The answer ended before it was whole: its own length or framing says that more had to come. */
    TRUNCATED("truncated"),
    /** What came is not the protocol that was spoken. */
    MALFORMED("malformed"),
    /** The answer is well-formed and not the one expected: a pattern of the script or of the body. */
    MISMATCH("mismatch"),
    /** The answer's status is not one of those expected. */
    STATUS("status"),
    /** The answer sends on to where no further request can or may go; why, {@link HttpFacts#redirect} says. */
    REDIRECT("redirect"),
    /** What came in place of a TLS record is not one. */
    NOT_TLS("not-tls"),
    /** The peer sent a fatal TLS alert. */
    TLS_ALERT("tls-alert"),
    /** The peer's certificates were refused here. */
    CERTIFICATE_REJECTED("certificate-rejected"),
    /** The handshake failed here for another reason. */
    TLS_FAILED("tls-failed"),
    /** The proxy answered, and did not connect onwards. */
    PROXY_REFUSED("proxy-refused"),
    /** HTTP/2: the stream was reset (RST_STREAM). */
    STREAM_RESET("stream-reset"),
    /** HTTP/2: the connection is being closed (GOAWAY). */
    GOING_AWAY("going-away"),
    /** The run was interrupted. */
    INTERRUPTED("interrupted"),
    /** Nothing known here; the raw exception stands beside it. */
    UNKNOWN("unknown");

    private final String id;

    FailureName(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The name with this {@link #id()}. */
    public static Optional<FailureName> byId(String id) {
        for (FailureName name : values()) {
            if (name.id.equals(id)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
