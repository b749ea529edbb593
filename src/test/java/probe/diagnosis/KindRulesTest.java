package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import probe.attempt.CertificateFault;
import probe.attempt.FailureName;
import probe.attempt.Http2Facts;
import probe.attempt.Phase;
import probe.attempt.Redirect;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts.ClientCertificate;
import probe.profile.TimeoutName;

/** What happened, in the order of the branches of {@link KindRules}, {@link TlsKinds} and {@link HttpKinds}. */
class KindRulesTest {
    private static final String PROXY = "http://proxy.example:3128";

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_failure_has_its_kind(String situation, Given given, Kind expected) {
        assertEquals(expected, kindOf(given), situation);
    }

    private static Kind kindOf(Given given) {
        Facts facts = given.facts();
        return Diagnoser.kindOf(facts, facts.attempts().getFirst()).orElseThrow();
    }

    static Stream<Arguments> cases() {
        return Stream
                .of(names(), connecting(), proxies(), talking(), endings(), handshakes(),
                        statuses())
                .flatMap(rows -> rows);
    }

    private static Arguments row(String situation, Given given, Kind expected) {
        return Arguments.of(situation, given, expected);
    }

    private static Given resolving(FailureName name, @Nullable TimeoutName limit) {
        return Given.target("db.example:5432").at(null).fails(name, Phase.RESOLVE, 5, limit);
    }

    private static Given resolving(FailureName name) {
        return Given.target("db.example:5432").at(null).fails(name, Phase.RESOLVE, 5, null);
    }

    private static Stream<Arguments> names() {
        return Stream.of(
                row("a name leads to 0.0.0.0", Given.target("db.example:5432")
                        .at("0.0.0.0")
                        .fails(FailureName.REFUSED, Phase.CONNECT, 1, null),
                        Kind.DNS_BOGUS_ADDRESS),
                row("a name leads to ::", Given.target("db.example:5432")
                        .at("0:0:0:0:0:0:0:0")
                        .fails(FailureName.REFUSED, Phase.CONNECT, 1, null),
                        Kind.DNS_BOGUS_ADDRESS),
                row("0.0.0.0 was typed", Given.target("0.0.0.0:5432")
                        .at("0.0.0.0")
                        .fails(FailureName.REFUSED, Phase.CONNECT, 1, null), Kind.REFUSED),
                row("NXDOMAIN", resolving(FailureName.NAME_NOT_FOUND), Kind.DNS_NOT_FOUND),
                row("NODATA", resolving(FailureName.NAME_NO_ADDRESS), Kind.DNS_NO_ADDRESS),
                row("dns limit", resolving(FailureName.TIMED_OUT, TimeoutName.DNS),
                        Kind.DNS_TIMEOUT),
                row("deadline while resolving",
                        resolving(FailureName.TIMED_OUT, TimeoutName.DEADLINE),
                        Kind.DEADLINE_EXCEEDED),
                row("port 53 refuses", resolving(FailureName.REFUSED), Kind.DNS_UNREACHABLE),
                row("port 53 has no route", resolving(FailureName.NETWORK_UNREACHABLE),
                        Kind.DNS_UNREACHABLE),
                row("a malformed answer", resolving(FailureName.MALFORMED), Kind.DNS_BAD_RESPONSE),
                row("no descriptor to resolve with", resolving(FailureName.TOO_MANY_OPEN_FILES),
                        Kind.TOO_MANY_OPEN_FILES),
                row("stopped while resolving", resolving(FailureName.INTERRUPTED),
                        Kind.DEADLINE_EXCEEDED),
                row("EAI_AGAIN", resolving(FailureName.NAME_LOOKUP_FAILED), Kind.DNS_FAILED),
                row("unknown while resolving", resolving(FailureName.UNKNOWN), Kind.DNS_FAILED),
                row("the proxy's name", resolving(FailureName.NAME_NOT_FOUND).proxy(PROXY, null),
                        Kind.PROXY_UNREACHABLE),
                row("deadline while resolving the proxy",
                        resolving(FailureName.TIMED_OUT, TimeoutName.DEADLINE)
                                .proxy(PROXY, null),
                        Kind.DEADLINE_EXCEEDED),
                row("the target's name, to be told to a SOCKS proxy",
                        resolving(FailureName.NAME_NOT_FOUND)
                                .at("192.0.2.1")
                                .proxy("socks5://proxy.example:1080", null),
                        Kind.DNS_NOT_FOUND));
    }

    private static Given connecting(FailureName name, @Nullable TimeoutName limit) {
        return Given.target("db.example:5432").fails(name, Phase.CONNECT, 21, limit);
    }

    private static Given connecting(FailureName name) {
        return Given.target("db.example:5432").fails(name, Phase.CONNECT, 21, null);
    }

    private static Stream<Arguments> connecting() {
        return Stream.of(
                row("silence", connecting(FailureName.TIMED_OUT, TimeoutName.CONNECT),
                        Kind.CONNECT_TIMEOUT),
                row("the kernel gave up", connecting(FailureName.TIMED_OUT), Kind.CONNECT_TIMEOUT),
                row("deadline while connecting",
                        connecting(FailureName.TIMED_OUT, TimeoutName.DEADLINE),
                        Kind.DEADLINE_EXCEEDED),
                row("refused", connecting(FailureName.REFUSED), Kind.REFUSED),
                row("reset while connecting", connecting(FailureName.RESET), Kind.CONNECT_RESET),
                row("no route to host", connecting(FailureName.HOST_UNREACHABLE),
                        Kind.HOST_UNREACHABLE),
                row("no route to network", connecting(FailureName.NETWORK_UNREACHABLE),
                        Kind.NETWORK_UNREACHABLE),
                row("blackhole route", connecting(FailureName.INVALID_ROUTE),
                        Kind.NETWORK_UNREACHABLE),
                row("no local port", connecting(FailureName.ADDRESS_UNAVAILABLE),
                        Kind.ADDRESS_UNAVAILABLE),
                row("EACCES", connecting(FailureName.PERMISSION_DENIED), Kind.BLOCKED_LOCALLY),
                row("EMFILE", connecting(FailureName.TOO_MANY_OPEN_FILES),
                        Kind.TOO_MANY_OPEN_FILES),
                row("stopped while connecting", connecting(FailureName.INTERRUPTED),
                        Kind.DEADLINE_EXCEEDED),
                row("unknown while connecting", connecting(FailureName.UNKNOWN), Kind.UNCLASSIFIED),
                row("no lease", Given.target("http://web.example/")
                        .at(null)
                        .fails(FailureName.TIMED_OUT, Phase.LEASE, 3000,
                                TimeoutName.CONNECTION_REQUEST),
                        Kind.CONNECTION_REQUEST_TIMEOUT));
    }

    private static Given asking(FailureName name, @Nullable TimeoutName limit) {
        return Given.connected().proxy(PROXY, null).fails(name, Phase.PROXY, 21, limit);
    }

    private static Given asking(FailureName name, @Nullable Integer status) {
        return Given.connected().proxy(PROXY, status).fails(name, Phase.PROXY, 21, null);
    }

    private static Stream<Arguments> proxies() {
        return Stream.of(
                row("the proxy is silent",
                        connecting(FailureName.TIMED_OUT, TimeoutName.CONNECT).proxy(PROXY, null),
                        Kind.PROXY_CONNECT_TIMEOUT),
                row("deadline while connecting to the proxy",
                        connecting(FailureName.TIMED_OUT, TimeoutName.DEADLINE)
                                .proxy(PROXY, null),
                        Kind.DEADLINE_EXCEEDED),
                row("the proxy refuses", connecting(FailureName.REFUSED).proxy(PROXY, null),
                        Kind.PROXY_REFUSED),
                row("no route to the proxy",
                        connecting(FailureName.HOST_UNREACHABLE).proxy(PROXY, null),
                        Kind.PROXY_UNREACHABLE),
                row("the proxy resets", connecting(FailureName.RESET).proxy(PROXY, null),
                        Kind.PROXY_UNREACHABLE),
                row("no descriptor for the proxy",
                        connecting(FailureName.TOO_MANY_OPEN_FILES).proxy(PROXY, null),
                        Kind.TOO_MANY_OPEN_FILES),
                row("silence after CONNECT", asking(FailureName.TIMED_OUT, TimeoutName.SOCKET),
                        Kind.PROXY_CONNECT_TIMEOUT),
                row("deadline after CONNECT", asking(FailureName.TIMED_OUT, TimeoutName.DEADLINE),
                        Kind.DEADLINE_EXCEEDED),
                row("407 after CONNECT", asking(FailureName.PROXY_REFUSED, 407),
                        Kind.PROXY_AUTH_REQUIRED),
                row("SOCKS wants a login", asking(FailureName.PROXY_REFUSED, 0xff),
                        Kind.PROXY_AUTH_REQUIRED),
                row("403 after CONNECT", asking(FailureName.PROXY_REFUSED, 403), Kind.PROXY_DENIED),
                row("SOCKS could not reach it", asking(FailureName.PROXY_REFUSED, 4),
                        Kind.PROXY_DENIED),
                row("a refusal without a status", asking(FailureName.PROXY_REFUSED, (Integer) null),
                        Kind.PROXY_DENIED),
                row("the proxy hangs up", asking(FailureName.CLOSED, (Integer) null),
                        Kind.EMPTY_REPLY),
                row("the proxy speaks nonsense",
                        asking(FailureName.MALFORMED, (Integer) null).received("xyz"),
                        Kind.PROTOCOL_ERROR),
                row("the proxy resets after CONNECT", asking(FailureName.RESET, (Integer) null)
                        .bytes(80, null, 0), Kind.RESET));
    }

    private static Given exchange(FailureName name, @Nullable TimeoutName limit) {
        return Given.connected()
                .bytes(10, null, 0)
                .request(RequestProgress.COMPLETE)
                .exchange(2, 1, "220")
                .fails(name, Phase.EXCHANGE, 2000, limit);
    }

    private static Stream<Arguments> talking() {
        return Stream.of(
                row("the handshake takes too long", Given.handshaking()
                        .fails(FailureName.TIMED_OUT, Phase.TLS, 3100, TimeoutName.TLS),
                        Kind.TLS_TIMEOUT),
                row("the request is not taken", Given.requested()
                        .request(RequestProgress.PARTIAL)
                        .fails(FailureName.TIMED_OUT, Phase.REQUEST, 10_000, TimeoutName.SOCKET),
                        Kind.WRITE_TIMEOUT),
                row("no head", Given.requested()
                        .fails(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD, 10_000,
                                TimeoutName.SOCKET),
                        Kind.READ_TIMEOUT),
                row("the body stalls", Given.requested()
                        .fails(FailureName.TIMED_OUT, Phase.RESPONSE_BODY, 10_000,
                                TimeoutName.SOCKET),
                        Kind.READ_TIMEOUT),
                row("an expect waits in vain", exchange(FailureName.TIMED_OUT, TimeoutName.SOCKET),
                        Kind.READ_TIMEOUT),
                row("a send is not taken", Given.connected()
                        .request(RequestProgress.PARTIAL)
                        .exchange(2, 0, null)
                        .fails(FailureName.TIMED_OUT, Phase.EXCHANGE, 10_000, TimeoutName.SOCKET),
                        Kind.WRITE_TIMEOUT),
                row("an expect with nothing sent", Given.connected()
                        .exchange(1, 0, "220")
                        .fails(FailureName.TIMED_OUT, Phase.EXCHANGE, 10_000, TimeoutName.SOCKET),
                        Kind.READ_TIMEOUT),
                row("the kernel gave up on data", exchange(FailureName.TIMED_OUT, null),
                        Kind.READ_TIMEOUT),
                row("deadline in the body", Given.requested()
                        .fails(FailureName.TIMED_OUT, Phase.RESPONSE_BODY, 29_000,
                                TimeoutName.DEADLINE),
                        Kind.DEADLINE_EXCEEDED),
                row("another pattern", exchange(FailureName.MISMATCH, null), Kind.UNEXPECTED_REPLY),
                row("no HTTP", Given.requested()
                        .received("SSH-2.0-x\r\n")
                        .fails(FailureName.MALFORMED, Phase.RESPONSE_HEAD, 5, null),
                        Kind.PROTOCOL_ERROR),
                row("no route any more", exchange(FailureName.HOST_UNREACHABLE, null),
                        Kind.HOST_UNREACHABLE));
    }

    private static Stream<Arguments> endings() {
        return Stream.of(
                row("reset in the handshake",
                        Given.handshaking().fails(FailureName.RESET, Phase.TLS, 20, null),
                        Kind.TLS_CLOSED),
                row("closed in the handshake",
                        Given.handshaking().fails(FailureName.CLOSED, Phase.TLS, 20, null),
                        Kind.TLS_CLOSED),
                row("reset in place of an answer, a certificate having been asked for",
                        Given.handshaking()
                                .tls(null, ClientCertificate.MISSING)
                                .request(RequestProgress.COMPLETE)
                                .fails(FailureName.RESET, Phase.RESPONSE_HEAD, 20, null),
                        Kind.TLS_CLIENT_CERT_REQUIRED),
                row("reset after the head, a certificate having been asked for", Given.handshaking()
                        .tls(null, ClientCertificate.MISSING)
                        .http("GET", 200)
                        .fails(FailureName.RESET, Phase.RESPONSE_BODY, 20, null), Kind.RESET),
                row("EPIPE",
                        Given.requested().fails(FailureName.BROKEN_PIPE, Phase.REQUEST, 20, null),
                        Kind.BROKEN_PIPE),
                row("closed without a byte", Given.requested()
                        .fails(FailureName.CLOSED, Phase.RESPONSE_HEAD, 20, null),
                        Kind.EMPTY_REPLY),
                row("closed in the head", Given.requested()
                        .bytes(100, null, 9)
                        .fails(FailureName.CLOSED, Phase.RESPONSE_HEAD, 20, null), Kind.TRUNCATED),
                row("closed in the body", Given.requested()
                        .http("GET", 200)
                        .fails(FailureName.CLOSED, Phase.RESPONSE_BODY, 20, null), Kind.TRUNCATED),
                row("closed after half a reply", exchange(FailureName.CLOSED, null).received("2"),
                        Kind.TRUNCATED),
                row("closed after a greeting, without a reply",
                        exchange(FailureName.CLOSED, null).received("")
                                .bytes(10, null, 30),
                        Kind.EMPTY_REPLY),
                row("a body shorter than it says", Given.requested()
                        .http("GET", 200)
                        .fails(FailureName.TRUNCATED, Phase.RESPONSE_BODY, 20, null),
                        Kind.TRUNCATED),
                row("GOAWAY before an answer", Given.requested()
                        .fails(FailureName.GOING_AWAY, Phase.RESPONSE_HEAD, 20, null),
                        Kind.EMPTY_REPLY),
                row("reset right after connecting", Given.connected()
                        .exchange(1, 0, "220")
                        .fails(FailureName.RESET, Phase.EXCHANGE, 1, null), Kind.CONNECT_RESET),
                row("reset a while after connecting", Given.connected()
                        .exchange(1, 0, "220")
                        .fails(FailureName.RESET, Phase.EXCHANGE, 60_000, null), Kind.RESET),
                row("reset under a request", Given.requested()
                        .fails(FailureName.RESET, Phase.RESPONSE_HEAD, 20, null), Kind.RESET),
                row("RST_STREAM", Given.requested()
                        .fails(FailureName.STREAM_RESET, Phase.RESPONSE_HEAD, 20, null),
                        Kind.RESET),
                row("aborted", Given.requested()
                        .fails(FailureName.ABORTED, Phase.RESPONSE_HEAD, 20, null), Kind.RESET));
    }

    private static Given rejected(CertificateFault... faults) {
        return Given.handshaking()
                .tls(null, ClientCertificate.NOT_ASKED, faults)
                .fails(FailureName.CERTIFICATE_REJECTED, Phase.TLS, 30, null);
    }

    private static Given alert(int alert, ClientCertificate client) {
        return Given.handshaking()
                .tls(alert, client)
                .fails(FailureName.TLS_ALERT, Phase.TLS, 30, null);
    }

    private static Stream<Arguments> handshakes() {
        return Stream.of(
                row("no TLS", Given.handshaking()
                        .received("HTTP/1.1 400 Bad Request\r\n")
                        .fails(FailureName.NOT_TLS, Phase.TLS, 30, null), Kind.TLS_NOT_TLS),
                row("another name, expired and self-signed", rejected(CertificateFault.EXPIRED,
                        CertificateFault.SELF_SIGNED, CertificateFault.NAME_MISMATCH),
                        Kind.TLS_CERT_NAME_MISMATCH),
                row("expired and self-signed",
                        rejected(CertificateFault.EXPIRED, CertificateFault.SELF_SIGNED),
                        Kind.TLS_CERT_SELF_SIGNED),
                row("expired and of an unknown issuer", rejected(CertificateFault.EXPIRED,
                        CertificateFault.UNKNOWN_ISSUER), Kind.TLS_CERT_UNTRUSTED),
                row("not yet valid", rejected(CertificateFault.NOT_YET_VALID),
                        Kind.TLS_CERT_NOT_YET_VALID),
                row("expired and weak", rejected(CertificateFault.WEAK, CertificateFault.EXPIRED),
                        Kind.TLS_CERT_EXPIRED),
                row("weak", rejected(CertificateFault.WEAK), Kind.TLS_CERT_UNTRUSTED),
                row("refused for no known reason", rejected(), Kind.TLS_CERT_UNTRUSTED),
                row("alert 70", alert(70, ClientCertificate.NOT_ASKED), Kind.TLS_PROTOCOL_MISMATCH),
                row("alert 40, no certificate asked for", alert(40, ClientCertificate.NOT_ASKED),
                        Kind.TLS_CIPHER_MISMATCH),
                row("alert 40, a certificate asked for", alert(40, ClientCertificate.MISSING),
                        Kind.TLS_CLIENT_CERT_REQUIRED),
                row("alert 71", alert(71, ClientCertificate.NOT_ASKED), Kind.TLS_CIPHER_MISMATCH),
                row("alert 116", alert(116, ClientCertificate.NOT_ASKED),
                        Kind.TLS_CLIENT_CERT_REQUIRED),
                row("alert 42, a certificate given", alert(42, ClientCertificate.GIVEN),
                        Kind.TLS_CLIENT_CERT_REQUIRED),
                row("alert 42, none asked for", alert(42, ClientCertificate.NOT_ASKED),
                        Kind.TLS_ALERT),
                row("alert 80", alert(80, ClientCertificate.NOT_ASKED), Kind.TLS_ALERT),
                row("an alert without a code", Given.handshaking()
                        .fails(FailureName.TLS_ALERT, Phase.TLS, 30, null), Kind.TLS_ALERT),
                row("nothing to offer", Given.handshaking()
                        .bytes(0, null, 0)
                        .fails(FailureName.TLS_FAILED, Phase.TLS, 1, null),
                        Kind.TLS_PROTOCOL_MISMATCH),
                row("a choice that is refused here", Given.handshaking()
                        .bytes(300, null, 90)
                        .fails(FailureName.TLS_FAILED, Phase.TLS, 30, null), Kind.PROTOCOL_ERROR),
                row("TLS fails after nonsense", Given.handshaking()
                        .received("SSH-2.0-x")
                        .fails(FailureName.TLS_FAILED, Phase.TLS, 30, null), Kind.TLS_NOT_TLS),
                row("TLS fails without a byte", Given.handshaking()
                        .fails(FailureName.TLS_FAILED, Phase.TLS, 30, null), Kind.TLS_CLOSED),
                row("a bad record in the answer", Given.handshaking()
                        .bytes(300, null, 90)
                        .fails(FailureName.TLS_FAILED, Phase.RESPONSE_BODY, 30, null),
                        Kind.PROTOCOL_ERROR));
    }

    private static Arguments status(int status, Kind expected) {
        return row("status " + status, Given.answered(status), expected);
    }

    private static Stream<Arguments> statuses() {
        return Stream.of(
                row("the proxy's 407", Given.answered(407).proxy(PROXY, null).answeredByProxy(407),
                        Kind.PROXY_AUTH_REQUIRED),
                row("the proxy's 403", Given.answered(403).proxy(PROXY, null).answeredByProxy(403),
                        Kind.PROXY_DENIED),
                row("407 through a proxy", Given.answered(407).proxy(PROXY, null),
                        Kind.PROXY_AUTH_REQUIRED),
                row("407 without a proxy", Given.answered(407), Kind.HTTP_PROXY_AUTH_REQUIRED),
                status(400, Kind.HTTP_BAD_REQUEST), status(401, Kind.HTTP_UNAUTHORIZED),
                status(403, Kind.HTTP_FORBIDDEN), status(404, Kind.HTTP_NOT_FOUND),
                status(410, Kind.HTTP_NOT_FOUND),
                status(408, Kind.HTTP_REQUEST_TIMEOUT), status(413, Kind.HTTP_TOO_LARGE),
                status(414, Kind.HTTP_TOO_LARGE), status(431, Kind.HTTP_TOO_LARGE),
                status(429, Kind.HTTP_RATE_LIMITED), status(502, Kind.HTTP_BAD_GATEWAY),
                status(520, Kind.HTTP_BAD_GATEWAY), status(526, Kind.HTTP_BAD_GATEWAY),
                status(503, Kind.HTTP_UNAVAILABLE), status(504, Kind.HTTP_GATEWAY_TIMEOUT),
                status(524, Kind.HTTP_GATEWAY_TIMEOUT), status(418, Kind.HTTP_CLIENT_ERROR),
                status(500, Kind.HTTP_SERVER_ERROR), status(527, Kind.HTTP_SERVER_ERROR),
                status(204, Kind.HTTP_UNEXPECTED_STATUS), status(301, Kind.HTTP_UNEXPECTED_STATUS),
                status(999, Kind.HTTP_UNEXPECTED_STATUS),
                row("HTTP/2 without SETTINGS", Given.requested()
                        .http2(Http2Facts.NOTHING_ENDED)
                        .request(RequestProgress.NOT_STARTED)
                        .fails(FailureName.TIMED_OUT, Phase.REQUEST, 400, TimeoutName.SOCKET),
                        Kind.READ_TIMEOUT),
                row("HTTP/2 with a window that stays shut", Given.requested()
                        .http2(Http2Facts.NOTHING_ENDED)
                        .request(RequestProgress.PARTIAL)
                        .fails(FailureName.TIMED_OUT, Phase.REQUEST, 400, TimeoutName.SOCKET),
                        Kind.WRITE_TIMEOUT),
                row("a redirect that is not followed", Given.requested()
                        .http("GET", 302)
                        .redirect(0, Redirect.Outcome.LOOP, "http://web.example:80/")
                        .fails(FailureName.REDIRECT, Phase.RESPONSE_HEAD, 30, null),
                        Kind.HTTP_REDIRECT),
                row("a status that was not kept", Given.requested()
                        .fails(FailureName.STATUS, Phase.RESPONSE_HEAD, 30, null),
                        Kind.UNCLASSIFIED));
    }

    /** What an attempt cannot tell, name servers do when they are asked directly. */
    private static final Set<Kind> TOLD_BY_NAME_SERVERS = EnumSet.of(Kind.DNS_SERVER_FAILURE,
            Kind.DNS_REFUSED);

    @Test
    void every_other_kind_is_among_these_cases() {
        Set<Kind> missing = EnumSet.complementOf(EnumSet.copyOf(TOLD_BY_NAME_SERVERS));
        missing.removeAll(cases().map(row -> (Kind) row.get()[2]).collect(Collectors.toSet()));
        assertEquals(Set.of(), missing);
    }
}
