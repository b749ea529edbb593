package probe.diagnosis;

import java.util.List;
import probe.target.Target;

/**
 * What remains possible for each kind when nothing has excluded it: one explanation for each side, and what to
 * run to tell them apart. The table behind "below high, an alternative is named".
 */
final class Remaining {

    private record Both(Locus clientLocus, String client, Locus serverLocus, String server) {}

    private Remaining() {}

    /** The explanation on the side that the verdict did not go to. */
    static List<Alternative> of(Incident incident, Side verdict) {
        Both both = table(incident.kind());
        String settle = settleWith(incident);
        return List.of(verdict == Side.CLIENT
                ? new Alternative(Side.SERVER, both.serverLocus(), both.server(), settle)
                : new Alternative(Side.CLIENT, both.clientLocus(), both.client(), settle));
    }

    /** The command or look that would tell the two sides apart. */
    static String settleWith(Incident incident) {
        Target target = incident.facts().target();
        String host = target.host();
        String here = target.hostPort().toString();
        return switch (incident.kind().group()) {
            case NAME -> "dig +trace " + host + " and dig " + host
                    + " @RESOLVER with a resolver outside your network: do they agree with yours?";
            case MACHINE -> "probe --control HOST:PORT " + here
                    + " with a place known to work: does this machine fail there too?";
            case CONNECTING -> "probe --evidence deep --control HOST:PORT " + here
                    + " with a place known to work, and the same from another network";
            case PROXY -> "the proxy's log for " + here + ", and probe --noproxy '*' " + here
                    + " where a direct connection is allowed";
            case TLS -> "openssl s_client -connect " + here
                    + (target.scheme().isTls() ? " -servername " + host : "")
                    + " here and from another network: do both see the same?";
            case WRITING, READING,
                    CLOCK -> "the log of the service at the time of this probe, and tcpdump host "
                            + (incident.attempt().address() == null ? host
                                    : incident.attempt().address())
                            + " while it is repeated";
            case HTTP -> "the log of the service for this request: does it show the request, and this status?";
            case LAST_RESORT -> "the raw exception in attempts[].failure, and probe --evidence deep "
                    + here;
        };
    }

    private static Both table(Kind kind) {
        return switch (kind) {
            case DNS_NOT_FOUND, DNS_NO_ADDRESS -> both(Locus.CONFIGURATION,
                    "The name is misspelled, lacks its domain, or is asked of the wrong name server.",
                    Locus.REMOTE_SERVICE,
                    "The zone's operators have removed the record or never made it.");
            case DNS_SERVER_FAILURE, DNS_REFUSED, DNS_TIMEOUT, DNS_UNREACHABLE, DNS_BAD_RESPONSE,
                    DNS_FAILED -> both(
                            Locus.RESOLVER,
                            "The resolver of this machine, or the way to it, is broken.",
                            Locus.REMOTE_SERVICE, "The name servers of this one zone are broken.");
            case DNS_BOGUS_ADDRESS -> both(Locus.RESOLVER,
                    "A block list or hosts file here answers in place of the zone.",
                    Locus.REMOTE_SERVICE, "The zone itself carries the unusable address.");
            case CONNECTION_REQUEST_TIMEOUT -> both(Locus.LOCAL_HOST,
                    "The pool of this client is too small for its load.",
                    Locus.REMOTE_SERVICE,
                    "The pool is empty because the service answers too slowly.");
            case NETWORK_UNREACHABLE, ADDRESS_UNAVAILABLE, TOO_MANY_OPEN_FILES,
                    BLOCKED_LOCALLY -> both(
                            Locus.LOCAL_HOST,
                            "This machine's routes, addresses or policies forbid the connection.",
                            Locus.REMOTE_HOST,
                            "A router or firewall of the far network has said so by ICMP.");
            case CONNECT_TIMEOUT -> both(Locus.LOCAL_NETWORK,
                    "A firewall, a route or the link on this side drops the packets.",
                    Locus.REMOTE_HOST,
                    "The far host is down, its firewall drops the packets, or its accept queue is full.");
            case REFUSED -> both(Locus.CONFIGURATION,
                    "The port or address is the wrong one, or a firewall on this side refuses in the host's name.",
                    Locus.REMOTE_SERVICE,
                    "Nothing listens on this port, or the host's firewall rejects.");
            case HOST_UNREACHABLE -> both(Locus.LOCAL_NETWORK,
                    "The gateway, the link or a firewall on this side says no, or the neighbour is silent.",
                    Locus.REMOTE_HOST,
                    "The far host is down, or a firewall before it rejects with ICMP.");
            case CONNECT_RESET -> both(Locus.LOCAL_NETWORK,
                    "A firewall on this side resets the connection.",
                    Locus.REMOTE_HOST,
                    "The far host, its firewall or its load balancer resets the connection.");
            case PROXY_DENIED -> both(Locus.PROXY,
                    "The proxy forbids the target, or cannot resolve or reach it itself.",
                    Locus.REMOTE_HOST, "The target does not answer the proxy.");
            case PROXY_CONNECT_TIMEOUT, PROXY_REFUSED, PROXY_UNREACHABLE,
                    PROXY_AUTH_REQUIRED -> both(Locus.PROXY,
                            "The proxy is down, overloaded or asked in the wrong way.",
                            Locus.REMOTE_SERVICE, "The target keeps the proxy waiting.");
            case TLS_CERT_EXPIRED, TLS_CERT_NOT_YET_VALID -> both(Locus.LOCAL_HOST,
                    "The clock of this machine is wrong.", Locus.REMOTE_SERVICE,
                    "The service shows a certificate outside its dates.");
            case TLS_CERT_SELF_SIGNED, TLS_CERT_UNTRUSTED -> both(Locus.CONFIGURATION,
                    "The issuer is to be trusted and this client was not told, or a box on this side"
                            + " intercepts TLS.",
                    Locus.REMOTE_SERVICE,
                    "The service shows a chain that no public issuer vouches for.");
            case TLS_CERT_NAME_MISMATCH -> both(Locus.CONFIGURATION,
                    "The service is asked for under a name that it was never made for.",
                    Locus.REMOTE_SERVICE,
                    "The service shows the wrong certificate for this name.");
            case TLS_PROTOCOL_MISMATCH, TLS_CIPHER_MISMATCH -> both(Locus.CONFIGURATION,
                    "This client offers only versions or suites that are too old, too new or forbidden here.",
                    Locus.REMOTE_SERVICE,
                    "The service accepts only versions or suites that are outdated.");
            case TLS_CLIENT_CERT_REQUIRED -> both(Locus.CONFIGURATION,
                    "The client certificate is missing or not the one wanted.",
                    Locus.REMOTE_SERVICE,
                    "The service turns down a certificate that is good.");
            case TLS_TIMEOUT, TLS_NOT_TLS, TLS_CLOSED, TLS_ALERT -> both(Locus.CONFIGURATION,
                    "The port does not speak TLS, or a box on this side stops this name or this hello.",
                    Locus.REMOTE_SERVICE, "The service fails in the handshake.");
            case BROKEN_PIPE, RESET, EMPTY_REPLY -> both(Locus.LOCAL_NETWORK,
                    "A firewall or address translator on this side has forgotten the connection and ends it.",
                    Locus.REMOTE_SERVICE,
                    "The service, or what stands before it, ended the connection.");
            case READ_TIMEOUT, WRITE_TIMEOUT, DEADLINE_EXCEEDED -> both(Locus.CONFIGURATION,
                    "The limit is shorter than the work takes, or packets are lost on this side.",
                    Locus.REMOTE_SERVICE,
                    "The service, or what stands behind it, is too slow or hangs.");
            case TRUNCATED -> both(Locus.LOCAL_NETWORK, "A box on this side cuts the answer.",
                    Locus.REMOTE_SERVICE, "The service ended its answer early.");
            case PROTOCOL_ERROR, UNEXPECTED_REPLY -> both(Locus.CONFIGURATION,
                    "The port, the scheme or the answer expected is the wrong one.",
                    Locus.REMOTE_SERVICE, "The service answers wrongly.");
            case HTTP_BAD_REQUEST, HTTP_UNAUTHORIZED, HTTP_FORBIDDEN, HTTP_NOT_FOUND,
                    HTTP_REQUEST_TIMEOUT,
                    HTTP_TOO_LARGE, HTTP_RATE_LIMITED, HTTP_CLIENT_ERROR, HTTP_PROXY_AUTH_REQUIRED,
                    HTTP_UNEXPECTED_STATUS -> both(Locus.CONFIGURATION,
                            "The request, or the status expected, is not the right one.",
                            Locus.REMOTE_SERVICE,
                            "The service, or a gateway before it, turns down a good request.");
            case HTTP_REDIRECT -> both(Locus.CONFIGURATION,
                    "The request lacks what would end the chain (a cookie, a login), or allows too few redirects.",
                    Locus.REMOTE_SERVICE,
                    "The service, or what stands before it, sends the request to the wrong place.");
            case HTTP_SERVER_ERROR, HTTP_BAD_GATEWAY, HTTP_UNAVAILABLE,
                    HTTP_GATEWAY_TIMEOUT -> both(
                            Locus.CONFIGURATION,
                            "Something in this request makes the service fail, or a box on this side gave the answer.",
                            Locus.REMOTE_SERVICE, "The service, or what stands behind it, fails.");
            case UNCLASSIFIED -> both(Locus.LOCAL_HOST,
                    "Something on this machine that probe does not know.",
                    Locus.REMOTE_SERVICE, "Something at the far end that probe does not know.");
        };
    }

    private static Both both(Locus clientLocus, String client, Locus serverLocus, String server) {
        return new Both(clientLocus, client, serverLocus, server);
    }
}
