package probe.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.testing.FaultServer.ContinueReply;
import probe.testing.PlainClient.End;
import probe.testing.PlainClient.Heard;
import probe.testing.Reply.Afterwards;

/** The answers, proper and broken, as they come out of a plain socket. */
class HttpAnswersTest {
    private static final int SHORT_SILENCE = 200;

    /** All that a server with this reply sends until it closes. */
    private static String heard(Reply reply) throws IOException {
        try (FaultServer server = FaultServer.builder().reply(reply).start()) {
            Heard heard = PlainClient.ask(server.address(), PlainClient.GET);
            assertEquals(End.FIN, heard.end());
            return heard.text();
        }
    }

    /** All that a server with this reply sends until it is silent. */
    private static String heardOpen(Reply reply) throws IOException {
        try (FaultServer server = FaultServer.builder().reply(reply).start()) {
            Heard heard = PlainClient.ask(server.address(), PlainClient.GET, SHORT_SILENCE);
            assertEquals(End.SILENCE, heard.end());
            return heard.text();
        }
    }

    @Test
    void a_proper_answer_is_framed_by_its_length() throws IOException {
        assertEquals("HTTP/1.1 200 Status\r\nContent-Length: 5\r\n\r\nhello",
                heardOpen(HttpAnswers.ok("hello")));
    }

    @Test
    void a_length_counts_bytes_and_not_characters() throws IOException {
        assertTrue(heardOpen(HttpAnswers.ok("ü")).contains("Content-Length: 2\r\n"));
    }

    @Test
    void a_proper_answer_can_be_chunked() throws IOException {
        assertEquals(
                "HTTP/1.1 200 Status\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
                heardOpen(HttpAnswer.status(200).chunked("he", "llo").reply()));
    }

    @Test
    void a_proper_answer_can_end_with_the_connection() throws IOException {
        assertEquals(
                "HTTP/1.1 200 Status\r\nConnection: close\r\n\r\nhello",
                heard(HttpAnswer.status(200).closeDelimited("hello").reply()));
    }

    @Test
    void a_refusal_says_when_to_come_back() throws IOException {
        String answer = heardOpen(HttpAnswers.retryAfter(503, "7"));
        assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
        assertTrue(answer.contains("\r\nRetry-After: 7\r\n"), answer);
    }

    @Test
    void a_redirect_names_its_place() throws IOException {
        assertTrue(
                heardOpen(HttpAnswers.redirect(307, "/next")).contains("\r\nLocation: /next\r\n"));
    }

    @Test
    void a_cut_head_never_ends() throws IOException {
        assertFalse(heard(HttpAnswers.headCutByFin()).contains("\r\n\r\n"));
        assertEquals("HTTP/1.", heard(HttpAnswers.halfStatusLine()));
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1 abc", "HTTP/3.0 200 OK", "ICY 200 OK"})
    void a_strange_status_line_heads_a_whole_answer(String line) throws IOException {
        assertEquals(line + "\r\nContent-Length: 5\r\n\r\nbody\n",
                heard(HttpAnswers.statusLine(line)));
    }

    @ParameterizedTest
    @CsvSource({"100", "3", "-1", "many"})
    void a_wrong_length_is_sent_as_given(String claimed) throws IOException {
        assertEquals(
                "HTTP/1.1 200 Status\r\nContent-Length: " + claimed + "\r\n\r\nhello",
                heard(HttpAnswers.contentLength(claimed, "hello")));
    }

    @Test
    void chunks_can_be_wrong_in_three_ways() throws IOException {
        assertTrue(
                heard(HttpAnswers.badChunkHeader()).endsWith("first\r\nzz\r\nsecond\r\n0\r\n\r\n"));
        assertTrue(heard(HttpAnswers.noLastChunk()).endsWith("6\r\nsecond\r\n"));
        assertTrue(heard(HttpAnswers.truncatedChunk()).endsWith("\r\n\r\n5\r\nfir"));
    }

    @Test
    void the_oldest_http_has_no_head() throws IOException {
        assertEquals("<p>hi", heard(HttpAnswers.http09("<p>hi")));
    }

    @Test
    void a_header_line_without_a_colon_comes_through() throws IOException {
        assertTrue(heard(HttpAnswers.badHeaderLine()).contains("\r\nthis is no header\r\n"));
    }

    @Test
    void a_header_flood_is_long_and_ends() throws IOException {
        assertEquals(3000,
                heardOpen(HttpAnswers.headerFlood(3000)).split("X-Flood: ", -1).length - 1);
    }

    @Test
    void endless_parts_end_at_the_bound_of_the_test() throws IOException {
        int mebibyte = 1 << 20;
        String headers = heard(HttpAnswers.endlessHeaders(1));
        assertEquals(mebibyte + "HTTP/1.1 200 OK\r\n".length(), headers.length());
        assertFalse(headers.contains("\r\n\r\n"));
        String line = heard(HttpAnswers.endlessHeaderLine(1));
        assertEquals(1, line.split("\r\n", -1).length - 1);
        String body = heard(HttpAnswers.endlessBody(1));
        assertEquals(mebibyte, body.split("\r\n\r\n", 2)[1].length());
    }

    @Test
    void a_gzip_bomb_is_small_on_the_wire_and_large_within() throws IOException {
        Reply bomb = HttpAnswers.gzipBomb(8);
        assertTrue(bomb.body().length() < 16 * 1024, "on the wire: " + bomb.body());
        try (GZIPInputStream in = new GZIPInputStream(
                new ByteArrayInputStream(bomb.body().bytes()))) {
            assertArrayEquals(new byte[8 << 20], in.readAllBytes());
        }
    }

    @Test
    void keep_alive_can_be_a_lie() throws IOException {
        assertTrue(heard(HttpAnswers.keepAliveThenClose("bye"))
                .contains("Connection: keep-alive\r\n"));
    }

    @Test
    void a_body_is_read_after_100_continue() throws IOException {
        try (FaultServer server = FaultServer.start(Fault.none());
                PlainClient client = PlainClient.connect(server.address())) {
            client.send(expectingPost());
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.hearBytes(25).text());
            client.send(Payload.latin1("12345"));
            assertTrue(client.hear(SHORT_SILENCE).text().startsWith("HTTP/1.1 200"));
            assertEquals(5, server.connections().getFirst().requests().getFirst().bodyBytes());
        }
    }

    @Test
    void a_100_continue_can_be_withheld() throws IOException {
        try (FaultServer server = FaultServer.builder()
                .continueReply(ContinueReply.WITHHOLD)
                .start();
                PlainClient client = PlainClient.connect(server.address())) {
            client.send(expectingPost());
            assertEquals(new Heard(Payload.EMPTY, End.SILENCE), client.hear(SHORT_SILENCE));
            client.send(Payload.latin1("12345"));
            assertTrue(client.hear(SHORT_SILENCE).text().startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void a_refusal_can_come_in_place_of_100_continue() throws IOException {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.answer(Moment.AFTER_REQUEST_HEAD))
                .reply(HttpAnswers.status(417))
                .start()) {
            Heard heard = PlainClient.ask(server.address(), expectingPost(), SHORT_SILENCE);
            assertTrue(heard.text().startsWith("HTTP/1.1 417"), heard.text());
            assertEquals(0, server.requestCount());
        }
    }

    private static Payload expectingPost() {
        return Payload.latin1(
                "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    }

    @Test
    void an_early_refusal_reaches_a_client_that_is_still_sending() throws IOException {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.answer(Moment.AFTER_REQUEST_HEAD))
                .reply(HttpAnswers.contentTooLarge(Afterwards.LINGER))
                .start();
                PlainClient client = PlainClient.connect(server.address())) {
            client.send(Payload.latin1(
                    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"));
            Heard heard = client.hear(5000);
            assertTrue(heard.text().startsWith("HTTP/1.1 413"), heard.text());
            assertEquals(End.FIN, heard.end());
            client.send(Payload.of(new byte[100_000]));
            assertEquals(0, server.requestCount());
        }
    }

    @Test
    void a_chunked_request_is_read_to_its_last_chunk() throws IOException {
        try (FaultServer server = FaultServer.start(Fault.none())) {
            Payload request = Payload.latin1("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .plus(Payload.latin1("3\r\nabc\r\na\r\n0123456789\r\n0\r\n\r\n"));
            PlainClient.ask(server.address(), request, SHORT_SILENCE);
            assertEquals(13, server.connections().getFirst().requests().getFirst().bodyBytes());
        }
    }
}
