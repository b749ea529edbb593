package probe.prober;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import probe.attempt.FailureName;
import probe.profile.TimeoutName;

/**
 * What a socket call reported, as a fact.
 *
 * @param name the fact
 * @param limit which of our limits fired, or null
 */
record SocketFailures(FailureName name, @Nullable TimeoutName limit) {

    /**
     * The fact behind an exception.
     *
     * @param thrown what the call threw
     * @param inForce the limit that the call was made under
     * @param fired the limit of the guard that closed the socket under the call, or null
     */
    static SocketFailures of(Exception thrown, Limit inForce, @Nullable Limit fired) {
        if (fired != null) {
            return new SocketFailures(FailureName.TIMED_OUT, fired.name());
        }
        return switch (thrown) {
            case SocketTimeoutException _ -> new SocketFailures(FailureName.TIMED_OUT,
                    inForce.name());
            case InterruptedIOException _ -> new SocketFailures(FailureName.INTERRUPTED, null);
            case CancellationException _ -> new SocketFailures(FailureName.INTERRUPTED, null);
            case EOFException _ -> new SocketFailures(FailureName.CLOSED, null);
            case SSLException tls -> new SocketFailures(secured(tls), null);
            case IOException io -> new SocketFailures(Errno.of(io).failure(), null);
            default -> new SocketFailures(FailureName.UNKNOWN, null);
        };
    }

    /** On a secured connection JSSE wraps what the socket below it reported. */
    private static FailureName secured(SSLException thrown) {
        if (TlsAlert.receivedIn(thrown) != null) {
            return FailureName.TLS_ALERT;
        }
        return switch (thrown.getCause()) {
            case EOFException _ -> FailureName.CLOSED;
            case SocketException io -> Errno.of(io).failure();
            case null, default -> FailureName.TLS_FAILED;
        };
    }
}
