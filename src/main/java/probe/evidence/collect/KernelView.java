package probe.evidence.collect;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import probe.evidence.KernelAccess;
import probe.evidence.TcpInfo;
import probe.evidence.linux.Linux;

/**
 * The kernel's view of a socket of this program. Every answer may be missing, and none throws.
 *
 * <p>Costs 5 µs a question, and 150 ms for the first of a process, so it is asked only once something has failed.
 * Needs Linux; see {@link #access()}.
 */
public interface KernelView {
    /** Nothing can be learned. */
    KernelView NONE = new KernelView() {
        @Override
        public KernelAccess access() {
            return KernelAccess.NONE;
        }

        @Override
        public @Nullable TcpInfo info(Socket socket) {
            return null;
        }
    };

    /** How the kernel can be asked; {@link KernelAccess#NONE} says that all else here is null. */
    KernelAccess access();

    /**
     * What the kernel knows of the connection, or null. It can be asked until the socket is closed on this side,
     * after a reset or an end of stream too.
     */
    @Nullable
    TcpInfo info(Socket socket);

    /** How many payload bytes the peer's kernel has acknowledged, or null where that cannot be learned. */
    default @Nullable Long acknowledged(Socket socket) {
        TcpInfo info = info(socket);
        return info == null ? null : info.bytesAcked();
    }

    /**
     * How the kernel could be asked, as far as can be told without asking: what a report says of a machine on which
     * nothing failed. Costs nothing and loads nothing native.
     */
    static KernelAccess expected() {
        if (Linux.expectsNativeAccess()) {
            return KernelAccess.SOCK_DIAG;
        }
        boolean proc = Linux.isLinux() && Files.isReadable(Path.of("/proc/self/net/snmp"));
        return proc ? KernelAccess.PROC : KernelAccess.NONE;
    }

    /** This machine's; {@link #NONE} where there is nothing to ask. */
    static KernelView system() {
        return LinuxKernelView.open();
    }
}
