package probe.prober;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Follows the records that a peer sends in its half of a handshake (RFC 8446 §5.1, RFC 5246 §6.2.1), as far as they
 * are readable without keys: what the peer speaks at all, the version it chose, and the alert it sent. Fed with bytes
 * in whatever pieces they come. Safe to ask from another thread.
 */
final class TlsRecords {
    /** What the first bytes say. */
    enum Spoken {
        /** Not enough came to tell. */
        NOTHING,
        TLS,
        SOMETHING_ELSE
    }

    private static final int HEADER = 5;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    /** An alert in the clear is its level and its description; an encrypted one is longer. */
    private static final int ALERT_LENGTH = 2;
    private static final int WARNING = 1;
    private static final int CLOSE_NOTIFY = 0;
    private static final int USER_CANCELED = 90;
    /** A ServerHello with a post-quantum key share is about 1.2 kB; its version extension may be its last. */
    private static final int KEPT = 4096;

    private final byte[] header = new byte[HEADER];
    private final byte[] alert = new byte[ALERT_LENGTH];
    private final byte[] handshake = new byte[KEPT];
    private int headerLength;
    private int alertLength;
    private int handshakeLength;
    private int bodyLeft;
    private Spoken spoken = Spoken.NOTHING;
    private @Nullable Integer fatalAlert;

    /** What came next. */
    synchronized void read(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count && spoken != Spoken.SOMETHING_ELSE; i++) {
            if (headerLength < HEADER) {
                header(bytes[i]);
            } else {
                body(bytes[i]);
            }
        }
    }

    private void header(byte b) {
        header[headerLength++] = b;
        if (spoken == Spoken.NOTHING) {
            spoken = first();
        }
        if (headerLength == HEADER) {
            bodyLeft = (header[3] & 0xff) << 8 | header[4] & 0xff;
            alertLength = 0;
            headerLength = bodyLeft == 0 ? 0 : HEADER;
        }
    }

    /** A server begins with an alert or a handshake message; every version of TLS and SSL 3.0 has major 3. */
    private Spoken first() {
        if (header[0] != ALERT && header[0] != HANDSHAKE) {
            return Spoken.SOMETHING_ELSE;
        }
        if (headerLength < 2) {
            return Spoken.NOTHING;
        }
        return header[1] == 3 ? Spoken.TLS : Spoken.SOMETHING_ELSE;
    }

    private void body(byte b) {
        if (header[0] == ALERT && alertLength < ALERT_LENGTH) {
            alert[alertLength++] = b;
        } else if (header[0] == HANDSHAKE && handshakeLength < KEPT) {
            handshake[handshakeLength++] = b;
        }
        bodyLeft--;
        if (bodyLeft == 0) {
            headerLength = 0;
            int length = (header[3] & 0xff) << 8 | header[4] & 0xff;
            if (header[0] == ALERT && length == ALERT_LENGTH) {
                alert(alert[0], alert[1] & 0xff);
            }
        }
    }

    /** TLS 1.3 servers may send any level, and every alert but these two is fatal (RFC 8446 §6). */
    private void alert(int level, int description) {
        boolean ending = description == CLOSE_NOTIFY || description == USER_CANCELED;
        boolean forgivable = level == WARNING && !Integer.valueOf(0x0304).equals(version());
        if (!ending && !forgivable && fatalAlert == null) {
            fatalAlert = description;
        }
    }

    synchronized Spoken spoken() {
        return spoken;
    }

    /** Code of the first fatal alert that came in the clear, or null. */
    synchronized @Nullable Integer fatalAlert() {
        return fatalAlert;
    }

    /**
     * The version that the server chose (0x0303 is TLS 1.2, 0x0304 TLS 1.3), or null while its ServerHello has not
     * come. TLS 1.3 is told in an extension, the field itself then says 1.2 (RFC 8446 §4.1.3, §4.2.1).
     */
    synchronized @Nullable Integer version() {
        return ServerHello.version(Arrays.copyOf(handshake, handshakeLength));
    }

    /** The first message of a server, RFC 8446 §4.1.3. */
    private static final class ServerHello {
        private static final int TYPE = 2;
        private static final int VERSION_AT = 4;
        private static final int SESSION_ID_AT = 38;
        private static final int SUPPORTED_VERSIONS = 43;

        private final byte[] bytes;

        private ServerHello(byte[] bytes) {
            this.bytes = bytes;
        }

        static @Nullable Integer version(byte[] bytes) {
            if (bytes.length < VERSION_AT + 2 || bytes[0] != TYPE) {
                return null;
            }
            ServerHello hello = new ServerHello(bytes);
            Integer extended = hello.extendedVersion();
            return extended == null ? Integer.valueOf(hello.number(VERSION_AT)) : extended;
        }

        private @Nullable Integer extendedVersion() {
            if (bytes.length <= SESSION_ID_AT) {
                return null;
            }
            // After the session id: cipher suite (2), compression (1), length of the extensions (2).
            int at = SESSION_ID_AT + 1 + (bytes[SESSION_ID_AT] & 0xff) + 5;
            int end = Math.min(bytes.length, VERSION_AT + ((bytes[1] & 0xff) << 16 | number(2)));
            while (at + 6 <= end) {
                if (number(at) == SUPPORTED_VERSIONS) {
                    return number(at + 4);
                }
                at += 4 + number(at + 2);
            }
            return null;
        }

        private int number(int at) {
            return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        }
    }
}
