package probe.evidence.collect;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import probe.evidence.CounterChanges;
import probe.evidence.ResendCheck;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;
import probe.evidence.linux.ErrnoException;
import probe.evidence.linux.NativeSocket;
import probe.target.AddressText;

/**
 * Looks whether it is this machine that resets a request; see {@link ResendCheck}.
 *
 * <p>Costs one connection and one packet on it, and seven more where that one did not leave this machine. Needs the
 * system calls and {@code /proc/self/net}.
 */
final class ResendProbe {
    /** One packet may have been anybody's; one for each of several is ours. */
    private static final int CONFIRMING = 7;
    private static final long STEP_NANOS = Duration.ofMillis(1).toNanos();

    private final InetSocketAddress remote;
    private final byte[] lines;
    private final long end;

    /**
     * Asks until {@code end} by {@link System#nanoTime}.
     *
     * @param bytes how many the request had
     */
    ResendProbe(InetSocketAddress remote, long bytes, long end) {
        this.remote = remote;
        this.lines = EmptyLines.of(bytes);
        this.end = end;
    }

    /** What was seen; empty where it could not be tried. */
    Optional<ResendCheck> ask() {
        return ask(1).map(first -> first.resets() == 1 && first.notTransmitted() > 0
                ? ask(CONFIRMING).orElse(first)
                : first);
    }

    private Optional<ResendCheck> ask(int connections) {
        List<NativeSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                NativeSocket socket = NativeSocket.open(remote.getAddress());
                sockets.add(socket);
                socket.connect(remote);
            }
            if (!connected(sockets)) {
                return Optional.empty();
            }
            CounterWatch counters = CounterWatch.begin(remote.getAddress(), 0);
            sockets.forEach(socket -> socket.send(lines));
            while (sockets.stream().anyMatch(ResendProbe::isPending) && System.nanoTime() < end) {
                LockSupport.parkNanos(STEP_NANOS);
            }
            int resets = (int) sockets.stream().filter(ResendProbe::isReset).count();
            return counters.changes(0, 0)
                    .map(CounterChanges::outNotTransmitted)
                    .map(lost -> new ResendCheck(AddressText.of(remote.getAddress()),
                            remote.getPort(), connections, resets, lost));
        } catch (ErrnoException noDescriptor) {
            return Optional.empty();
        } finally {
            sockets.forEach(NativeSocket::close);
        }
    }

    private boolean connected(List<NativeSocket> sockets) {
        List<NativeSocket> pending = new ArrayList<>(sockets);
        for (long left = millisLeft(); !pending.isEmpty() && left > 0; left = millisLeft()) {
            boolean[] ready = NativeSocket.awaitConnects(pending, (int) left);
            for (int i = ready.length - 1; i >= 0; i--) {
                if (ready[i]) {
                    pending.remove(i);
                }
            }
        }
        return sockets.stream().allMatch(socket -> state(socket) == TcpState.ESTABLISHED);
    }

    private long millisLeft() {
        return (end - System.nanoTime()) / 1_000_000;
    }

    /** Neither acknowledged nor reset. */
    private static boolean isPending(NativeSocket socket) {
        TcpInfo info = socket.tcpInfo();
        return info != null && info.state() == TcpState.ESTABLISHED && info.unacked() > 0;
    }

    private static boolean isReset(NativeSocket socket) {
        return state(socket) == TcpState.CLOSED;
    }

    private static @Nullable TcpState state(NativeSocket socket) {
        TcpInfo info = socket.tcpInfo();
        return info == null ? null : info.state();
    }
}
