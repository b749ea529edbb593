package probe.prober;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of HTTP that go out over a connection, each part watched, as no limit of the kernel ends a write. */
final class HttpWireOutput extends OutputStream {
    /** What a write is cut into, so that each part can be watched by itself. */
    private static final int PART = 16 * 1024;
    /** A first write of no more than this is taken whole or not at all: SOCK_MIN_SNDBUF is 4608 (net/sock.h). */
    private static final int ATOMIC = 2048;

    private final HttpWire wire;
    private final OutputStream sink;
    private volatile boolean refused;

    HttpWireOutput(HttpWire wire, OutputStream sink) {
        this.wire = wire;
        this.sink = sink;
    }

    /** From here on nothing is written any more. */
    void refuse() {
        refused = true;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += PART) {
            if (refused) {
                throw new IOException("the request was broken off");
            }
            int count = Math.min(PART, length - done);
            if (count > ATOMIC) {
                wire.mayHaveWritten();
            }
            part(bytes, offset + done, count);
            wire.mayHaveWritten();
        }
    }

    private void part(byte[] bytes, int offset, int count) throws IOException {
        HttpWire.@Nullable Borrower borrower = wire.borrower();
        if (borrower == null) {
            sink.write(bytes, offset, count);
            return;
        }
        try (Watchdog.Guard _ = borrower.guardWrite()) {
            sink.write(bytes, offset, count);
        }
    }

    @Override
    public void flush() throws IOException {
        sink.flush();
    }
}
