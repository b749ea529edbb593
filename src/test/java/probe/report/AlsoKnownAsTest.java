package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static probe.attempt.FailureName.*;
import static probe.attempt.Phase.*;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.CertificateFault;
import probe.attempt.Conversation;
import probe.attempt.Excerpt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.HttpFacts;
import probe.attempt.Phase;
import probe.attempt.ProxyFacts;
import probe.attempt.TlsFacts;
import probe.attempt.Via;
import probe.profile.TimeoutName;

class AlsoKnownAsTest {

    static List<Arguments> wellKnown() {
        return List.of(
                row(NAME_NOT_FOUND, RESOLVE,
                        "EAI_NONAME 6 dns.name_not_resolved dns_nxdomain_error UNAVAILABLE 1101"),
                row(NAME_NO_ADDRESS, RESOLVE,
                        "EAI_NODATA 6 dns.name_not_resolved dns_no_answer UNAVAILABLE 1101"),
                row(NAME_LOOKUP_FAILED, RESOLVE,
                        "EAI_AGAIN 6 dns.failed dns_temporary_failure UNAVAILABLE 1100"),
                row(REFUSED, CONNECT,
                        "ECONNREFUSED 7 tcp.refused connection_refused UNAVAILABLE 1212"),
                row(HOST_UNREACHABLE, CONNECT,
                        "EHOSTUNREACH 7 tcp.address_unreachable host_unreachable UNAVAILABLE 1213"),
                row(NETWORK_UNREACHABLE, CONNECT,
                        "ENETUNREACH 7 tcp.address_unreachable network_unreachable UNAVAILABLE 1213"),
                row(ADDRESS_UNAVAILABLE, CONNECT,
                        "EADDRNOTAVAIL 7 - address_not_available UNAVAILABLE 1213"),
                row(TOO_MANY_OPEN_FILES, CONNECT, "EMFILE 7 - - - -"),
                row(RESET, RESPONSE_HEAD,
                        "ECONNRESET 56 tcp.reset connection_reset UNAVAILABLE 1220"),
                row(RESET, TLS, "ECONNRESET 35 tcp.reset connection_reset UNAVAILABLE 1220"),
                row(RESET, REQUEST, "ECONNRESET 55 tcp.reset connection_reset UNAVAILABLE 1220"),
                row(BROKEN_PIPE, REQUEST, "EPIPE 55 tcp.reset - UNAVAILABLE 1201"),
                row(ABORTED, EXCHANGE,
                        "ECONNABORTED 56 tcp.aborted connection_aborted UNAVAILABLE -"),
                row(CLOSED, RESPONSE_HEAD, "- 52 tcp.closed eof_error UNAVAILABLE 1000"),
                row(TRUNCATED, RESPONSE_BODY,
                        "- 18 http.response.invalid eof_error UNAVAILABLE 1000"),
                row(MALFORMED, RESPONSE_HEAD,
                        "- 1 http.response.invalid http_request_failed UNKNOWN -"),
                row(NOT_TLS, TLS, "- 35 tls.protocol.error ssl_failed_handshake UNAVAILABLE 1301"),
                row(TLS_FAILED, TLS, "- 35 tls.failed ssl_failed_handshake UNAVAILABLE -"),
                row(INTERRUPTED, CONNECT, "- 42 abandoned interrupted CANCELLED 1050"),
                row(UNKNOWN, CONNECT, "- - unknown unknown_failure UNKNOWN 1000"));
    }

    private static Arguments row(FailureName name, Phase phase, String names) {
        return Arguments.of(name, phase, names);
    }

    @ParameterizedTest
    @MethodSource("wellKnown")
    void a_well_known_failure_has_its_names(FailureName name, Phase phase, String names) {
        assertEquals(names, spoken(name, phase, null, null));
    }

    @ParameterizedTest
    @CsvSource({"RESOLVE, DNS, - 28 dns.unreachable generic_timeout_error UNAVAILABLE 1100",
        "LEASE, CONNECTION_REQUEST, - - - - RESOURCE_EXHAUSTED -",
        "CONNECT, CONNECT, ETIMEDOUT 28 tcp.timed_out generic_timeout_error UNAVAILABLE 1211",
        "CONNECT, , ETIMEDOUT 28 tcp.timed_out timed_out UNAVAILABLE 1211",
        "TLS, TLS, - 28 tls.failed generic_timeout_error UNAVAILABLE 1050",
        "REQUEST, SOCKET, EAGAIN 28 - generic_timeout_error DEADLINE_EXCEEDED 1050",
        "RESPONSE_HEAD, SOCKET, EAGAIN 28 - generic_timeout_error DEADLINE_EXCEEDED 1050",
        "RESPONSE_BODY, SOCKET, EAGAIN 28 abandoned generic_timeout_error DEADLINE_EXCEEDED 1050",
        "RESPONSE_BODY, , ETIMEDOUT 56 tcp.timed_out timed_out UNAVAILABLE -",
        "CONNECT, DEADLINE, - 28 abandoned generic_timeout_error DEADLINE_EXCEEDED 1050"})
    void a_timeout_is_named_by_its_phase_and_by_whose_clock_it_was(Phase phase,
            @Nullable TimeoutName limit, String names) {
        assertEquals(names, spoken(TIMED_OUT, phase, limit, null));
    }

    @ParameterizedTest
    @CsvSource({"200, - - - - UNKNOWN -", "400, - 22 http.error - INTERNAL 1400",
        "401, - 22 http.error - UNAUTHENTICATED 1401",
        "403, - 22 http.error - PERMISSION_DENIED 1403",
        "404, - 22 http.error - UNIMPLEMENTED 1404", "429, - 22 http.error - UNAVAILABLE 1429",
        "500, - 22 http.error - UNKNOWN 1500", "503, - 22 http.error - UNAVAILABLE 1503"})
    void a_status_is_named_by_its_number(int status, String names) {
        assertEquals(names, spoken(attempt(null, Reports.http(status), null, 1), STATUS,
                RESPONSE_HEAD, null, null));
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED, tls.cert.date_invalid ssl_invalid_certificate UNAVAILABLE 1000",
        "NOT_YET_VALID, tls.cert.date_invalid ssl_invalid_certificate UNAVAILABLE 1000",
        "NAME_MISMATCH, tls.cert.name_invalid ssl_invalid_hostname UNAVAILABLE 1311",
        "SELF_SIGNED, tls.cert.authority_invalid ssl_unknown_authority UNAVAILABLE 1310",
        "UNKNOWN_ISSUER, tls.cert.authority_invalid ssl_unknown_authority UNAVAILABLE 1310",
        "WEAK, tls.cert.invalid ssl_invalid_certificate UNAVAILABLE 1000"})
    void a_refused_certificate_is_named_by_its_fault(CertificateFault fault, String names) {
        Attempt attempt = attempt(Reports.tls(List.of(fault), null), null, null, 9);
        assertEquals("- 60 " + names, spoken(attempt, CERTIFICATE_REJECTED, TLS, null, null));
    }

    @ParameterizedTest
    @CsvSource({"40, 35 tls.version_or_cipher_mismatch", "70, 35 tls.version_or_cipher_mismatch",
        "71, 35 tls.version_or_cipher_mismatch", "80, 35 tls.protocol.error",
        "112, 35 tls.protocol.error", "116, 98 tls.bad_client_auth_cert"})
    void an_alert_is_named_by_its_code(int alert, String names) {
        Attempt attempt = attempt(Reports.tls(List.of(), alert), null, null, 9);
        assertEquals("- " + names + " ssl_failed_handshake UNAVAILABLE -",
                spoken(attempt, TLS_ALERT, TLS, null, null));
    }

    @ParameterizedTest
    @CsvSource({"socks5://proxy.example:1080, 97", "http://proxy.example:3128, 56"})
    void a_proxy_that_says_no_has_two_codes_in_curl(String proxy, int curl) {
        Attempt attempt = attempt(null, null, new ProxyFacts(proxy, "flag", null, null), 9);
        assertEquals("- " + curl + " - - UNAVAILABLE -",
                spoken(attempt, PROXY_REFUSED, PROXY, null, null));
    }

    @ParameterizedTest
    @CsvSource({"java.net.BindException, EACCES", "java.net.SocketException, EPERM"})
    void a_local_policy_is_told_by_the_class_that_java_has_for_its_errno(String exception,
            String errno) {
        assertEquals(errno + " 7 - permission_denied UNAVAILABLE 1213",
                spoken(PERMISSION_DENIED, CONNECT, null, exception));
    }

    @Test
    void a_close_after_a_byte_of_the_answer_is_no_empty_reply() {
        assertEquals("- - tcp.closed eof_error UNAVAILABLE 1000",
                spoken(attempt(null, null, null, 3), CLOSED, RESPONSE_HEAD, null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SSH-2.0-OpenSSH_9.6\\r\\n             | 1
            HTTP/3.0 200 OK\\r\\n                 | 1
            HTTP/1.1 abc\\r\\n                    | 1
            HTTP/1.1 200 OK\\r\\nno header\\r\\n | 8
            """)
    void a_bad_header_after_a_status_line_has_another_code_in_curl_than_no_status_line(
            String received, int curl) {
        Attempt base = attempt(null, null, null, 21);
        Attempt attempt = new Attempt(base.via(), base.address(), base.port(), base.localPort(),
                base.timeouts(),
                base.phases(), base.bytes(), base.conversation(), null, new Excerpt(received, 21),
                null, null, null,
                null);
        assertEquals(curl, names(attempt, MALFORMED, RESPONSE_HEAD, null, null).curl());
    }

    @ParameterizedTest
    @CsvSource({"NAME_NOT_FOUND", "NAME_NO_ADDRESS", "NAME_LOOKUP_FAILED"})
    void with_a_proxy_the_name_that_was_not_found_is_the_proxys(FailureName name) {
        ProxyFacts proxy = new ProxyFacts("http://proxy.example:3128", "flag", null, null);
        assertEquals(5, names(attempt(null, null, proxy, 0), name, RESOLVE, null, null).curl());
    }

    @Test
    void a_reply_that_is_not_the_one_expected_has_no_name_elsewhere() {
        assertEquals("- - - - - -", spoken(MISMATCH, EXCHANGE, null, null));
    }

    @Test
    void every_failure_in_every_phase_has_an_answer() {
        Set<Integer> curl = Set.of(0, 1, 5, 6, 7, 8, 16, 18, 22, 28, 35, 42, 52, 55, 56, 60, 92, 97,
                98);
        for (FailureName name : FailureName.values()) {
            for (Phase phase : Phase.values()) {
                for (TimeoutName limit : Stream.concat(Stream.of((TimeoutName) null),
                        Stream.of(TimeoutName.values())).toList()) {
                    AlsoKnownAs names = names(attempt(null, null, null, 0), name, phase, limit,
                            null);
                    assertEquals(true, curl.contains(names.curl() == null ? 0 : names.curl()),
                            names.toString());
                }
            }
        }
    }

    private static String spoken(FailureName name, Phase phase, @Nullable TimeoutName limit,
            @Nullable String exception) {
        return spoken(attempt(null, null, null, 0), name, phase, limit, exception);
    }

    private static String spoken(Attempt attempt, FailureName name, Phase phase,
            @Nullable TimeoutName limit, @Nullable String exception) {
        AlsoKnownAs names = names(attempt, name, phase, limit, exception);
        return Stream
                .of(names.errno(), names.curl(), names.nel(), names.ooni(), names.grpc(),
                        names.k6())
                .map(each -> each == null ? "-" : each.toString())
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
    }

    private static AlsoKnownAs names(Attempt attempt, FailureName name, Phase phase,
            @Nullable TimeoutName limit, @Nullable String exception) {
        Failure failure = new Failure(name, phase, java.time.Duration.ofMillis(1), limit, exception,
                null);
        return AlsoKnownAs.of(failure, attempt);
    }

    private static Attempt attempt(@Nullable TlsFacts tls, @Nullable HttpFacts http,
            @Nullable ProxyFacts proxy,
            long received) {
        return new Attempt(Via.HTTP_CLIENT, "192.0.2.7", 443, 40112, Reports.timeouts(), List.of(),
                new Bytes(10, null, received), Conversation.NONE, null, null, tls, http, null,
                proxy);
    }
}
