package probe.prober;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import probe.attempt.Excerpt;
import probe.profile.TimeoutName;

/** What a proxy says, read byte by byte: what follows its answer already belongs to the target. */
final class ProxyStream {
    /** What belongs to an answer comes with it, or lies in our own kernel already. */
    private static final Duration SOON = Duration.ofMillis(50);
    private static final int MOST_SOON = 1024;

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
     * The first line with something in it of what comes right behind, such as the words of a refusal; empty where
     * nothing does. Nobody waits for a body that may never end.
     *
     * @param chunked whether a line that is a chunk's size is to be passed over
     */
    String lineSoon(boolean chunked) {
        long end = System.nanoTime() + SOON.toNanos();
        StringBuilder line = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            for (int i = 0; i < MOST_SOON && line.length() < Excerpt.LIMIT; i++) {
                socket.setSoTimeout(Math.clamp((end - System.nanoTime()) / 1_000_000, 1, 1_000));
                int next = in.read();
                if (next >= 0 && next != '\n') {
                    line.append((char) next);
                    continue;
                }
                String told = line.toString().strip();
                if (next < 0 || !told.isEmpty() && !(chunked && told.matches("[0-9A-Fa-f]+"))) {
                    return told;
                }
                line.setLength(0);
            }
        } catch (IOException nothingMore) {
            // What came is what was said.
        }
        return line.toString().strip();
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
