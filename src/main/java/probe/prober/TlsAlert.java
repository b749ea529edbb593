package probe.prober;

import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The fatal alerts of TLS: RFC 8446 §6 and the IANA registry "TLS Alerts".
 *
 * <p>An alert sent in the clear is read from its record ({@link TlsRecords}). Once the handshake has keys, which under
 * TLS 1.3 is right after the ServerHello, alerts are encrypted and only JSSE sees them; it hands the code on in nothing
 * but the message of its exception. That text is a constant of the JDK ({@code sun.security.ssl.Alert}: "Received fatal
 * alert: " and the RFC's own name), not subject to the locale, and this is the only place that reads it.
 */
enum TlsAlert {
    UNEXPECTED_MESSAGE(10),
    BAD_RECORD_MAC(20),
    DECRYPTION_FAILED(21),
    RECORD_OVERFLOW(22),
    DECOMPRESSION_FAILURE(30),
    HANDSHAKE_FAILURE(40),
    NO_CERTIFICATE(41),
    BAD_CERTIFICATE(42),
    UNSUPPORTED_CERTIFICATE(43),
    CERTIFICATE_REVOKED(44),
    CERTIFICATE_EXPIRED(45),
    CERTIFICATE_UNKNOWN(46),
    ILLEGAL_PARAMETER(47),
    UNKNOWN_CA(48),
    ACCESS_DENIED(49),
    DECODE_ERROR(50),
    DECRYPT_ERROR(51),
    EXPORT_RESTRICTION(60),
    PROTOCOL_VERSION(70),
    INSUFFICIENT_SECURITY(71),
    INTERNAL_ERROR(80),
    INAPPROPRIATE_FALLBACK(86),
    NO_RENEGOTIATION(100),
    MISSING_EXTENSION(109),
    UNSUPPORTED_EXTENSION(110),
    CERTIFICATE_UNOBTAINABLE(111),
    UNRECOGNIZED_NAME(112),
    BAD_CERTIFICATE_STATUS_RESPONSE(113),
    BAD_CERTIFICATE_HASH_VALUE(114),
    UNKNOWN_PSK_IDENTITY(115),
    CERTIFICATE_REQUIRED(116),
    NO_APPLICATION_PROTOCOL(120);

    private static final String RECEIVED = "Received fatal alert: ";
    /** Far more than JSSE nests. */
    private static final int MAX_CAUSES = 8;

    private final int code;

    TlsAlert(int code) {
        this.code = code;
    }

    /** Its number on the wire. */
    int code() {
        return code;
    }

    /** The code of the fatal alert that the peer sent, as JSSE tells it, or null when that is not why it threw. */
    static @Nullable Integer receivedIn(@Nullable Throwable thrown) {
        Throwable at = thrown;
        for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            String message = at.getMessage();
            int found = message == null || !(at instanceof SSLException)
                    ? -1
                    : message.indexOf(RECEIVED);
            if (message != null && found >= 0) {
                return byName(message.substring(found + RECEIVED.length()));
            }
            at = at.getCause();
        }
        return null;
    }

    private static @Nullable Integer byName(String name) {
        for (TlsAlert alert : values()) {
            if (name.equals(alert.name().toLowerCase(Locale.ROOT))) {
                return alert.code;
            }
        }
        return null;
    }
}
