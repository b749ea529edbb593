package probe.prober;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.impl.nio.H2StreamListener;
import org.jspecify.annotations.Nullable;
import probe.attempt.Http2Facts;
import probe.attempt.Http2Facts.Ending;
import probe.attempt.RequestProgress;

/** Sees every frame, and keeps what they say of the one request. Safe for use by several threads. */
final class Http2Watch implements H2StreamListener {
    private static final int RST_STREAM_LENGTH = 4; // RFC 9113 §6.4
    private static final int GOAWAY_LENGTH = 8; // RFC 9113 §6.8, before its debug data
    private static final int RESERVED = 0x7fffffff;
    private static final long UNSIGNED = 0xffffffffL;

    private RequestProgress progress = RequestProgress.NOT_STARTED;
    private @Nullable Integer stream;
    private @Nullable Long reset;
    private @Nullable Long goAway;
    private @Nullable Integer lastStream;
    private int framesReceived;
    private Source source = Source.FLOWING;

    /** Whether the request has more to give. */
    private enum Source {
        FLOWING, EMPTY
    }

    /** How much of the request has been handed over, in whole frames. */
    synchronized RequestProgress progress() {
        return progress;
    }

    /** All of the request has been handed to the engine; that it ends the stream before is its answer to a refusal. */
    synchronized void handedOver() {
        source = Source.EMPTY;
    }

    /** Whether anything came that is a frame. */
    synchronized boolean hasReceived() {
        return framesReceived > 0;
    }

    /** What the frames say. The reset of the stream is nearer to the request than the end of the connection. */
    synchronized Http2Facts facts() {
        if (reset != null) {
            return new Http2Facts(stream, Ending.RST_STREAM, reset, lastStream);
        }
        return goAway == null ? new Http2Facts(stream, null, null, null)
                : new Http2Facts(stream, Ending.GOAWAY, goAway, lastStream);
    }

    @Override
    public synchronized void onFrameInput(HttpConnection connection, int id, RawFrame frame) {
        framesReceived++;
        ByteBuffer payload = frame.getPayload() == null ? ByteBuffer.allocate(0)
                : frame.getPayload().duplicate();
        if (frame.isType(FrameType.RST_STREAM) && stream != null && id == stream
                && payload.remaining() >= RST_STREAM_LENGTH) {
            reset = payload.getInt() & UNSIGNED;
        } else if (frame.isType(FrameType.GOAWAY) && payload.remaining() >= GOAWAY_LENGTH) {
            // A server may say it twice: first that it will end, then where it did (RFC 9113 §6.8).
            lastStream = payload.getInt() & RESERVED;
            goAway = payload.getInt() & UNSIGNED;
        }
    }

    @Override
    public synchronized void onFrameOutput(HttpConnection connection, int id, RawFrame frame) {
        boolean head = frame.isType(FrameType.HEADERS);
        if (head) {
            stream = id;
            progress = RequestProgress.PARTIAL;
        }
        if ((head || frame.isType(FrameType.DATA)) && frame.isFlagSet(FrameFlag.END_STREAM)
                && source == Source.EMPTY) {
            progress = RequestProgress.COMPLETE;
        }
    }

    @Override
    public void onHeaderInput(HttpConnection connection, int id, List<? extends Header> headers) {
        // The exchange gets them decoded.
    }

    @Override
    public void onHeaderOutput(HttpConnection connection, int id, List<? extends Header> headers) {
        // As they were asked for.
    }

    @Override
    public void onInputFlowControl(HttpConnection connection, int id, int delta, int size) {
        // The engine's own business.
    }

    @Override
    public void onOutputFlowControl(HttpConnection connection, int id, int delta, int size) {
        // A window that stays shut shows as a write that is not taken.
    }
}
