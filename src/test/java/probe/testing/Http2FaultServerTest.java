package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import probe.testing.Http2Fault.Processed;
import probe.testing.Http2Fault.Sent;
import probe.testing.PlainClient.End;
import probe.testing.PlainClient.Heard;

/** The HTTP/2 server, frame by frame, and by the JDK's own HTTP/2 client. */
class Http2FaultServerTest {
    private static final int SHORT_SILENCE = 300;

    private record Frame(int type, int flags, int stream, Payload payload) {}

    /** A GET on stream 1: preface, SETTINGS, HEADERS with all flags of an end. */
    private static Payload get() {
        Payload head = Http2Frame.literal(":method", "GET")
                .plus(Http2Frame.literal(":scheme", "http"))
                .plus(Http2Frame.literal(":path", "/"))
                .plus(Http2Frame.literal(":authority", "localhost"));
        return Http2Frame.PREFACE
                .plus(new Http2Frame(Http2Frame.SETTINGS, 0, 0, Payload.EMPTY).bytes())
                .plus(new Http2Frame(Http2Frame.HEADERS,
                        Http2Frame.END_HEADERS | Http2Frame.END_STREAM, 1, head).bytes());
    }

    /** The frames after the server's SETTINGS and its acknowledgement of the client's. */
    private static List<Frame> frames(Heard heard) {
        ByteBuffer in = ByteBuffer.wrap(heard.bytes().bytes());
        List<Frame> frames = new ArrayList<>();
        while (in.remaining() >= 9) {
            int lengthAndType = in.getInt();
            int flags = in.get();
            int stream = in.getInt();
            byte[] payload = new byte[Math.min(lengthAndType >>> 8, in.remaining())];
            in.get(payload);
            frames.add(new Frame(lengthAndType & 0xff, flags, stream, Payload.of(payload)));
        }
        assertEquals(new Frame(Http2Frame.SETTINGS, 0, 0, Payload.EMPTY), frames.get(0));
        assertEquals(new Frame(Http2Frame.SETTINGS, Http2Frame.ACK, 0, Payload.EMPTY),
                frames.get(1));
        return frames.subList(2, frames.size());
    }

    private static Heard ask(Http2Fault fault) throws IOException {
        try (Http2FaultServer server = Http2FaultServer.plain(fault)) {
            Heard heard = PlainClient.ask(server.address(), get(), SHORT_SILENCE);
            boolean read = !(fault instanceof Http2Fault.SilentFromStart);
            assertEquals(read ? 1 : 0, server.requestCount());
            return heard;
        }
    }

    private static List<Integer> types(List<Frame> frames) {
        return frames.stream().map(Frame::type).toList();
    }

    @Test
    void an_answer_is_a_head_and_a_body_that_end_the_stream() throws IOException {
        List<Frame> frames = frames(ask(new Http2Fault.Answer(503, "later")));
        assertEquals(List.of(Http2Frame.HEADERS, Http2Frame.DATA), types(frames));
        assertEquals(new Frame(Http2Frame.DATA, Http2Frame.END_STREAM, 1, Payload.utf8("later")),
                frames.getLast());
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED_STREAM", "INTERNAL_ERROR", "CANCEL"})
    void a_stream_is_reset_with_its_code(Http2ErrorCode code) throws IOException {
        Heard heard = ask(new Http2Fault.ResetStream(code, Sent.NOTHING));
        assertEquals(List.of(new Frame(Http2Frame.RST_STREAM, 0, 1,
                Http2Frame.number(code.code()))), frames(heard));
        assertEquals(End.SILENCE, heard.end(), "the connection stays");
    }

    @Test
    void a_stream_can_be_reset_within_its_body() throws IOException {
        List<Frame> frames = frames(ask(
                new Http2Fault.ResetStream(Http2ErrorCode.INTERNAL_ERROR, Sent.HALF_BODY)));
        assertEquals(List.of(Http2Frame.HEADERS, Http2Frame.DATA, Http2Frame.RST_STREAM),
                types(frames));
        assertEquals(new Frame(Http2Frame.DATA, 0, 1, Payload.utf8("hel")), frames.get(1));
    }

    @ParameterizedTest
    @EnumSource
    void goaway_says_up_to_which_stream_requests_were_processed(Processed processed)
            throws IOException {
        Heard heard = ask(new Http2Fault.GoAway(Http2ErrorCode.NO_ERROR, processed));
        int last = processed == Processed.NO ? 0 : 1;
        assertEquals(List.of(new Frame(Http2Frame.GOAWAY, 0, 0,
                Http2Frame.number(last).plus(Http2Frame.number(0)))), frames(heard));
        assertEquals(End.FIN, heard.end());
    }

    @ParameterizedTest
    @EnumSource
    void a_stall_comes_after_so_much_of_the_answer(Sent sent) throws IOException {
        Heard heard = ask(new Http2Fault.Stall(sent));
        List<Integer> expected = switch (sent) {
            case NOTHING -> List.of();
            case HEAD -> List.of(Http2Frame.HEADERS);
            case HALF_BODY -> List.of(Http2Frame.HEADERS, Http2Frame.DATA);
        };
        assertEquals(expected, types(frames(heard)));
        assertEquals(End.SILENCE, heard.end());
    }

    @Test
    void a_frame_can_be_cut() throws IOException {
        Heard heard = ask(new Http2Fault.CutFrame());
        Frame cut = frames(heard).getLast();
        assertEquals(Payload.utf8("hel"), cut.payload());
        assertEquals(End.FIN, heard.end());
    }

    @Test
    void the_connection_can_be_reset() throws IOException {
        assertEquals(End.RESET, ask(new Http2Fault.ResetConnection()).end());
    }

    @Test
    void the_server_can_be_silent_from_the_start() throws IOException {
        assertEquals(new Heard(Payload.EMPTY, End.SILENCE), ask(new Http2Fault.SilentFromStart()));
    }

    private static Http2FaultServer secure(Http2Fault fault) {
        return Http2FaultServer.over(TestCertificates.serverTls(TestCertificate.VALID), fault);
    }

    private static HttpResponse<String> askByJdk(Http2FaultServer server,
            HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(TestCertificates.clientContext())
                .version(Version.HTTP_2)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(server.uri("/"))
                    .method("POST", body)
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    @Test
    void the_jdk_reads_an_answer_and_sends_a_long_body() throws Exception {
        try (Http2FaultServer server = secure(Http2Fault.none())) {
            HttpResponse<String> response = askByJdk(server,
                    BodyPublishers.ofByteArray(new byte[300_000]));
            assertEquals(Version.HTTP_2, response.version());
            assertEquals(200, response.statusCode());
            assertEquals("hello\n", response.body());
            assertEquals(List.of(new ConnectionLog.Request("stream 1", 300_000)),
                    server.connections().getFirst().requests());
        }
    }

    @Test
    void the_jdk_sees_a_reset_stream_as_an_error() {
        Http2Fault fault = new Http2Fault.ResetStream(Http2ErrorCode.INTERNAL_ERROR, Sent.HEAD);
        try (Http2FaultServer server = secure(fault)) {
            assertThrows(IOException.class, () -> askByJdk(server, BodyPublishers.noBody()));
            assertTrue(server.requestCount() >= 1);
        }
    }
}
