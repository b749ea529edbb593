package probe.prober;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import probe.profile.TimeoutName;

/** What a proxy says, read byte by byte: what follows its answer already belongs to the target. */
final class ProxyStream {
    private final TapSocket socket;
    private final Deadline deadline;
    private Limit limit;

    ProxyStream(TapSocket socket, Deadline deadline) {
        this.socket = socket;
        this.deadline = deadline;
        this.limit = deadline.limit(TimeoutName.SOCKET);
    }

    /** The limit that the last read was made under. */
    Limit limit() {
        return limit;
    }

    void write(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /**
     * The next byte, 0 to 255.
     *
     * @throws EOFException at the end of the stream
     */
    int read() throws IOException {
        limit = deadline.limit(TimeoutName.SOCKET);
        socket.setSoTimeout(limit.millis());
        InputStream in = socket.getInputStream();
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the proxy ended the stream");
        }
        return next;
    }

    /**
     * Reads and drops bytes.
     *
     * @throws EOFException at the end of the stream
     */
    void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            read();
        }
    }
}
