package probe.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * One frame (RFC 9113 §4.1).
 *
 * @param type see the constants
 * @param flags see the constants; their meaning depends on the type
 * @param stream 0 for the connection
 * @param payload at most 16384 bytes
 */
record Http2Frame(int type, int flags, int stream, Payload payload) {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /** What a client says first (RFC 9113 §3.4). */
    static final Payload PREFACE = Payload.latin1("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    private static final int HEADER = 9;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    boolean endsStream() {
        return (type == HEADERS || type == DATA) && has(END_STREAM);
    }

    Payload bytes() {
        int length = payload.length();
        Payload header = Payload.of(new byte[] {
            (byte) (length >>> 16), (byte) (length >>> 8), (byte) length,
            (byte) type, (byte) flags});
        return header.plus(number(stream)).plus(payload);
    }

    /** Four bytes, highest first. */
    static Payload number(int value) {
        return Payload.of(new byte[] {
            (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value});
    }

    static Http2Frame read(Wire wire) throws IOException {
        byte[] header = exactly(wire, HEADER);
        int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | header[2] & 0xff;
        int stream = (header[5] & 0x7f) << 24 | (header[6] & 0xff) << 16
                | (header[7] & 0xff) << 8 | header[8] & 0xff;
        return new Http2Frame(header[3], header[4], stream, Payload.of(exactly(wire, length)));
    }

    static byte[] exactly(Wire wire, int count) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream(count);
        byte[] block = new byte[count];
        while (read.size() < count) {
            read.write(block, 0, wire.read(block, count - read.size()));
        }
        return read.toByteArray();
    }

    /**
     * A response head in the simplest of HPACK: literals that are not indexed, with new names, without
     * Huffman coding (RFC 7541 §6.2.2).
     */
    static Payload responseHead(int status, int bodyLength) {
        return literal(":status", String.valueOf(status))
                .plus(literal("content-type", "text/plain"))
                .plus(literal("content-length", String.valueOf(bodyLength)));
    }

    static Payload literal(String name, String value) {
        return Payload.of(new byte[] {0, (byte) name.length()})
                .plus(Payload.latin1(name))
                .plus(Payload.of(new byte[] {(byte) value.length()}))
                .plus(Payload.latin1(value));
    }
}
