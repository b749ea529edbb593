package probe.evidence.collect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import probe.evidence.TcpState;
import probe.evidence.linux.DiagEntry;
import probe.evidence.linux.InetDiag;
import probe.evidence.linux.JavaSocketFd;
import probe.evidence.linux.Linux;
import probe.evidence.linux.NativeSocket;
import probe.evidence.linux.OwnDescriptors;
import probe.evidence.linux.Proc;
import probe.evidence.linux.ProcSocketTable;

/**
 * Finds the kernel's socket behind one of Java's: by reflection, else among the sockets to the same remote address
 * whose inode is one of this process's descriptors. Java hides the local port of a pending connect, so its addresses
 * are no help there.
 *
 * <p>Costs 10 µs by reflection and 100 µs by inode; where only {@code /proc} can be read, 10 ms.
 */
final class SocketFinder {
    private SocketFinder() {}

    /** A duplicate of the socket, or null where it cannot be had; the caller closes it. */
    static @Nullable NativeSocket duplicate(Socket socket, InetSocketAddress remote,
            TcpState state) {
        if (!Linux.hasNativeAccess()) {
            return null;
        }
        OptionalInt fd = JavaSocketFd.of(socket);
        if (fd.isEmpty()) {
            fd = byInode(remote, state);
        }
        return fd.isPresent() ? NativeSocket.duplicate(fd.getAsInt()) : null;
    }

    /** The only socket of this process in this state to this place; none when there are several. */
    private static OptionalInt byInode(InetSocketAddress remote, TcpState state) {
        List<OptionalInt> own = inState(state).stream()
                .filter(entry -> entry.remote().equals(remote))
                .map(entry -> OwnDescriptors.ofInode(entry.inode()))
                .filter(OptionalInt::isPresent)
                .toList();
        return own.size() == 1 ? own.getFirst() : OptionalInt.empty();
    }

    private static List<DiagEntry> inState(TcpState state) {
        try {
            return InetDiag.inState(state);
        } catch (IOException forbidden) {
            return ProcSocketTable.read(Proc.system())
                    .stream()
                    .filter(entry -> entry.state() == state)
                    .toList();
        }
    }

    /** The kernel's row for a connection; empty when it has none, or none that is known to be ours. */
    static Optional<DiagEntry> row(@Nullable InetSocketAddress local, InetSocketAddress remote) {
        try {
            return local == null ? ownTo(remote) : InetDiag.find(local, remote);
        } catch (IOException | LinkageError forbidden) {
            return local == null ? ownTo(remote)
                    : ProcSocketTable.read(Proc.system())
                            .stream()
                            .filter(entry -> entry.remote().equals(remote)
                                    && entry.local().equals(local))
                            .findFirst();
        }
    }

    private static Optional<DiagEntry> ownTo(InetSocketAddress remote) {
        List<DiagEntry> own = ProcSocketTable.read(Proc.system())
                .stream()
                .filter(entry -> entry.remote().equals(remote))
                .filter(entry -> OwnDescriptors.ofInode(entry.inode()).isPresent())
                .toList();
        return own.size() == 1 ? Optional.of(own.getFirst()) : Optional.empty();
    }
}
