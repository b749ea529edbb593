package probe.evidence.collect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import probe.evidence.KernelAccess;
import probe.evidence.TcpInfo;
import probe.evidence.linux.DiagEntry;
import probe.evidence.linux.InetDiag;
import probe.evidence.linux.JavaSocketFd;
import probe.evidence.linux.Linux;
import probe.evidence.linux.NativeSocket;

/**
 * Asks Linux: by the socket's descriptor where reflection reaches it, else by its addresses over
 * {@code sock_diag}, which forgets a connection as soon as it is reset.
 */
record LinuxKernelView(KernelAccess access) implements KernelView {

    static KernelView open() {
        if (Linux.hasNativeAccess()) {
            return new LinuxKernelView(KernelAccess.SOCK_DIAG);
        }
        // Promised and then refused: a sandbox, in which /proc may still be read.
        KernelAccess expected = KernelView.expected();
        return expected == KernelAccess.NONE ? KernelView.NONE
                : new LinuxKernelView(KernelAccess.PROC);
    }

    @Override
    public @Nullable TcpInfo info(Socket socket) {
        if (access != KernelAccess.SOCK_DIAG) {
            return null;
        }
        OptionalInt fd = JavaSocketFd.of(socket);
        return fd.isPresent() ? NativeSocket.tcpInfo(fd.getAsInt()) : byAddresses(socket);
    }

    private static @Nullable TcpInfo byAddresses(Socket socket) {
        if (socket.isClosed()
                || !(socket.getLocalSocketAddress() instanceof InetSocketAddress local)
                || !(socket.getRemoteSocketAddress() instanceof InetSocketAddress remote)) {
            return null;
        }
        try {
            return InetDiag.find(local, remote).map(DiagEntry::info).orElse(null);
        } catch (IOException forbidden) {
            return null;
        }
    }
}
