package probe.prober;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of HTTP that come over a connection, with the first of them looked at before it is asked for. */
final class HttpWireInput extends InputStream {
    private final HttpWire wire;
    private final InputStream source;
    private final byte[] peeked = new byte[1];
    private int peekedLength;

    HttpWireInput(HttpWire wire, InputStream source) {
        this.wire = wire;
        this.source = source;
    }

    /** Whether a byte has been looked at and not yet taken. */
    boolean hasPeeked() {
        return peekedLength > 0;
    }

    /** Waits for a byte, and leaves it there; false at the end of the stream. */
    boolean peek() throws IOException {
        if (peekedLength == 0) {
            int count = source.read(peeked, 0, 1);
            if (count < 0) {
                wire.sawEnd();
                return false;
            }
            peekedLength = count;
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = 1;
        if (peekedLength > 0) {
            bytes[offset] = peeked[0];
            peekedLength = 0;
        } else {
            count = source.read(bytes, offset, length);
        }
        if (count < 0) {
            wire.sawEnd();
        } else {
            wire.read(bytes, offset, count);
        }
        return count;
    }

    /** Bytes of HTTP that are there; records of TLS alone, such as a session ticket, do not count. */
    @Override
    public int available() throws IOException {
        int there = peekedLength + source.available();
        if (there == 0 && wire.isSecured() && wire.raw().getInputStream().available() > 0) {
            there = wire.look(1) ? 1 : 0;
        }
        return there;
    }
}
