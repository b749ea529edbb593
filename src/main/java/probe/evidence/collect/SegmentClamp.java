package probe.evidence.collect;

import java.io.IOException;
import java.net.Socket;
import java.util.OptionalInt;
import probe.evidence.linux.JavaSocketFd;
import probe.evidence.linux.Linux;
import probe.evidence.linux.NativeSocket;

/**
 * Makes a connection use small segments in both directions: the retry that shows whether large packets get lost on
 * the way.
 *
 * <p>Costs 10 µs. Needs the system calls and the descriptor of a {@link Socket} that is not connected yet.
 */
public final class SegmentClamp {
    /** The default of RFC 9293 §3.7.1 for IPv4: every path carries it. */
    public static final int BYTES = 536;

    private SegmentClamp() {}

    /** Clamps a socket before its connect; false where that cannot be done. */
    public static boolean clamp(Socket socket) {
        if (!Linux.hasNativeAccess()) {
            return false;
        }
        try {
            // Java makes the descriptor with the first option asked for, not with the object.
            socket.getTcpNoDelay();
        } catch (IOException closed) {
            return false;
        }
        OptionalInt fd = JavaSocketFd.of(socket);
        return fd.isPresent() && NativeSocket.limitSegments(fd.getAsInt(), BYTES) == 0;
    }
}
