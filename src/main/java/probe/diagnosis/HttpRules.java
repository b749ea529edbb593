package probe.diagnosis;

import java.util.List;
import java.util.Optional;
import probe.attempt.HttpFacts;
import probe.attempt.TlsFacts;
import probe.target.Scheme;

/**
 * What the status of an answer says. That there is one proves the name, the network, the host and the server program;
 * whose fault the failure is, the status itself declares: 4xx "the client seems to have erred", 5xx "the server is
 * aware that it has erred" (RFC 9110 §15.5, §15.6).
 */
final class HttpRules {
    /** Between the edge of one large network and the origin behind it: 520 to 526. */
    private static final int FIRST_OF_EDGE = 520;
    private static final int LAST_OF_EDGE = 526;

    private HttpRules() {}

    private static Optional<Integer> status(Incident incident) {
        HttpFacts http = incident.attempt().http();
        return incident.kind().group() != Kind.Group.HTTP || http == null ? Optional.empty()
                : Optional.ofNullable(http.status());
    }

    /** A refusal that the status defines as the request's own fault, whoever on the server's side gave it. */
    static List<Finding> aStatusThatBlamesTheRequest(Incident incident) {
        int status = status(incident).orElse(0);
        if (status / 100 != 4) {
            return List.of();
        }
        String server = Gateways.spoken(incident.attempt().http());
        String text = "An answer came" + server + ": the network and the server work, and status "
                + status
                + " is what it says of the request.";
        return switch (status) {
            // The server's view of time: its own rule looks at it.
            case 408 -> List.of();
            // Who else shares this client's address or account, and how tight the limit is, is not known here.
            case 429 -> List.of(Finding.points(Side.CLIENT, Locus.CONFIGURATION, "http", "status",
                    status,
                    "An answer came" + server
                            + ": the service works and counts more requests than it allows.",
                    new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                            "The service's limit is too tight, or counts others as this client.",
                            "the service's documented limits, and who else shares this address")));
            case 404, 410 -> Gateways.stands(incident.attempt().http())
                    ? List.of(Finding.points(Side.CLIENT, Locus.CONFIGURATION, "http", "status",
                            status, text,
                            new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                                    "The gateway has lost its route to the service behind it.",
                                    Remaining.settleWith(incident))))
                    : List.of(Finding.proves(Side.CLIENT, Locus.CONFIGURATION, "http", "status",
                            status, text));
            case 400, 401, 403, 405, 406, 409, 411, 412, 413, 414, 415, 416, 417, 422, 426, 428,
                    431 -> List.of(
                            Finding.proves(Side.CLIENT, Locus.CONFIGURATION, "http", "status",
                                    status, text));
            default -> List.of(Finding.points(Side.CLIENT, Locus.CONFIGURATION, "http", "status",
                    status, text));
        };
    }

    /** 408 means that the request did not come in time (RFC 9110 §15.5.9): was it sent, and did it arrive? */
    static List<Finding> aServerThatWaitedForTheRequest(Incident incident) {
        if (!incident.is(Kind.HTTP_REQUEST_TIMEOUT)) {
            return List.of();
        }
        Long acknowledged = incident.attempt().bytes().acknowledged();
        if (acknowledged != null && acknowledged >= incident.attempt().bytes().sent()
                && !incident.isProxied()) {
            return List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "kernel",
                    "bytes-acknowledged", acknowledged,
                    "The far kernel had acknowledged the whole request when the server said that it"
                            + " had not come."));
        }
        return List.of(Finding.suggests(Side.CLIENT, Locus.LOCAL_HOST, "http", "status", 408,
                "The server says that it waited for the request in vain: it was sent too slowly, or a"
                        + " kept connection was idle too long."));
    }

    /**
     * 500 and its like: the server says itself that it has erred, which holds even when a request provokes it. Proof
     * where nobody but the server's side can have written it; a gateway in the clear may stand on this side.
     */
    static List<Finding> aStatusThatBlamesTheServer(Incident incident) {
        int status = status(incident).orElse(0);
        if (status / 100 != 5 || status == 511 || ProxyRules.isPlain(incident)) {
            return List.of();
        }
        HttpFacts http = incident.attempt().http();
        String server = Gateways.spoken(http);
        boolean edge = isGatewayStatus(status) || status == 503 && Gateways.stands(http);
        String text = edge
                ? "The edge" + server
                        + " answers, the origin behind it does not: by the edge's word it "
                        + Gateways.ofOrigin(status) + " (" + status + ")."
                : "An answer came" + server + ": the network works, and status " + status
                        + " is what the server says of itself.";
        Finding points = Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "http", "status", status,
                text);
        if (status == 501 || status == 505) {
            return List.of(points); // It cannot do what was asked: perhaps nobody should have asked.
        }
        boolean inTheClear = !isVerified(incident) && (edge || Gateways.stands(http));
        return List.of(inTheClear ? points
                : Finding.proves(Side.SERVER, Locus.REMOTE_SERVICE, "http", "status", status,
                        text));
    }

    private static boolean isGatewayStatus(int status) {
        return status == 502 || status == 504 || status >= FIRST_OF_EDGE && status <= LAST_OF_EDGE;
    }

    /** Inside TLS with a chain that was accepted, nobody between the two can have written the answer. */
    private static boolean isVerified(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        return incident.facts().target().scheme() == Scheme.HTTPS
                && (tls == null || tls.faults().isEmpty());
    }

    /** 511: a network wants a login before it lets anybody through; no service answers so (RFC 6585 §6). */
    static List<Finding> aNetworkThatWantsALoginFirst(Incident incident) {
        return status(incident).filter(status -> status == 511).isPresent()
                ? List.of(Finding.points(Side.CLIENT, Locus.LOCAL_NETWORK, "http", "status", 511,
                        "Status 511 is not the service's: a network on the way wants a login first."))
                : List.of();
    }

    /** 407 where no proxy was set: one stands there all the same, or the target is one (RFC 9110 §15.5.8). */
    static List<Finding> aProxyThatNobodySet(Incident incident) {
        return incident.is(Kind.HTTP_PROXY_AUTH_REQUIRED)
                ? List.of(Finding.note("http", "status", 407,
                        "Only proxies answer 407, and none was set: the target is a proxy, or one stands on the way.",
                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                "The own network sends web traffic through a proxy that wants a login.",
                                "the administrators of the network; probe --proxy URL")))
                : List.of();
    }
}
