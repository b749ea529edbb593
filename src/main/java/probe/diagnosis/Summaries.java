package probe.diagnosis;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import probe.attempt.CertificateFacts;
import probe.attempt.Excerpt;
import probe.attempt.FailureName;
import probe.attempt.HttpFacts;
import probe.attempt.Phase;
import probe.attempt.ProxyFacts;
import probe.attempt.TlsFacts;
import probe.evidence.SynSchedule;

/**
 * The verdict in two sentences: what happened, with its numbers, and what the verdict rests on. The first is a
 * table by kind and blames nobody; the second is the text of the decisive finding, or says that there is none.
 */
final class Summaries {
    private Summaries() {}

    /** The summary of an incident and the verdict on it. */
    static String of(Incident incident, Verdict verdict) {
        return Redirections.led(incident) + what(incident) + " " + verdict.decisive()
                .map(finding -> finding.evidence().text())
                .orElse("What was seen does not separate client from server.");
    }

    private static String what(Incident incident) {
        String host = incident.facts().target().host();
        String where = Words.where(incident.attempt());
        String elapsed = Words.spoken(incident.failure().elapsed());
        String moved = incident.attempt().bytes().sent() + " bytes sent and "
                + incident.attempt().bytes().received() + " received";
        String phase = incident.failure().phase().id();
        Optional<String> http2 = Http2Rules.told(incident);
        if (http2.isPresent()) {
            return http2.get();
        }
        return switch (incident.kind()) {
            case DNS_NOT_FOUND -> "The name " + host + " does not exist, says the resolver after "
                    + elapsed + ".";
            case DNS_NO_ADDRESS -> "The name " + host
                    + " exists and has no address of the wanted family.";
            case DNS_SERVER_FAILURE -> "The name servers could not resolve " + host
                    + " (SERVFAIL).";
            case DNS_REFUSED -> "The name server refused to look up " + host + ".";
            case DNS_TIMEOUT -> "No answer to the lookup of " + host + " in " + elapsed + ".";
            case DNS_UNREACHABLE -> "No name server could be reached to look up " + host + ".";
            case DNS_BAD_RESPONSE -> "The name server's answer for " + host + " was malformed.";
            case DNS_BOGUS_ADDRESS -> "The name " + host + " leads to "
                    + incident.attempt().address()
                    + ", which is no address of a service.";
            case DNS_FAILED -> "The name " + host + " could not be resolved, after " + elapsed
                    + ".";
            case NETWORK_UNREACHABLE -> "No route to the network of " + where + ", reported after "
                    + elapsed + ".";
            case ADDRESS_UNAVAILABLE -> "No local address or port could be had to connect to "
                    + where + ".";
            case TOO_MANY_OPEN_FILES -> "No file descriptor was left to connect to " + where + ".";
            case BLOCKED_LOCALLY -> "The connection to " + where
                    + " was forbidden (EPERM or EACCES) after " + elapsed
                    + ".";
            case CONNECTION_REQUEST_TIMEOUT -> "No pooled connection became free in " + elapsed
                    + ".";
            case CONNECT_TIMEOUT -> "No answer to " + syns(incident) + " to " + where + " in "
                    + elapsed + ".";
            case REFUSED -> "The connection to " + where + " was refused after " + elapsed + ".";
            case HOST_UNREACHABLE -> "The host of " + where + " cannot be reached, reported after "
                    + elapsed + ".";
            case CONNECT_RESET -> "The connection to " + where + " was reset "
                    + (incident.in(Phase.CONNECT) ? "while it was made, after " + elapsed
                            : "right after it was made, with no byte sent or received")
                    + ".";
            case PROXY_CONNECT_TIMEOUT -> proxy(incident) + " did not answer in " + elapsed + ".";
            case PROXY_REFUSED -> proxy(incident) + " refused the connection after " + elapsed
                    + ".";
            case PROXY_UNREACHABLE -> proxy(incident) + " could not be reached.";
            case PROXY_AUTH_REQUIRED -> proxy(incident) + " wants a user name and password.";
            case PROXY_DENIED -> proxy(incident) + " did not connect onwards to "
                    + incident.facts().target().hostPort() + proxyStatus(incident) + ".";
            case TLS_TIMEOUT -> "The TLS handshake with " + where + " was not done after " + elapsed
                    + ", with " + moved
                    + ".";
            case TLS_NOT_TLS -> "What answers at " + where + " is not TLS" + beginning(incident)
                    + ".";
            case TLS_CLOSED -> "The connection to " + where
                    + " was ended in the TLS handshake after " + elapsed
                    + ", with " + moved + ".";
            case TLS_CERT_EXPIRED -> "The certificate for " + name(incident)
                    + " has expired by this machine's clock"
                    + ended(incident)
                    + ".";
            case TLS_CERT_NOT_YET_VALID -> "The certificate for " + name(incident)
                    + " is not valid yet by this machine's clock"
                    + leaf(incident,
                            leaf -> ": the service's own is valid from " + leaf.notBefore())
                    + ".";
            case TLS_CERT_SELF_SIGNED -> "The certificate for " + name(incident)
                    + " is signed by its own key and not trusted here.";
            case TLS_CERT_UNTRUSTED -> "The certificate for " + name(incident)
                    + " leads to no issuer that is trusted here"
                    + leaf(incident,
                            leaf -> ": it is signed by " + Excerpt.printable(leaf.issuer()))
                    + ".";
            case TLS_CERT_NAME_MISMATCH -> "The certificate is not for " + name(incident) + ".";
            case TLS_PROTOCOL_MISMATCH -> where + " and this client have no TLS version in common.";
            case TLS_CIPHER_MISMATCH -> where + " and this client have no cipher suite in common.";
            case TLS_CLIENT_CERT_REQUIRED -> where + " wants a client certificate"
                    + (given(incident) ? " and did not accept the one given."
                            : ", and none was given.");
            case TLS_ALERT -> where + " ended the TLS handshake with " + alert(incident) + ".";
            case BROKEN_PIPE -> "A write to " + where + " found the connection closed, with "
                    + moved + ".";
            case WRITE_TIMEOUT -> where + " took no more of the request for " + elapsed + ", with "
                    + moved + ".";
            case RESET -> "The connection to " + where + " was "
                    + (incident.failure().name() == FailureName.ABORTED ? "aborted" : "reset")
                    + " in the phase "
                    + phase + ", with " + moved + ".";
            case READ_TIMEOUT -> where + " took the connection and was silent for " + elapsed
                    + ", with " + moved + ".";
            case EMPTY_REPLY -> where + " ended the connection without a byte of an answer after "
                    + elapsed + ".";
            case TRUNCATED -> "The answer from " + where + " ended before it was whole, with "
                    + moved + ".";
            case PROTOCOL_ERROR -> "What " + where + " sent is not the protocol that was spoken"
                    + beginning(incident)
                    + ".";
            case UNEXPECTED_REPLY -> "The answer from " + where + " is not the one expected"
                    + beginning(incident)
                    + ".";
            case HTTP_BAD_REQUEST, HTTP_UNAUTHORIZED, HTTP_FORBIDDEN, HTTP_NOT_FOUND,
                    HTTP_REQUEST_TIMEOUT,
                    HTTP_TOO_LARGE, HTTP_RATE_LIMITED, HTTP_CLIENT_ERROR, HTTP_SERVER_ERROR,
                    HTTP_BAD_GATEWAY,
                    HTTP_UNAVAILABLE, HTTP_GATEWAY_TIMEOUT, HTTP_PROXY_AUTH_REQUIRED,
                    HTTP_UNEXPECTED_STATUS -> http(
                            incident, where);
            case HTTP_REDIRECT -> Redirections.broken(incident);
            case DEADLINE_EXCEEDED -> (incident.failure().limit() == null
                    ? "The probe was interrupted in the phase "
                    : "The total deadline was over in the phase ") + phase + ", which had lasted "
                    + elapsed + ".";
            case UNCLASSIFIED -> "The attempt on " + where
                    + " failed in a way that probe does not know, " + elapsed
                    + " into the phase " + phase + ".";
        };
    }

    private static String proxy(Incident incident) {
        ProxyFacts facts = incident.attempt().proxy();
        return facts == null ? "The proxy" : "The proxy " + Excerpt.printable(facts.proxy());
    }

    private static String proxyStatus(Incident incident) {
        ProxyFacts facts = incident.attempt().proxy();
        if (facts == null || facts.status() == null) {
            return "";
        }
        // A SOCKS proxy's whole answer is the number.
        Excerpt answer = facts.answer();
        boolean inWords = answer != null && answer.text().startsWith("HTTP/");
        return ": it answered " + facts.status()
                + (answer != null && inWords ? " (" + quoted(answer) + ")" : "");
    }

    /** The name that the certificate had to be for. */
    private static String name(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        return tls == null || tls.serverName() == null ? incident.facts().target().host()
                : tls.serverName();
    }

    private static String alert(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        return tls == null || tls.alert() == null ? "a fatal alert"
                : "alert " + Alerts.spoken(tls.alert());
    }

    private static String http(Incident incident, String where) {
        HttpFacts http = incident.attempt().http();
        return http == null || http.status() == null ? where + " answered with an unwanted status."
                : where + " answered " + Excerpt.printable(http.method()) + " with status "
                        + http.status() + ".";
    }

    /** How many SYNs went out, where the kernel's schedule is known. */
    private static String syns(Incident incident) {
        Duration elapsed = incident.failure().elapsed();
        int sent = incident.facts()
                .observed(SynSchedule.class)
                .findFirst()
                .map(schedule -> schedule.sentWithin(elapsed))
                .orElse(0);
        return sent < 2 ? "the connection attempt (SYN)" : sent + " connection attempts (SYN)";
    }

    /** Until when, and which one where it is not the service's own. */
    private static String ended(Incident incident) {
        return CertificateRules.firstToEnd(incident)
                .map(first -> (incident.leaf().filter(first::equals).isPresent()
                        ? ": the service's own is valid until "
                        : ": that of " + Excerpt.printable(first.subject())
                                + ", further up in its chain, is valid until ")
                        + first.notAfter())
                .orElse("");
    }

    private static String leaf(Incident incident, Function<CertificateFacts, String> told) {
        return incident.leaf().map(told).orElse("");
    }

    private static boolean given(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        return tls != null && tls.clientCertificate() == TlsFacts.ClientCertificate.GIVEN;
    }

    private static String beginning(Incident incident) {
        Excerpt received = incident.attempt().received();
        return received == null || received.isEmpty() ? "" : ": it begins " + quoted(received);
    }

    /** The first few bytes, already escaped; a whole excerpt is too long for a sentence. */
    private static String quoted(Excerpt received) {
        String text = received.text();
        return "\"" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "\"";
    }
}
