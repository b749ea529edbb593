package probe.evidence.collect;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import probe.attempt.Via;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;
import probe.evidence.TransmitTimes;
import probe.evidence.linux.ErrnoException;
import probe.evidence.linux.NativeSocket;
import probe.evidence.linux.TransmitStamp;
import probe.target.AddressText;

/**
 * Sends as many bytes as a request had, as empty lines on a connection of its own, and has the kernel say when they left
 * this machine and when they were acknowledged (section 2.2 of the experiments: what an output filter drops has no time
 * at all, 5 of 5; what a router drops is sent and not acknowledged, 5 of 5).
 *
 * <p>Costs one connection and one packet, and {@link #PATIENCE} where nothing acknowledges it. Needs the system calls.
 */
final class TransmitProbe {
    /** The packet, and one retransmission after the shortest timeout of 200 ms. */
    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final long STEP_NANOS = Duration.ofMillis(1).toNanos();

    private TransmitProbe() {}

    /**
     * What was seen; empty where there was no connection, or the kernel keeps no times.
     *
     * @param via the attempt whose request it stands for
     * @param bytes how many the request had
     * @param left how long this may take
     */
    static Optional<TransmitTimes> ask(Via via, InetSocketAddress remote, long bytes,
            Duration left) {
        long end = System.nanoTime() + left.toNanos();
        try (NativeSocket socket = NativeSocket.open(remote.getAddress())) {
            socket.connect(remote);
            NativeSocket.awaitConnects(List.of(socket), (int) left.toMillis());
            TcpInfo info = socket.tcpInfo();
            if (info == null || info.state() != TcpState.ESTABLISHED || socket.stamp() < 0) {
                return Optional.empty();
            }
            byte[] lines = EmptyLines.of(bytes);
            Instant begun = Instant.now();
            if (socket.send(lines) != lines.length) {
                return Optional.empty();
            }
            return Optional.of(await(socket, begun, Math.min(end,
                    System.nanoTime() + PATIENCE.toNanos()),
                    new TransmitTimes(via, AddressText.of(remote.getAddress()), remote.getPort(),
                            lines.length, null, null)));
        } catch (ErrnoException noDescriptor) {
            return Optional.empty();
        }
    }

    private static TransmitTimes await(NativeSocket socket, Instant begun, long end,
            TransmitTimes nothing) {
        TransmitTimes seen = nothing;
        while (seen.acknowledgedAfter() == null && System.nanoTime() < end) {
            TransmitStamp stamp = socket.nextStamp();
            if (stamp == null) {
                LockSupport.parkNanos(STEP_NANOS);
            } else {
                seen = with(seen, stamp, begun);
            }
        }
        return seen;
    }

    private static TransmitTimes with(TransmitTimes seen, TransmitStamp stamp, Instant begun) {
        @Nullable
        Duration sent = seen.sentAfter();
        @Nullable
        Duration acknowledged = seen.acknowledgedAfter();
        Duration after = Duration.between(begun, stamp.at());
        Duration since = after.isNegative() ? Duration.ZERO : after;
        switch (stamp.stage()) {
            // The first time; a packet that is sent again has others.
            case QUEUED, SENT -> sent = sent == null ? since : sent;
            case ACKNOWLEDGED -> acknowledged = since;
        }
        return new TransmitTimes(seen.via(), seen.address(), seen.port(), seen.bytes(), sent,
                acknowledged);
    }
}
