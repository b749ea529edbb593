package probe.diagnosis;

import java.util.List;
import probe.attempt.Attempt;
import probe.attempt.Excerpt;
import probe.attempt.Failure;
import probe.attempt.Phase;
import probe.target.Scheme;

/** What the peer's first bytes tell of the service behind the port. */
final class ProtocolRules {
    private ProtocolRules() {}

    /**
     * Another protocol answers: the port or the scheme is the wrong one. Where the port was not chosen but is the
     * scheme's own, it is the service that breaks the convention (RFC 9110 §4.2.1, §4.2.2).
     */
    static List<Finding> anotherProtocolAnswersOnAWrongPort(Incident incident) {
        Attempt attempt = incident.attempt();
        Excerpt received = attempt.received();
        if (received == null || received.isEmpty() || incident.in(Phase.PROXY)
                || !incident.is(Kind.TLS_NOT_TLS, Kind.PROTOCOL_ERROR, Kind.UNEXPECTED_REPLY,
                        Kind.EMPTY_REPLY,
                        Kind.TRUNCATED, Kind.READ_TIMEOUT, Kind.RESET)) {
            return List.of();
        }
        SpokenProtocol spoken = SpokenProtocol.of(received);
        Scheme scheme = incident.facts().target().scheme();
        if (spoken == SpokenProtocol.UNKNOWN || !isAnother(incident, spoken)) {
            return List.of();
        }
        String text = "What answers on port " + attempt.port() + " speaks " + spoken.spoken()
                + ", not "
                + asked(incident) + hint(incident, scheme, spoken) + ".";
        if (attempt.port() == scheme.defaultPort()) {
            return List.of(Finding.suggests(Side.SERVER, Locus.REMOTE_SERVICE, "attempt",
                    "peer-speaks",
                    spoken.spoken(), text, new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                            "A portal or filter on this side answers in the service's place.",
                            Remaining.settleWith(incident))));
        }
        return List.of(Finding.points(Side.CLIENT, Locus.CONFIGURATION, "attempt", "peer-speaks",
                spoken.spoken(), text,
                new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                        "The wrong service listens on the right port.",
                        "the operators' word on what port " + attempt.port() + " is for")));
    }

    private static boolean isAnother(Incident incident, SpokenProtocol spoken) {
        SpokenProtocol http = Http2Rules.facts(incident.attempt()).isPresent()
                ? SpokenProtocol.HTTP2
                : SpokenProtocol.HTTP;
        return switch (incident.facts().target().scheme()) {
            case HTTP -> spoken != http;
            case HTTPS -> incident.in(Phase.TLS) ? spoken != SpokenProtocol.TLS
                    : spoken != http;
            case TLS -> incident.in(Phase.TLS) ? spoken != SpokenProtocol.TLS : namesItself(spoken);
            case TCP -> namesItself(spoken);
        };
    }

    /** In a script of the user's own only what cannot be the protocol scripted counts: who scripts SSH or TLS? */
    private static boolean namesItself(SpokenProtocol spoken) {
        return spoken == SpokenProtocol.SSH || spoken == SpokenProtocol.TLS
                || spoken == SpokenProtocol.RFB
                || spoken == SpokenProtocol.HTTP2;
    }

    private static String asked(Incident incident) {
        if (incident.in(Phase.TLS)) {
            return "TLS";
        }
        if (Http2Rules.facts(incident.attempt()).isPresent()) {
            return "HTTP/2";
        }
        return incident.facts().target().scheme().isHttp() ? "HTTP/1.1" : "what was scripted";
    }

    private static String hint(Incident incident, Scheme scheme, SpokenProtocol spoken) {
        if (Http2Rules.facts(incident.attempt()).isPresent() && spoken == SpokenProtocol.HTTP) {
            return ": leave out --http2";
        }
        if (scheme.isHttp() && spoken == SpokenProtocol.HTTP2) {
            return ": try --http2";
        }
        if (scheme == Scheme.HTTP && spoken == SpokenProtocol.TLS) {
            return ": use https://";
        }
        if (scheme == Scheme.HTTPS && spoken == SpokenProtocol.HTTP) {
            return ": use http://";
        }
        if (scheme == Scheme.TLS && spoken == SpokenProtocol.REPLY_CODE) {
            return ": use tcp:// and STARTTLS";
        }
        return "";
    }

    /** A service that waits for its client to speak first is silent with good reason. */
    static List<Finding> aServiceThatIsToGreetMayBeWaitingForItsClient(Incident incident) {
        Failure failure = incident.failure();
        Attempt attempt = incident.attempt();
        return incident.is(Kind.READ_TIMEOUT) && failure.phase() == Phase.EXCHANGE
                && attempt.bytes().sent() == 0
                && attempt.bytes().received() == 0 && !attempt.conversation().isKept()
                        ? List.of(Finding.note("attempt", "bytes-received", 0,
                                "The service took the connection and sent no greeting.",
                                new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                                        "The protocol has no greeting: the client is to speak first, or to begin with"
                                                + " TLS.",
                                        "the same with a --send first, or with tls://")))
                        : List.of();
    }
}
