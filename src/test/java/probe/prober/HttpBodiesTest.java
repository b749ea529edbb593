package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.HttpFacts;
import probe.attempt.Phase;
import probe.profile.Body;
import probe.profile.HttpSettings;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.HttpAnswer;
import probe.testing.HttpAnswers;
import probe.testing.Loopback;
import probe.testing.Moment;
import probe.testing.Reply;

/** How much of an answer's body is read, and which answers have none. */
class HttpBodiesTest {
    /** One read more than the limit at most. */
    private static final long SLACK = 16 * 1024;

    private static Attempt get(Reply reply) {
        return ask("GET", reply);
    }

    private static Attempt ask(String method, Reply reply) {
        try (FaultServer server = FaultServer.builder().reply(reply).start()) {
            return HttpTrial.http()
                    .http(http -> http.asking(method, List.of(), new Body.None()))
                    .attempt(server.uri("/").toString());
        }
    }

    private static HttpFacts http(Attempt attempt) {
        return Objects.requireNonNull(attempt.http());
    }

    @Test
    void a_compressed_bomb_is_counted_as_it_comes_and_never_unpacked() {
        Attempt small = get(HttpAnswers.gzipBomb(64));
        assertNull(small.failure());
        assertTrue(http(small).bodyBytes() < HttpFacts.MAX_BODY);
        assertFalse(http(small).isReadInPart());
        assertEquals("gzip", http(small).header("Content-Encoding").orElseThrow());
    }

    @Test
    void a_body_without_end_is_read_for_one_mebibyte() {
        Attempt attempt = get(HttpAnswers.endlessBody(64));
        assertNull(attempt.failure());
        assertTrue(http(attempt).isReadInPart());
        assertTrue(http(attempt).bodyBytes() < HttpFacts.MAX_BODY + SLACK);
        assertTrue(attempt.bytes().received() < 4L * HttpFacts.MAX_BODY);
    }

    @Test
    void the_last_byte_before_the_limit_is_still_missed() {
        String body = "b".repeat(HttpFacts.MAX_BODY - 1);
        Attempt whole = get(HttpAnswers.ok(body));
        assertNull(whole.failure());
        assertFalse(http(whole).isReadInPart());
        Attempt cut = get(HttpAnswers.contentLength(String.valueOf(HttpFacts.MAX_BODY - 1),
                body.substring(1)));
        assertEquals(FailureName.TRUNCATED, failure(cut).name());
    }

    private static Failure failure(Attempt attempt) {
        Failure failure = attempt.failure();
        assertNotNull(failure, attempt::toString);
        return failure;
    }

    @Test
    void head_has_no_body_whatever_its_length_says() {
        Attempt attempt = ask("HEAD", Reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"));
        assertNull(attempt.failure());
        assertEquals(0, http(attempt).bodyBytes());
        assertEquals("100", http(attempt).header("Content-Length").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void some_statuses_have_no_body(int status) {
        Attempt attempt = get(Reply.raw("HTTP/1.1 " + status + " X\r\n\r\n"));
        assertNull(attempt.failure(), attempt::toString);
        assertEquals(status, http(attempt).status());
        assertEquals(0, http(attempt).bodyBytes());
    }

    @Test
    void a_switch_of_protocols_that_nobody_asked_for_is_not_the_status_expected() {
        Attempt attempt = get(Reply.raw(
                "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nxx"));
        assertEquals(FailureName.STATUS, failure(attempt).name());
        assertEquals(101, http(attempt).status());
        assertEquals(Phase.RESPONSE_HEAD, failure(attempt).phase());
    }

    @Test
    void early_hints_come_before_the_answer_and_are_not_it() {
        Attempt attempt = get(Reply.raw("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        assertNull(attempt.failure(), attempt::toString);
        assertEquals(200, http(attempt).status());
        assertEquals(2, http(attempt).bodyBytes());
    }

    @Test
    void more_than_the_length_says_is_not_read() {
        Attempt attempt = get(HttpAnswers.contentLength("3", "abcdef"));
        assertNull(attempt.failure());
        assertEquals(3, http(attempt).bodyBytes());
    }

    @ParameterizedTest
    @EnumSource
    void an_ipv6_literal_stands_in_brackets_in_the_host_field(Loopback loopback) {
        try (FaultServer server = FaultServer.builder().on(loopback).start()) {
            HttpTrial.http().attempt(server.uri("/").toString());
            server.awaitRequests(1);
            String head = server.connections().getFirst().requests().getFirst().head();
            String host = loopback == Loopback.V6 ? "[::1]" : "127.0.0.1";
            assertTrue(head.contains("Host: " + host + ":" + server.port() + "\r\n"), head);
        }
    }

    @ParameterizedTest
    @CsvSource({"hello, true", "^hello$, true", "hell[^o], false", "goodbye, false"})
    void the_body_must_contain_what_is_expected(String pattern, boolean found) {
        try (FaultServer server = FaultServer.builder().reply(HttpAnswers.ok("hello")).start()) {
            Attempt attempt = HttpTrial.http()
                    .http(http -> new HttpSettings("GET", List.of(), new Body.None(),
                            http.expectStatus(), pattern))
                    .attempt(server.uri("/").toString());
            assertEquals(found, attempt.succeeded());
            if (!found) {
                assertEquals(FailureName.MISMATCH, failure(attempt).name());
                assertEquals(Phase.RESPONSE_BODY, failure(attempt).phase());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Via, 1.1 edge", "Cache-Status, edge; fwd=miss", "X-Served-By, cache-1",
        "CF-Ray, 1-A", "Proxy-Status, edge; error=destination_unavailable"})
    void what_names_a_gateway_is_kept(String name, String value) {
        Attempt attempt = get(HttpAnswer.status(502).header(name, value).body("").reply());
        assertEquals(value, http(attempt).header(name).orElseThrow());
    }

    @Test
    void exceptions_of_this_program_are_no_raw_material() {
        try (FaultServer server = FaultServer.start(Fault.close(Moment.BEFORE_REQUEST))) {
            Attempt attempt = HttpTrial.http()
                    .listener(new HttpFaultsTest.WaitForServer(server))
                    .attempt(server.uri("/").toString());
            assertEquals(FailureName.CLOSED, failure(attempt).name());
            assertNull(failure(attempt).exception());
        }
    }
}
