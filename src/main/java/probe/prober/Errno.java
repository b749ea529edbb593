package probe.prober;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import probe.attempt.FailureName;

/**
 * The error numbers of Linux (asm-generic/errno.h) that socket calls give, recovered from what Java throws.
 *
 * <p>Java keeps the number to itself. The class narrows it (JDK {@code Net.c}: ECONNREFUSED and ETIMEDOUT are
 * ConnectException, EHOSTUNREACH is NoRouteToHostException, EADDRNOTAVAIL, EADDRINUSE and EACCES are
 * BindException, all else is SocketException) and the message is the text of {@code strerror}, so the number is
 * found by looking that text up in the same table it came from: first in English, then in the language of this
 * process ({@link LocalErrorText}). A text found in neither stays {@link #UNKNOWN}.
 */
enum Errno {
    EPERM(1, "Operation not permitted", FailureName.PERMISSION_DENIED),
    EACCES(13, "Permission denied", FailureName.PERMISSION_DENIED),
    EINVAL(22, "Invalid argument", FailureName.INVALID_ROUTE),
    ENFILE(23, "Too many open files in system", FailureName.TOO_MANY_OPEN_FILES),
    EMFILE(24, "Too many open files", FailureName.TOO_MANY_OPEN_FILES),
    EPIPE(32, "Broken pipe", FailureName.BROKEN_PIPE),
    EADDRINUSE(98, "Address already in use", FailureName.ADDRESS_UNAVAILABLE),
    EADDRNOTAVAIL(99, "Cannot assign requested address", FailureName.ADDRESS_UNAVAILABLE),
    ENETDOWN(100, "Network is down", FailureName.NETWORK_UNREACHABLE),
    ENETUNREACH(101, "Network is unreachable", FailureName.NETWORK_UNREACHABLE),
    ECONNABORTED(103, "Software caused connection abort", FailureName.ABORTED),
    ECONNRESET(104, "Connection reset by peer", FailureName.RESET),
    ETIMEDOUT(110, "Connection timed out", FailureName.TIMED_OUT),
    ECONNREFUSED(111, "Connection refused", FailureName.REFUSED),
    EHOSTUNREACH(113, "No route to host", FailureName.HOST_UNREACHABLE),
    UNKNOWN(0, "", FailureName.UNKNOWN);

    /** What the JDK itself says for ECONNRESET on a read, whatever the language ({@code NioSocketImpl}). */
    private static final String JDK_RESET = "Connection reset";

    private final int number;
    private final String english;
    private final FailureName failure;

    Errno(int number, String english, FailureName failure) {
        this.number = number;
        this.english = english;
        this.failure = failure;
    }

    /** The number in Linux. */
    int number() {
        return number;
    }

    /** What it means, as a fact. */
    FailureName failure() {
        return failure;
    }

    /** The number behind what a socket call threw. */
    static Errno of(IOException thrown) {
        String text = thrown.getMessage() == null ? "" : thrown.getMessage();
        if (text.equals(JDK_RESET)) {
            return ECONNRESET;
        }
        for (Errno errno : values()) {
            if (errno != UNKNOWN && errno.english.equals(text)) {
                return errno;
            }
        }
        for (Errno errno : values()) {
            if (errno != UNKNOWN && text.equals(LocalErrorText.of(errno.number))) {
                return errno;
            }
        }
        return byClass(thrown);
    }

    /** Where only the class is left: the one number that the class stands for in nearly every case. */
    private static Errno byClass(IOException thrown) {
        return switch (thrown) {
            case NoRouteToHostException _ -> EHOSTUNREACH;
            case ConnectException _ -> ECONNREFUSED;
            case BindException _ -> EADDRNOTAVAIL;
            default -> UNKNOWN;
        };
    }
}
