package probe.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** TLS records written and read by hand, for faults that no TLS library would make. */
public final class TlsBytes {
    private static final int HEADER = 5;

    private TlsBytes() {}

    /**
     * One record holding a fatal alert (RFC 8446 §6): type 21, legacy version 3.3, length 2, level 2, then the
     * description.
     *
     * @param description 0 to 255; the registered ones are in RFC 8446 §6, for example 40 handshake_failure, 42
     *     bad_certificate, 70 protocol_version, 112 unrecognized_name, 116 certificate_required, 120
     *     no_application_protocol
     */
    public static Payload alert(int description) {
        return Payload.of(new byte[] {21, 3, 3, 0, 2, 2, (byte) description});
    }

    /**
     * The next record, header included, whatever its type.
     *
     * @throws java.io.EOFException when the stream ends inside it
     */
    static Payload readRecord(InputStream in) throws IOException {
        byte[] header = new byte[HEADER];
        DataInputStream data = new DataInputStream(in);
        data.readFully(header);
        byte[] body = new byte[((header[3] & 0xff) << 8) | (header[4] & 0xff)];
        data.readFully(body);
        return Payload.of(header).plus(Payload.of(body));
    }
}
