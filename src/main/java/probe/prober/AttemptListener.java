package probe.prober;

import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import probe.attempt.Failure;
import probe.attempt.Via;
import probe.target.Target;

/**
 * Told of an attempt's lookup and of its socket while they last, so that name servers and the kernel can be asked
 * about them. Called on the attempt's own thread, or on the watchdog's just before that closes the socket; it must
 * return quickly and throw nothing.
 */
public interface AttemptListener {
    /** Hears everything, does nothing. */
    AttemptListener NONE = new AttemptListener() {};

    /** A redirect leads to another origin: from here on the attempts ask there. */
    default void redirected(Target target) {}

    /**
     * The system's resolver is about to be asked.
     *
     * @param host a name in ASCII form
     */
    default void resolving(String host) {}

    /** The system's resolver has given at least one address for the name. */
    default void resolved() {}

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
