package probe.diagnosis;

import java.util.List;
import java.util.Optional;
import probe.attempt.Attempt;
import probe.attempt.FailureName;
import probe.attempt.Http2Facts;
import probe.attempt.Http2Facts.Ending;
import probe.attempt.HttpFacts;
import probe.attempt.Phase;
import probe.attempt.TlsFacts;

/** What the frames of HTTP/2 say (RFC 9113): they name the reason, where TCP has only a reset. */
final class Http2Rules {
    private static final String FACT = "http2-end";

    private Http2Rules() {}

    /** What was seen of HTTP/2, where it was spoken or to be spoken. */
    static Optional<Http2Facts> facts(Attempt attempt) {
        HttpFacts http = attempt.http();
        return http == null ? Optional.empty() : Optional.ofNullable(http.http2());
    }

    private static Optional<Http2Facts> ended(Incident incident) {
        FailureName name = incident.failure().name();
        return name == FailureName.STREAM_RESET || name == FailureName.GOING_AWAY
                ? facts(incident.attempt()).filter(facts -> facts.ending() != null)
                : Optional.empty();
    }

    /** What happened, where HTTP/2 says it better than a kind can; blames nobody. */
    static Optional<String> told(Incident incident) {
        String where = Words.where(incident.attempt());
        if (isOtherVersion(incident)) {
            return Optional.of("HTTP/2 was asked for, and " + where + " chose "
                    + chosen(incident) + " in the TLS handshake.");
        }
        String after = " after " + Words.spoken(incident.failure().elapsed()) + " in the phase "
                + incident.failure().phase().id() + ".";
        return ended(incident).map(facts -> facts.ending() == Ending.RST_STREAM
                ? where + " reset the HTTP/2 stream with " + facts.spokenCode() + after
                : where + " is ending the HTTP/2 connection (GOAWAY) with " + facts.spokenCode()
                        + after);
    }

    /** The far end's own HTTP/2 layer writes these frames, and their codes say why (RFC 9113 §7). */
    static List<Finding> anHttp2EndIsWrittenByThePeer(Incident incident) {
        FailureName name = incident.failure().name();
        if (name != FailureName.STREAM_RESET && name != FailureName.GOING_AWAY) {
            return List.of();
        }
        Http2Facts facts = ended(incident).orElse(Http2Facts.NOTHING_ENDED);
        Long code = facts.code();
        String value = code == null ? name.id() : facts.spokenCode();
        String written = "The far end's own HTTP/2 layer ended it with a frame";
        return List.of(switch (code == null ? -1 : Math.toIntExact(Math.min(code, 99))) {
            case 0 -> server(value, written + " that names no error: it is shutting down or"
                    + " draining its connections.");
            case 7 -> server(value, written + ": it takes no more requests on this connection.");
            case 11 -> Finding.suggests(Side.CLIENT, Locus.CONFIGURATION, "http", FACT, value,
                    written + ": it finds the load from here too high.",
                    new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                            "Its limit is too tight, or counts others as this client.",
                            "the service's limits, and who else shares this address"));
            case 13 -> Finding.points(Side.CLIENT, Locus.CONFIGURATION, "http", FACT, value,
                    written + ": this request is to be made over HTTP/1.1; leave out --http2.");
            case 12 -> Finding.suggests(Side.CLIENT, Locus.CONFIGURATION, "http", FACT, value,
                    written + ": it finds the TLS settings agreed on too weak.");
            // It says that this client broke the protocol; a client that works elsewhere suspects a box between.
            case 1, 3, 4, 5, 6, 9 -> Finding.suggests(Side.SERVER, Locus.REMOTE_SERVICE, "http",
                    FACT, value, written + ": it takes what was sent for a breach of HTTP/2.",
                    new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                            "A header or the size of the request is more than it allows.",
                            "the same request without --http2, and without its headers"));
            default -> server(value, written + ".");
        });
    }

    private static Finding server(String value, String text) {
        return Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "http", FACT, value, text);
    }

    /** REFUSED_STREAM, or a stream above the last in GOAWAY: not acted on, in the server's own words (§6.8, §8.7). */
    static List<Finding> whatThePeerHasNotActedOn(Incident incident) {
        return ended(incident)
                .map(facts -> facts.isRefused()
                        ? List.of(Finding.note("http", "http2-refused",
                                String.valueOf(facts.stream() == null ? 0 : facts.stream()),
                                "The server says itself that it has not acted on the request: any method may be"
                                        + " repeated, on a new connection."))
                        : List.<Finding>of())
                .orElse(List.of());
    }

    /** Offered h2 and http/1.1 by ALPN, the server chose the latter, or nothing (RFC 7301 §3.2). */
    static List<Finding> aServerThatChoosesAnotherVersion(Incident incident) {
        return isOtherVersion(incident)
                ? List.of(Finding.points(Side.CLIENT, Locus.CONFIGURATION, "tls", "alpn",
                        chosen(incident),
                        "The handshake was done and HTTP/2 was offered: what answers speaks HTTP/1.1 alone.",
                        new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                                "HTTP/2 is switched off there, or in what ends TLS before the service.",
                                "the same without --http2, and the service's own settings")))
                : List.of();
    }

    private static boolean isOtherVersion(Incident incident) {
        return incident.failure().name() == FailureName.MISMATCH && incident.in(Phase.TLS);
    }

    private static String chosen(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        return tls == null || tls.alpn() == null ? "no protocol" : Words.cut(tls.alpn());
    }
}
