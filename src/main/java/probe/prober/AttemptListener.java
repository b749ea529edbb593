package probe.prober;

import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import probe.attempt.Failure;
import probe.attempt.Via;
import probe.target.Target;

/**
 * Told of an attempt's socket while it is open, so that the kernel can be asked about it. Called on the
 * attempt's own thread, or on the watchdog's just before that closes the socket; it must return quickly and
 * throw nothing.
 */
public interface AttemptListener {
    /** Hears everything, does nothing. */
    AttemptListener NONE = new AttemptListener() {};

    /** A redirect leads to another origin: from here on the attempts ask there. */
    default void redirected(Target target) {}

    /** A connect to {@code remote} is about to begin. */
    default void connecting(Via via, Socket socket, InetSocketAddress remote) {}

    /** The TCP handshake is done. */
    default void connected(Via via, Socket socket) {}

    /** The first byte of a request, or of a script's step, is about to be written. */
    default void writing(Via via, Socket socket) {}

    /**
     * The attempt has failed and its socket is about to be closed; after a failed connect it already is.
     *
     * @param lastWords what may still be sent on it
     * @return how many payload bytes the peer's kernel has acknowledged, or null where that cannot be learned
     */
    default @Nullable Long failing(Via via, Socket socket, Failure failure, LastWords lastWords) {
        return null;
    }
}
