package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import probe.testing.ConnectionLog.ClientEnd;
import probe.testing.PlainClient.End;
import probe.testing.PlainClient.Heard;

/** Each effect and each moment on a plain connection, seen by a plain socket. */
class FaultServerTest {
    private static final int SHORT_SILENCE = 200;
    private static final int REPLY_BYTES = whole(HttpAnswers.ok("hello\n")).length();

    private static Payload whole(Reply reply) {
        return reply.head().plus(reply.body());
    }

    @Needs(Prerequisite.IPV6)
    @ParameterizedTest
    @EnumSource
    void without_a_fault_the_request_is_answered_and_the_connection_stays(Loopback loopback)
            throws IOException {
        try (FaultServer server = FaultServer.builder().on(loopback).start();
                PlainClient client = PlainClient.connect(server.address())) {
            for (int i = 1; i <= 2; i++) {
                client.send(PlainClient.GET);
                assertEquals(whole(HttpAnswers.ok("hello\n")), client.hearBytes(REPLY_BYTES));
                server.awaitRequests(i);
            }
            assertEquals(1, server.connectionCount());
            assertEquals(2L * PlainClient.GET.length(), server.bytesReceived());
            ConnectionLog log = server.connections().getFirst();
            Eventually.holds(() -> log.bytesSent() == 2L * REPLY_BYTES, log::toString);
        }
    }

    @Needs(Prerequisite.IPV6)
    @Test
    void the_uri_holds_the_literal_address() {
        try (FaultServer v4 = FaultServer.start(Fault.none());
                FaultServer v6 = FaultServer.builder().on(Loopback.V6).start()) {
            assertEquals("http://127.0.0.1:" + v4.port() + "/a?b", v4.uri("/a?b").toString());
            assertEquals("http://[::1]:" + v6.port() + "/", v6.uri("/").toString());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Moment.class,
            mode = Mode.EXCLUDE,
            names = {"ON_CLIENT_HELLO", "MID_HANDSHAKE"})
    void a_reset_is_a_reset_at_every_moment(Moment moment) throws IOException {
        try (FaultServer server = FaultServer.start(Fault.reset(moment))) {
            Heard heard = moment.compareTo(Moment.BEFORE_REQUEST) > 0
                    ? PlainClient.ask(server.address(), PlainClient.GET)
                    : PlainClient.listen(server.address());
            assertEquals(End.RESET, heard.end());
            server.awaitFinished(1);
            assertEquals(
                    moment.compareTo(Moment.AFTER_REQUEST) >= 0 ? 1 : 0,
                    server.requestCount(),
                    "only a request read in full may have been acted upon");
        }
    }

    @Test
    void a_close_on_accept_is_a_fin_without_a_byte() throws IOException {
        try (FaultServer server = FaultServer.start(Fault.close(Moment.ON_ACCEPT));
                PlainClient client = PlainClient.connect(server.address())) {
            assertEquals(new Heard(Payload.EMPTY, End.FIN), client.hear(5000));
        }
    }

    @Test
    void writing_after_a_close_breaks_the_pipe() throws IOException {
        try (FaultServer server = FaultServer.start(Fault.close(Moment.ON_ACCEPT));
                PlainClient client = PlainClient.connect(server.address())) {
            assertEquals(End.FIN, client.hear(5000).end());
            assertThrows(SocketException.class, () -> {
                // The first write after the server has let go earns a RST, one after it fails.
                long end = System.nanoTime() + 5_000_000_000L;
                while (System.nanoTime() < end) {
                    client.send(PlainClient.GET);
                }
            });
        }
    }

    @Test
    void a_close_after_the_request_is_a_fin() throws IOException {
        try (FaultServer server = FaultServer.start(Fault.close(Moment.AFTER_REQUEST))) {
            assertEquals(new Heard(Payload.EMPTY, End.FIN),
                    PlainClient.ask(server.address(), PlainClient.GET));
            assertEquals(1, server.requestCount());
        }
    }

    @Test
    void a_close_in_the_head_leaves_half_of_it() throws IOException {
        try (FaultServer server = FaultServer.start(Fault.close(Moment.MID_HEAD))) {
            Payload head = HttpAnswers.ok("hello\n").head();
            assertEquals(
                    new Heard(head.slice(0, head.length() / 2), End.FIN),
                    PlainClient.ask(server.address(), PlainClient.GET));
        }
    }

    @Test
    void a_close_in_the_body_leaves_the_head_and_half_of_it() throws IOException {
        try (FaultServer server = FaultServer.start(Fault.close(Moment.MID_BODY))) {
            Payload head = HttpAnswers.ok("hello\n").head();
            assertEquals(
                    new Heard(head.plus(Payload.latin1("hel")), End.FIN),
                    PlainClient.ask(server.address(), PlainClient.GET));
        }
    }

    @Test
    void after_a_half_close_the_server_still_reads() throws IOException {
        try (FaultServer server = FaultServer.start(Fault.halfClose(Moment.ON_ACCEPT))) {
            try (PlainClient client = PlainClient.connect(server.address())) {
                assertEquals(End.FIN, client.hear(5000).end());
                for (int i = 0; i < 100; i++) {
                    client.send(PlainClient.GET);
                }
            }
            server.awaitFinished(1);
            assertEquals(100L * PlainClient.GET.length(), server.bytesReceived());
            assertEquals(ClientEnd.FIN, server.connections().getFirst().clientEnd());
        }
    }

    @Test
    void a_close_with_unread_bytes_is_a_reset() throws IOException {
        try (FaultServer server = FaultServer
                .start(Fault.closeWithUnread(Moment.AFTER_FIRST_BYTE))) {
            assertEquals(
                    End.RESET,
                    PlainClient.ask(server.address(), PlainClient.GET).end());
            assertEquals(1, server.bytesReceived());
            assertEquals(0, server.requestCount());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Moment.class,
            names = {"ON_ACCEPT", "AFTER_FIRST_BYTE", "AFTER_REQUEST", "MID_HEAD", "MID_BODY"})
    void a_stall_is_silence_until_the_client_goes(Moment moment) throws IOException {
        try (FaultServer server = FaultServer.start(Fault.stall(moment))) {
            assertEquals(
                    End.SILENCE,
                    PlainClient.ask(server.address(), PlainClient.GET, SHORT_SILENCE).end());
            server.awaitFinished(1);
            assertEquals(PlainClient.GET.length(), server.bytesReceived());
        }
    }

    @Test
    void a_server_that_never_reads_blocks_the_writer() throws Exception {
        try (FaultServer server = FaultServer.start(Fault.neverRead(Moment.ON_ACCEPT));
                PlainClient client = PlainClient.connect(server.address());
                ServerThreads threads = new ServerThreads("writer")) {
            threads.own(client.socket());
            client.socket().setSendBufferSize(4096);
            ConnectionLog sent = new ConnectionLog();
            threads.start(() -> {
                for (int i = 0; i < 32; i++) {
                    client.send(Payload.of(new byte[1 << 20]));
                    sent.sent(1 << 20);
                }
            });
            assertFalse(Eventually.within(Duration.ofMillis(500), () -> sent.bytesSent() > 8 << 20),
                    "32 MiB fitted");
            assertEquals(0, server.bytesReceived());
        }
    }

    @Test
    void a_drip_comes_byte_by_byte_and_ends_whole() throws IOException {
        Reply reply = HttpAnswers.ok("hello\n");
        try (FaultServer server = FaultServer
                .start(Fault.drip(Duration.ofMillis(3), Moment.AFTER_REQUEST));
                PlainClient client = PlainClient.connect(server.address())) {
            client.send(PlainClient.GET);
            long start = System.nanoTime();
            assertEquals(whole(reply), client.hearBytes(REPLY_BYTES));
            long tookMillis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(tookMillis >= 3L * (REPLY_BYTES - 1), "took only " + tookMillis);
        }
    }

    @Test
    void a_cut_leaves_exactly_that_many_bytes() throws IOException {
        try (FaultServer server = FaultServer.start(Fault.cut(10, Moment.AFTER_REQUEST))) {
            assertEquals(
                    new Heard(Payload.latin1("HTTP/1.1 2"), End.FIN),
                    PlainClient.ask(server.address(), PlainClient.GET));
        }
    }

    @ParameterizedTest
    @EnumSource
    void garbage_arrives_as_it_is(Garbage garbage) throws IOException {
        try (FaultServer server = FaultServer.start(Fault.garbage(garbage, Moment.AFTER_REQUEST))) {
            assertEquals(
                    new Heard(garbage.payload(), End.FIN),
                    PlainClient.ask(server.address(), PlainClient.GET));
        }
    }

    @Test
    void a_banner_can_be_followed_by_silence() throws IOException {
        Fault fault = Fault.say(Garbage.SSH_BANNER.payload(), new Effect.Stall(), Moment.ON_ACCEPT);
        try (FaultServer server = FaultServer.start(fault);
                PlainClient client = PlainClient.connect(server.address())) {
            assertEquals(new Heard(Garbage.SSH_BANNER.payload(), End.SILENCE),
                    client.hear(SHORT_SILENCE));
        }
    }

    @Test
    void a_server_can_speak_first_and_then_answer() throws IOException {
        try (FaultServer server = FaultServer.builder()
                .greeting(Garbage.SMTP_BANNER.payload())
                .framing(new RequestFraming.Line())
                .reply(Reply.raw("250 ok\r\n"))
                .start();
                PlainClient client = PlainClient.connect(server.address())) {
            Payload banner = Garbage.SMTP_BANNER.payload();
            assertEquals(banner, client.hearBytes(banner.length()));
            client.send(Payload.latin1("EHLO me\r\n"));
            assertEquals("250 ok\r\n", client.hear(SHORT_SILENCE).text());
        }
    }

    @Test
    void connections_and_exchanges_follow_their_script() throws IOException {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.reset(Moment.ON_ACCEPT))
                .connection(Fault.none(), Fault.close(Moment.BEFORE_REQUEST))
                .reply(HttpAnswers.status(503), HttpAnswers.ok("late"))
                .start()) {
            assertEquals(End.RESET, PlainClient.listen(server.address()).end());
            Heard second = PlainClient.ask(server.address(), PlainClient.GET);
            assertEquals(new Heard(whole(HttpAnswers.status(503)), End.FIN), second);
            assertEquals(2, server.connectionCount());
            assertEquals(
                    List.of(0, 1),
                    server.connections().stream().map(log -> log.requests().size()).toList());
        }
    }

    @Test
    void other_protocols_are_framed_by_line_or_length() throws IOException {
        for (RequestFraming framing : List.of(new RequestFraming.Line(),
                new RequestFraming.Bytes(6))) {
            try (FaultServer server = FaultServer.builder()
                    .framing(framing)
                    .reply(Reply.raw("+PONG\r\n"))
                    .start()) {
                Heard heard = PlainClient.ask(server.address(), Payload.latin1("PING\r\n"),
                        SHORT_SILENCE);
                assertEquals(new Heard(Payload.latin1("+PONG\r\n"), End.SILENCE), heard);
                assertEquals(
                        "PING\r\n",
                        server.connections().getFirst().requests().getFirst().head());
            }
        }
    }

    @Test
    void the_end_of_the_client_is_recorded() throws IOException {
        try (FaultServer server = FaultServer.start(Fault.none())) {
            PlainClient.connect(server.address()).close();
            try (PlainClient client = PlainClient.connect(server.address())) {
                client.socket().setSoLinger(true, 0);
            }
            server.awaitFinished(2);
            assertEquals(
                    List.of(ClientEnd.FIN, ClientEnd.RESET),
                    server.connections().stream().map(ConnectionLog::clientEnd).toList());
        }
    }

    @Test
    void a_fault_that_cannot_happen_fails_the_test() throws IOException {
        FaultServer server = FaultServer.start(Fault.reset(Moment.MID_HANDSHAKE));
        PlainClient.ask(server.address(), PlainClient.GET);
        assertThrows(AssertionError.class, server::close);
    }
}
