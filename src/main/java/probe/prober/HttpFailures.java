package probe.prober;

import java.io.IOException;
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
import probe.attempt.PeerState;
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

    /** The peer had ended the connection before it was asked anything. */
    static final class PeerGone extends IOException {
        private static final long serialVersionUID = 1L;
        private final PeerState state;

        PeerGone(PeerState state) {
            super(state.id());
            this.state = state;
        }

        private FailureName name() {
            return switch (state) {
                case RESET, RESET_BEFORE_REQUEST -> FailureName.RESET;
                case NONE, OPEN, CLOSED, CLOSED_BEFORE_REQUEST -> FailureName.CLOSED;
            };
        }
    }

    /** Not a failure: what follows a 101 (Switching Protocols) is for another client. */
    static final class NoLongerHttp extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The fact behind an exception.
     *
     * @param socket the limit that every read was made under
     * @param wire the connection, or null where there is none
     */
    static HttpFailures of(Exception thrown, Limit socket, @Nullable HttpWire wire) {
        return switch (thrown) {
            case ClientProtocolException wrapped when wrapped
                    .getCause() instanceof Exception e -> of(e, socket, wire);
            case HttpBody.SourceFailed late when late
                    .getCause() instanceof PatientInput.Late -> new HttpFailures(
                            FailureName.TIMED_OUT, TimeoutName.DEADLINE);
            case HttpBody.SourceFailed _ -> named(FailureName.ABORTED);
            case PeerGone gone -> named(gone.name());
            case TruncatedChunkException _ -> named(FailureName.TRUNCATED);
            case MalformedChunkCodingException _ -> named(FailureName.MALFORMED);
            case HttpHeadParser.CutOff _ -> named(FailureName.TRUNCATED);
            case ConnectionClosedException _,NoHttpResponseException _ -> named(ended(wire));
            case MessageConstraintException _ -> named(FailureName.MALFORMED);
            case HttpException _ -> named(malformed(wire));
            default -> ofSocket(thrown, socket, wire);
        };
    }

    private static HttpFailures ofSocket(Exception thrown, Limit socket, @Nullable HttpWire wire) {
        SocketFailures seen = SocketFailures.of(thrown, socket, null);
        if (seen.name() == FailureName.CLOSED && wire != null && wire.received() > 0) {
            return named(FailureName.TRUNCATED);
        }
        return new HttpFailures(seen.name(), seen.limit());
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
