package probe.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** One connection of an {@link Http2FaultServer}: reads frames, and acts on each complete request. */
final class Http2Connection {
    /** Whether the connection goes on after a request. */
    private enum Next {
        FRAME,
        NOTHING
    }

    private static final Http2Fault.Answer USUAL = Http2Fault.none();
    /** Frames of a flood; nobody takes as many. */
    private static final int FLOOD = 4096;
    private static final int BLOCK = 16 * 1024;
    /** What a client takes before it gives more (RFC 9113 §6.9.2). */
    private static final int FIRST_WINDOW = 65_535;

    private final Http2Fault fault;
    private final Wire wire;
    private final ConnectionLog log;
    /** Streams that the client has not ended yet, and how much body each has brought. */
    private final Map<Integer, Long> bodies = new HashMap<>();

    Http2Connection(Http2Fault fault, Wire wire, ConnectionLog log) {
        this.fault = fault;
        this.wire = wire;
        this.log = log;
    }

    void run() throws IOException {
        Payload preface = Payload.of(Http2Frame.exactly(wire, Http2Frame.PREFACE.length()));
        if (!preface.equals(Http2Frame.PREFACE)) {
            throw new IOException("not HTTP/2: " + preface);
        }
        if (fault instanceof Http2Fault.SilentFromStart) {
            wire.drain();
            return;
        }
        send(Http2Frame.SETTINGS, 0, 0, Payload.EMPTY);
        Next next = Next.FRAME;
        while (next == Next.FRAME) {
            next = take(Http2Frame.read(wire));
        }
    }

    private Next take(Http2Frame frame) throws IOException {
        switch (frame.type()) {
            case Http2Frame.SETTINGS -> acknowledge(frame, Payload.EMPTY);
            case Http2Frame.PING -> acknowledge(frame, frame.payload());
            case Http2Frame.HEADERS -> {
                bodies.putIfAbsent(frame.stream(), 0L);
                if (fault instanceof Http2Fault.EarlyAnswer(Http2Fault.Answer answer)) {
                    answerEarly(frame.stream(), answer);
                }
            }
            case Http2Frame.DATA -> takeBody(frame);
            default -> {
                // Priorities, window updates, the client's own resets: of no use here.
            }
        }
        if (!frame.endsStream()) {
            return Next.FRAME;
        }
        long body = bodies.getOrDefault(frame.stream(), 0L);
        log.completed(new ConnectionLog.Request("stream " + frame.stream(), body));
        return act(frame.stream());
    }

    private void acknowledge(Http2Frame frame, Payload echo) throws IOException {
        if (!frame.has(Http2Frame.ACK)) {
            send(frame.type(), Http2Frame.ACK, 0, echo);
        }
    }

    /** Gives back the window at once, for the connection and the stream (RFC 9113 §6.9). */
    private void takeBody(Http2Frame frame) throws IOException {
        int length = frame.payload().length();
        bodies.merge(frame.stream(), (long) length, Long::sum);
        if (length > 0) {
            send(Http2Frame.WINDOW_UPDATE, 0, 0, Http2Frame.number(length));
            send(Http2Frame.WINDOW_UPDATE, 0, frame.stream(), Http2Frame.number(length));
        }
    }

    private Next act(int stream) throws IOException {
        switch (fault) {
            case Http2Fault.Answer answer -> {
                sendHead(stream, answer);
                send(Http2Frame.DATA, Http2Frame.END_STREAM, stream, body(answer));
            }
            case Http2Fault.ResetStream(Http2ErrorCode code, Http2Fault.Sent sent) -> {
                sendPart(stream, sent);
                send(Http2Frame.RST_STREAM, 0, stream, Http2Frame.number(code.code()));
            }
            case Http2Fault.Stall(Http2Fault.Sent sent) -> sendPart(stream, sent);
            case Http2Fault.GoAway(Http2ErrorCode code, Http2Fault.Processed processed) -> {
                // Client streams have odd numbers, so the one before is 2 lower.
                int last = processed == Http2Fault.Processed.MAYBE ? stream : stream - 2;
                send(Http2Frame.GOAWAY, 0, 0, Http2Frame.number(Math.max(last, 0))
                        .plus(Http2Frame.number(code.code())));
                wire.finish();
                wire.drain();
                return Next.NOTHING;
            }
            case Http2Fault.CutFrame() -> {
                sendHead(stream, USUAL);
                Payload frame = new Http2Frame(Http2Frame.DATA, Http2Frame.END_STREAM, stream,
                        body(USUAL)).bytes();
                wire.write(frame.slice(0, frame.length() - 3));
                wire.cut();
                return Next.NOTHING;
            }
            case Http2Fault.ResetConnection() -> {
                wire.reset();
                return Next.NOTHING;
            }
            case Http2Fault.HeaderFlood() -> flood(stream);
            case Http2Fault.EndlessBody() -> endless(stream);
            case Http2Fault.EarlyAnswer(Http2Fault.Answer _) -> {}
            case Http2Fault.SilentFromStart() -> throw new IllegalStateException("never gets here");
        }
        return Next.FRAME;
    }

    private void sendPart(int stream, Http2Fault.Sent sent) throws IOException {
        switch (sent) {
            case NOTHING -> {}
            case HEAD -> sendHead(stream, USUAL);
            case HALF_BODY -> {
                sendHead(stream, USUAL);
                Payload body = body(USUAL);
                send(Http2Frame.DATA, 0, stream, body.slice(0, body.length() / 2));
            }
        }
    }

    private void answerEarly(int stream, Http2Fault.Answer answer) throws IOException {
        sendHead(stream, answer);
        send(Http2Frame.DATA, Http2Frame.END_STREAM, stream, body(answer));
        send(Http2Frame.RST_STREAM, 0, stream,
                Http2Frame.number(Http2ErrorCode.NO_ERROR.code()));
    }

    private void flood(int stream) throws IOException {
        send(Http2Frame.HEADERS, 0, stream, Http2Frame.literal(":status", "200"));
        Payload fields = Payload.EMPTY;
        for (int i = 0; i < 100; i++) {
            fields = fields.plus(Http2Frame.literal("x-" + i, "y".repeat(100)));
        }
        for (int i = 0; i < FLOOD; i++) {
            send(Http2Frame.CONTINUATION, 0, stream, fields);
        }
    }

    private void endless(int stream) throws IOException {
        send(Http2Frame.HEADERS, Http2Frame.END_HEADERS, stream,
                Http2Frame.literal(":status", "200"));
        Payload block = Payload.utf8("0123456789abcdef".repeat(BLOCK / 16));
        long window = FIRST_WINDOW; // the stream's; the connection's is never the smaller one here
        while (true) {
            while (window < BLOCK) {
                Http2Frame frame = Http2Frame.read(wire);
                if (frame.type() == Http2Frame.WINDOW_UPDATE && frame.stream() == stream) {
                    window += ByteBuffer.wrap(frame.payload().bytes()).getInt();
                }
            }
            send(Http2Frame.DATA, 0, stream, block);
            window -= BLOCK;
        }
    }

    private void sendHead(int stream, Http2Fault.Answer answer) throws IOException {
        send(Http2Frame.HEADERS, Http2Frame.END_HEADERS, stream,
                Http2Frame.responseHead(answer.status(), body(answer).length()));
    }

    private static Payload body(Http2Fault.Answer answer) {
        return Payload.utf8(answer.body());
    }

    private void send(int type, int flags, int stream, Payload payload) throws IOException {
        wire.write(new Http2Frame(type, flags, stream, payload).bytes());
    }
}
