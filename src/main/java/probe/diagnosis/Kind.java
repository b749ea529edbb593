package probe.diagnosis;

import java.util.Optional;

/**
 * What happened, in the user's words; stable for ever. Each kind carries its prior rule: who has to act when
 * nothing but the kind is known. The priors are right in fewer than nine cases of ten (a fixed table cannot do
 * better: evidence, sections 1 to 3); the findings of the rules turn them.
 */
public enum Kind {
    /** The name does not exist (NXDOMAIN). */
    DNS_NOT_FOUND("dns-not-found", Group.NAME, Side.CLIENT, Locus.CONFIGURATION,
            "The name does not exist (NXDOMAIN)."),
    /** The name exists and has no address of the wanted family (NODATA). */
    DNS_NO_ADDRESS("dns-no-address", Group.NAME, Side.CLIENT, Locus.CONFIGURATION,
            "The name exists and has no address of the wanted family (NODATA)."),
    /** The name servers answer that they cannot resolve the name (SERVFAIL). */
    DNS_SERVER_FAILURE("dns-server-failure", Group.NAME, Side.SERVER, Locus.REMOTE_SERVICE,
            "The name servers answer that they cannot resolve the name (SERVFAIL)."),
    /** The name server refuses to answer (REFUSED). */
    DNS_REFUSED("dns-refused", Group.NAME, Side.CLIENT, Locus.RESOLVER,
            "The name server refuses to answer (REFUSED)."),
    /** No answer to the lookup within the DNS timeout. */
    DNS_TIMEOUT("dns-timeout", Group.NAME, Side.CLIENT, Locus.RESOLVER,
            "No answer to the lookup within the DNS timeout."),
    /** Nobody listens on port 53 of the name servers, or none is configured. */
    DNS_UNREACHABLE("dns-unreachable", Group.NAME, Side.CLIENT, Locus.RESOLVER,
            "Nobody listens on port 53 of the name servers, or none is configured."),
    /** The name server's answer is malformed or does not fit the question. */
    DNS_BAD_RESPONSE("dns-bad-response", Group.NAME, Side.CLIENT, Locus.RESOLVER,
            "The name server's answer is malformed or does not fit the question."),
    /** The address in the answer cannot be the service's: 0.0.0.0, a sinkhole. */
    DNS_BOGUS_ADDRESS("dns-bogus-address", Group.NAME, Side.CLIENT, Locus.RESOLVER,
            "The address in the answer cannot be the service's: 0.0.0.0, a sinkhole."),
    /** The name could not be resolved, and why cannot be told apart. */
    DNS_FAILED("dns-failed", Group.NAME, Side.CLIENT, Locus.RESOLVER,
            "The name could not be resolved, and why cannot be told apart."),
    /** There is no route to the address's network. */
    NETWORK_UNREACHABLE("network-unreachable", Group.MACHINE, Side.CLIENT, Locus.LOCAL_HOST,
            "There is no route to the address's network."),
    /** No local port or address is left to connect from. */
    ADDRESS_UNAVAILABLE("address-unavailable", Group.MACHINE, Side.CLIENT, Locus.LOCAL_HOST,
            "No local port or address is left to connect from."),
    /** This process or machine has used up its file descriptors. */
    TOO_MANY_OPEN_FILES("too-many-open-files", Group.MACHINE, Side.CLIENT, Locus.LOCAL_HOST,
            "This process or machine has used up its file descriptors."),
    /** A policy of this machine forbids the connection (EPERM, EACCES). */
    BLOCKED_LOCALLY("blocked-locally", Group.MACHINE, Side.CLIENT, Locus.LOCAL_HOST,
            "A policy of this machine forbids the connection (EPERM, EACCES)."),
    /** No pooled connection became free in time: the client's own pool. */
    CONNECTION_REQUEST_TIMEOUT("connection-request-timeout", Group.MACHINE, Side.CLIENT,
            Locus.LOCAL_HOST,
            "No pooled connection became free in time: the client's own pool."),
    /** No answer to the connection attempt (SYN) within the connect timeout. */
    CONNECT_TIMEOUT("connect-timeout", Group.CONNECTING, Side.CLIENT, Locus.LOCAL_NETWORK,
            "No answer to the connection attempt (SYN) within the connect timeout."),
    /** The connection attempt was answered with a refusal: nobody listens, or a firewall rejects. */
    REFUSED("refused", Group.CONNECTING, Side.SERVER, Locus.REMOTE_SERVICE,
            "The connection attempt was answered with a refusal: nobody listens, or a firewall rejects."),
    /** A router, a firewall or a silent neighbour says that the host cannot be reached. */
    HOST_UNREACHABLE("host-unreachable", Group.CONNECTING, Side.CLIENT, Locus.LOCAL_NETWORK,
            "A router, a firewall or a silent neighbour says that the host cannot be reached."),
    /** The connection was reset while or right after it was made. */
    CONNECT_RESET("connect-reset", Group.CONNECTING, Side.SERVER, Locus.REMOTE_HOST,
            "The connection was reset while or right after it was made."),
    /** The proxy does not answer. */
    PROXY_CONNECT_TIMEOUT("proxy-connect-timeout", Group.PROXY, Side.CLIENT, Locus.PROXY,
            "The proxy does not answer."),
    /** Nobody listens at the proxy's address. */
    PROXY_REFUSED("proxy-refused", Group.PROXY, Side.CLIENT, Locus.PROXY,
            "Nobody listens at the proxy's address."),
    /** The proxy's name or address cannot be reached. */
    PROXY_UNREACHABLE("proxy-unreachable", Group.PROXY, Side.CLIENT, Locus.PROXY,
            "The proxy's name or address cannot be reached."),
    /** The proxy wants a user name and password. */
    PROXY_AUTH_REQUIRED("proxy-auth-required", Group.PROXY, Side.CLIENT, Locus.PROXY,
            "The proxy wants a user name and password."),
    /** The proxy answered CONNECT with an error. */
    PROXY_DENIED("proxy-denied", Group.PROXY, Side.CLIENT, Locus.PROXY,
            "The proxy answered CONNECT with an error."),
    /** The TLS handshake was not done within its timeout. */
    TLS_TIMEOUT("tls-timeout", Group.TLS, Side.SERVER, Locus.REMOTE_SERVICE,
            "The TLS handshake was not done within its timeout."),
    /** What answers on this port does not speak TLS. */
    TLS_NOT_TLS("tls-not-tls", Group.TLS, Side.CLIENT, Locus.CONFIGURATION,
            "What answers on this port does not speak TLS."),
    /** The connection was closed or reset in the middle of the TLS handshake. */
    TLS_CLOSED("tls-closed", Group.TLS, Side.SERVER, Locus.REMOTE_SERVICE,
            "The connection was closed or reset in the middle of the TLS handshake."),
    /** The peer's certificate, or one above it, has expired by this machine's clock. */
    TLS_CERT_EXPIRED("tls-cert-expired", Group.TLS, Side.SERVER, Locus.REMOTE_SERVICE,
            "The peer's certificate, or one above it, has expired by this machine's clock."),
    /** The peer's certificate is not valid yet by this machine's clock. */
    TLS_CERT_NOT_YET_VALID("tls-cert-not-yet-valid", Group.TLS, Side.CLIENT, Locus.LOCAL_HOST,
            "The peer's certificate is not valid yet by this machine's clock."),
    /** The peer's certificate is signed by its own key and not trusted here. */
    TLS_CERT_SELF_SIGNED("tls-cert-self-signed", Group.TLS, Side.SERVER, Locus.REMOTE_SERVICE,
            "The peer's certificate is signed by its own key and not trusted here."),
    /** The peer's certificate leads to no issuer that is trusted here. */
    TLS_CERT_UNTRUSTED("tls-cert-untrusted", Group.TLS, Side.SERVER, Locus.REMOTE_SERVICE,
            "The peer's certificate leads to no issuer that is trusted here."),
    /** The peer's certificate is for other names than the one asked for. */
    TLS_CERT_NAME_MISMATCH("tls-cert-name-mismatch", Group.TLS, Side.CLIENT, Locus.CONFIGURATION,
            "The peer's certificate is for other names than the one asked for."),
    /** The two sides have no TLS version in common. */
    TLS_PROTOCOL_MISMATCH("tls-protocol-mismatch", Group.TLS, Side.SERVER, Locus.REMOTE_SERVICE,
            "The two sides have no TLS version in common."),
    /** The two sides have no cipher suite in common. */
    TLS_CIPHER_MISMATCH("tls-cipher-mismatch", Group.TLS, Side.SERVER, Locus.REMOTE_SERVICE,
            "The two sides have no cipher suite in common."),
    /** The peer wants a client certificate, and none (or not the right one) was given. */
    TLS_CLIENT_CERT_REQUIRED("tls-client-cert-required", Group.TLS, Side.CLIENT,
            Locus.CONFIGURATION,
            "The peer wants a client certificate, and none (or not the right one) was given."),
    /** The peer ended the handshake with another fatal alert. */
    TLS_ALERT("tls-alert", Group.TLS, Side.SERVER, Locus.REMOTE_SERVICE,
            "The peer ended the handshake with another fatal alert."),
    /** We wrote after the peer had closed the connection. */
    BROKEN_PIPE("broken-pipe", Group.WRITING, Side.SERVER, Locus.REMOTE_SERVICE,
            "We wrote after the peer had closed the connection."),
    /** The peer did not take what was written within the socket timeout. */
    WRITE_TIMEOUT("write-timeout", Group.WRITING, Side.SERVER, Locus.REMOTE_SERVICE,
            "The peer did not take what was written within the socket timeout."),
    /** The connection was reset by the peer or by something that speaks for it. */
    RESET("reset", Group.READING, Side.SERVER, Locus.REMOTE_SERVICE,
            "The connection was reset by the peer or by something that speaks for it."),
    /** The connection is up, the request is out, and no byte came within the socket timeout. */
    READ_TIMEOUT("read-timeout", Group.READING, Side.SERVER, Locus.REMOTE_SERVICE,
            "The connection is up, the request is out, and no byte came within the socket timeout."),
    /** The connection was closed before a single byte of an answer. */
    EMPTY_REPLY("empty-reply", Group.READING, Side.SERVER, Locus.REMOTE_SERVICE,
            "The connection was closed before a single byte of an answer."),
    /** The connection was closed before the answer was whole. */
    TRUNCATED("truncated", Group.READING, Side.SERVER, Locus.REMOTE_SERVICE,
            "The connection was closed before the answer was whole."),
    /** What came is not the protocol that was spoken. */
    PROTOCOL_ERROR("protocol-error", Group.READING, Side.SERVER, Locus.REMOTE_SERVICE,
            "What came is not the protocol that was spoken."),
    /** The answer is well-formed and not the one expected. */
    UNEXPECTED_REPLY("unexpected-reply", Group.READING, Side.SERVER, Locus.REMOTE_SERVICE,
            "The answer is well-formed and not the one expected."),
    /** Status 400: the server cannot make sense of the request. */
    HTTP_BAD_REQUEST("http-bad-request", Group.HTTP, Side.CLIENT, Locus.CONFIGURATION,
            "Status 400: the server cannot make sense of the request."),
    /** Status 401: credentials are missing or wrong. */
    HTTP_UNAUTHORIZED("http-unauthorized", Group.HTTP, Side.CLIENT, Locus.CONFIGURATION,
            "Status 401: credentials are missing or wrong."),
    /** Status 403: understood, and refused. */
    HTTP_FORBIDDEN("http-forbidden", Group.HTTP, Side.CLIENT, Locus.CONFIGURATION,
            "Status 403: understood, and refused."),
    /** Status 404 or 410: there is nothing at this path. */
    HTTP_NOT_FOUND("http-not-found", Group.HTTP, Side.CLIENT, Locus.CONFIGURATION,
            "Status 404 or 410: there is nothing at this path."),
    /** Status 408: the server waited for the request in vain. */
    HTTP_REQUEST_TIMEOUT("http-request-timeout", Group.HTTP, Side.CLIENT, Locus.LOCAL_HOST,
            "Status 408: the server waited for the request in vain."),
    /** Status 413, 414 or 431: the request is larger than the server takes. */
    HTTP_TOO_LARGE("http-too-large", Group.HTTP, Side.CLIENT, Locus.CONFIGURATION,
            "Status 413, 414 or 431: the request is larger than the server takes."),
    /** Status 429: more requests than the server allows. */
    HTTP_RATE_LIMITED("http-rate-limited", Group.HTTP, Side.CLIENT, Locus.CONFIGURATION,
            "Status 429: more requests than the server allows."),
    /** Another status of the 4xx class. */
    HTTP_CLIENT_ERROR("http-client-error", Group.HTTP, Side.CLIENT, Locus.CONFIGURATION,
            "Another status of the 4xx class."),
    /** Status 500 or another of the 5xx class: the service failed. */
    HTTP_SERVER_ERROR("http-server-error", Group.HTTP, Side.SERVER, Locus.REMOTE_SERVICE,
            "Status 500 or another of the 5xx class: the service failed."),
    /** Status 502 or 520 to 523, 525, 526: the edge answers, the origin does not, or not properly. */
    HTTP_BAD_GATEWAY("http-bad-gateway", Group.HTTP, Side.SERVER, Locus.REMOTE_SERVICE,
            "Status 502 or 520 to 523, 525, 526: the edge answers, the origin does not, or not properly."),
    /** Status 503: overloaded, in maintenance, or without a healthy origin. */
    HTTP_UNAVAILABLE("http-unavailable", Group.HTTP, Side.SERVER, Locus.REMOTE_SERVICE,
            "Status 503: overloaded, in maintenance, or without a healthy origin."),
    /** Status 504 or 524: the edge waited for the origin in vain. */
    HTTP_GATEWAY_TIMEOUT("http-gateway-timeout", Group.HTTP, Side.SERVER, Locus.REMOTE_SERVICE,
            "Status 504 or 524: the edge waited for the origin in vain."),
    /** Status 407 from what stands at the target's address. */
    HTTP_PROXY_AUTH_REQUIRED("http-proxy-auth-required", Group.HTTP, Side.CLIENT,
            Locus.CONFIGURATION,
            "Status 407 from what stands at the target's address."),
    /** A status that is no error and is not the one expected. */
    HTTP_UNEXPECTED_STATUS("http-unexpected-status", Group.HTTP, Side.CLIENT, Locus.CONFIGURATION,
            "A status that is no error and is not the one expected."),
    /** Redirects that lead in a circle, never end, or lead to where no request can go. */
    HTTP_REDIRECT("http-redirect", Group.HTTP, Side.SERVER, Locus.REMOTE_SERVICE,
            "Redirects that lead in a circle, never end, or lead to where no request can go."),
    /** The total deadline was over before anything shorter failed. */
    DEADLINE_EXCEEDED("deadline-exceeded", Group.CLOCK, Side.SERVER, Locus.REMOTE_SERVICE,
            "The total deadline was over before anything shorter failed."),
    /** Nothing known: the raw exception is in the attempt, and this is a defect of probe to mend. */
    UNCLASSIFIED("unclassified", Group.LAST_RESORT, Side.CLIENT, Locus.LOCAL_HOST,
            "Nothing known: the raw exception is in the attempt, and this is a defect of probe to mend.");

    private final String id;
    private final Group group;
    private final Side priorSide;
    private final Locus priorLocus;
    private final String meaning;

    Kind(String id, Group group, Side priorSide, Locus priorLocus, String meaning) {
        this.id = id;
        this.group = group;
        this.priorSide = priorSide;
        this.priorLocus = priorLocus;
        this.meaning = meaning;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** Its family. */
    public Group group() {
        return group;
    }

    /** Who has to act when nothing but the kind is known. */
    public Side priorSide() {
        return priorSide;
    }

    /** Where the fault lies when nothing but the kind is known. */
    public Locus priorLocus() {
        return priorLocus;
    }

    /** One sentence for {@code --help-kinds} and the README. */
    public String meaning() {
        return meaning;
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

    /** The families of kinds, in the order of the journey. */
    public enum Group {
        /** Turning the name into an address. */
        NAME("name"),
        /** This machine. */
        MACHINE("this machine"),
        /** The TCP handshake. */
        CONNECTING("connecting"),
        /** The proxy. */
        PROXY("proxy"),
        /** The TLS handshake. */
        TLS("TLS"),
        /** Sending the request. */
        WRITING("writing"),
        /** Waiting for and reading the answer. */
        READING("reading"),
        /** The answer's status. */
        HTTP("HTTP status"),
        /** The total. */
        CLOCK("clock"),
        /** What nobody has seen. */
        LAST_RESORT("last resort");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        /** Its heading. */
        public String title() {
            return title;
        }
    }
}
