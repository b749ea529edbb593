package probe.prober;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.profile.TimeoutName;

/**
 * What an exchange over HttpClient ended with, as a fact. HttpClient's exception classes count only
 * where they carry a fact of the protocol (a chunk cut off, a chunk that is none); all else is read
 * off the wire.
 *
 * @param name the fact
 * @param limit which of our limits fired, or null
 */
record HttpFailures(FailureName name, @Nullable TimeoutName limit) {

    /** The peer had ended the stream before it was asked anything. */
    static final class PeerGone extends IOException {
        private static final long serialVersionUID = 1L;

        PeerGone() {
            super("the peer closed before the request");
        }
    }

    /** Not a failure: what follows a 101 (Switching Protocols) is for another client. */
    static final class NoLongerHttp extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The fact behind an exception.
     *
     * @param phase the phase that is open, or null
     * @param wire the connection, or null where there is none
     */
    static HttpFailures of(Exception thrown, @Nullable Phase phase, @Nullable HttpWire wire) {
        return switch (thrown) {
            case ClientProtocolException wrapped when wrapped
                    .getCause() instanceof Exception e -> of(e, phase, wire);
            case SocketTimeoutException _ -> new HttpFailures(FailureName.TIMED_OUT,
                    TimeoutName.SOCKET);
            case InterruptedIOException _ -> named(FailureName.INTERRUPTED);
            case HttpBody.SourceFailed _ -> named(FailureName.ABORTED);
            case PeerGone _ -> named(FailureName.CLOSED);
            case TruncatedChunkException _ -> named(FailureName.TRUNCATED);
            case MalformedChunkCodingException _ -> named(FailureName.MALFORMED);
            case HttpHeadParser.CutOff _ -> named(FailureName.TRUNCATED);
            case ConnectionClosedException _,NoHttpResponseException _ -> named(ended(wire));
            case MessageConstraintException _ -> named(FailureName.MALFORMED);
            case HttpException _ -> named(malformed(wire));
            case SSLException _ -> named(FailureName.TLS_FAILED);
            case IOException io -> named(Errno.of(io).failure());
            default -> named(FailureName.UNKNOWN);
        };
    }

    private static HttpFailures named(FailureName name) {
        return new HttpFailures(name, null);
    }

    /** The stream ended where more had to come: without a byte it is a close, else a cut. */
    private static FailureName ended(@Nullable HttpWire wire) {
        if (wire == null || !wire.ended()) {
            return FailureName.ABORTED;
        }
        return wire.received() == 0 ? FailureName.CLOSED : FailureName.TRUNCATED;
    }

    /** A first line that is no status line, unless the end of the stream cut it short. */
    private static FailureName malformed(@Nullable HttpWire wire) {
        if (wire == null || !wire.ended() || wire.hasLine()) {
            return FailureName.MALFORMED;
        }
        String start = wire.excerpt().text();
        int shared = Math.min(start.length(), "HTTP/".length());
        return start.regionMatches(0, "HTTP/", 0, shared) && start.length() < Excerpt.LIMIT
                ? FailureName.TRUNCATED
                : FailureName.MALFORMED;
    }
}
