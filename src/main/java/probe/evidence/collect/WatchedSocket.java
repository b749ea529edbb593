package probe.evidence.collect;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.Via;
import probe.evidence.CounterChanges;
import probe.evidence.IcmpMessage;
import probe.evidence.Observation;
import probe.evidence.SequenceCheck;
import probe.evidence.SequenceCheck.Written;
import probe.evidence.SocketSnapshot;
import probe.evidence.SocketSnapshot.Moment;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;
import probe.evidence.linux.DiagEntry;
import probe.evidence.linux.Linux;
import probe.evidence.linux.NativeSocket;
import probe.target.AddressText;

/**
 * One attempt's socket from its connect to its failure, and a while longer: once something is late or has failed, a
 * duplicate of its descriptor keeps the kernel's socket when Java closes its own.
 *
 * <p>Costs nothing until it is late; then 500 µs, and 150 ms once in a process for linking the system calls, on a
 * thread of its own.
 */
final class WatchedSocket implements AutoCloseable {
    /** After a limit of 1 s the fourth transmission is due within 0.4 s (200 ms, doubled each time; RFC 6298 §5.5). */
    private static final Duration RETRANSMISSION = Duration.ofMillis(700);

    private final Via via;
    private final Socket socket;
    private final InetSocketAddress remote;
    private final long begun = System.nanoTime();
    private @Nullable NativeSocket kept;
    private @Nullable CounterWatch counters;
    private @Nullable PauseMeter pauses;
    private final List<Observation> seen = new ArrayList<>();
    private @Nullable TcpInfo atFailure;
    private @Nullable Failure failure;
    private long failedAt;
    private Stage stage = Stage.CONNECTING;
    private boolean calm;

    /** How far it has come. */
    private enum Stage {
        CONNECTING, CONNECTED, FAILED, CLOSED
    }

    WatchedSocket(Via via, Socket socket, InetSocketAddress remote) {
        this.via = via;
        this.socket = socket;
        this.remote = remote;
    }

    Via via() {
        return via;
    }

    InetSocketAddress remote() {
        return remote;
    }

    /** Time zero of what the kernel does: the first SYN. */
    long begun() {
        return begun;
    }

    /** When the failure was reported, by the same clock. */
    synchronized long failedAt() {
        return failedAt;
    }

    /** The failure, once there is one. */
    synchronized Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** The duplicate, if there is one. */
    synchronized @Nullable NativeSocket kept() {
        return kept;
    }

    /** What the kernel knew of an established connection when it failed. */
    synchronized @Nullable TcpInfo atFailure() {
        return atFailure;
    }

    /** Whether its handshake is pending. */
    synchronized boolean isConnecting() {
        return stage == Stage.CONNECTING;
    }

    /** Whether it is still being watched for a failure. */
    synchronized boolean isOpen() {
        return stage == Stage.CONNECTING || stage == Stage.CONNECTED;
    }

    /**
     * Something takes long: what may be needed if it fails is begun now.
     *
     * @param others how many other attempts are under way
     */
    void late(int others) {
        synchronized (this) {
            if (!isOpen() || calm || counters != null) {
                return;
            }
            counters = CounterWatch.begin(remote.getAddress(), others);
            pauses = new PauseMeter();
        }
        // Outside the lock: the attempt's own thread must not wait for the linking.
        if (Linux.hasNativeAccess()) {
            keep();
        }
    }

    private synchronized void keep() {
        if (stage == Stage.CONNECTING) {
            kept = SocketFinder.duplicate(socket, remote, TcpState.SYN_SENT);
            queueIcmpErrors(true);
        }
    }

    /** The meter ticks, if it runs. */
    synchronized void tick() {
        if (pauses != null) {
            pauses.tick();
        }
    }

    /**
     * The handshake is done.
     *
     * @param calmly whether nothing takes long from here on
     */
    synchronized void connected(boolean calmly) {
        calm = calmly;
        if (stage == Stage.CONNECTING) {
            stage = Stage.CONNECTED;
            counters = null;
            pauses = null;
            Pulse.leave(this);
            queueIcmpErrors(false);
            release();
        }
    }

    /**
     * The attempt failed; its socket is still open, unless it was connecting.
     *
     * @param lastWords what may be sent to see if the other end is alive, or null if not even TCP's own probe may be
     * @param othersPending how many other attempts are being made
     * @return the payload bytes that the peer's kernel acknowledged, or null
     */
    synchronized @Nullable Long failing(Failure happened,
            @Nullable Supplier<List<byte[]>> lastWords, int othersPending) {
        if (stage == Stage.FAILED || stage == Stage.CLOSED) {
            return null;
        }
        boolean connecting = stage == Stage.CONNECTING;
        stage = Stage.FAILED;
        failure = happened;
        failedAt = System.nanoTime();
        if (counters != null) {
            counters.changes(0, othersPending).ifPresent(seen::add);
        }
        if (pauses != null) {
            seen.add(pauses.read());
            Pulse.leave(this);
        }
        if (Linux.hasNativeAccess() && !connecting) {
            kept = SocketFinder.duplicate(socket, remote, TcpState.ESTABLISHED);
        }
        TcpInfo info = snapshot(connecting);
        if (connecting && happened.name() != FailureName.TIMED_OUT) {
            icmpError();
        }
        if (!connecting) {
            atFailure = info;
            askIfAlive(lastWords);
        }
        return connecting || info == null ? null : info.bytesAcked();
    }

    private @Nullable TcpInfo snapshot(boolean connecting) {
        TcpInfo info = kept == null ? null : kept.tcpInfo();
        InetSocketAddress local = kept != null ? kept.localAddress() : javaLocal();
        Optional<DiagEntry> row = connecting && kept == null ? Optional.empty()
                : SocketFinder.row(local, remote);
        if (info == null) {
            info = row.map(DiagEntry::info).orElse(null);
        }
        if (info != null || row.isPresent()) {
            seen.add(new SocketSnapshot(via, AddressText.of(remote.getAddress()), remote.getPort(),
                    Moment.FAILING, info, row.map(DiagEntry::queues).orElse(null)));
        }
        return info;
    }

    /** What ended a handshake that had been pending for long; a repeat would take as long again. */
    private void icmpError() {
        IcmpMessage icmp = kept == null ? null : kept.nextIcmpError();
        if (icmp != null) {
            seen.add(Aftermath.icmpAnswer(remote, icmp, connectingTook()));
        }
    }

    private void queueIcmpErrors(boolean wanted) {
        if (kept != null) {
            kept.queueIcmpErrors(remote.getAddress(), wanted);
        }
    }

    private @Nullable InetSocketAddress javaLocal() {
        return socket.getLocalSocketAddress() instanceof InetSocketAddress local
                && !socket.isClosed() ? local : null;
    }

    /** A connection that has moved everything we gave it and is silent can be asked; others tell by themselves. */
    private void askIfAlive(@Nullable Supplier<List<byte[]>> lastWords) {
        NativeSocket connection = kept;
        if (connection == null || !isQuiet()) {
            release();
        } else if (lastWords != null) {
            SequenceProbe.ask(connection, lastWords.get()).ifPresent(this::sequence);
            connection.probeNow();
        }
    }

    private void sequence(Written written) {
        seen.add(new SequenceCheck(via, AddressText.of(remote.getAddress()), remote.getPort(),
                written));
        if (written == Written.SOMETHING) {
            counters = CounterWatch.begin(remote.getAddress(), 0);
        } else {
            counters = null;
        }
    }

    /**
     * What the counters say of the time in which the far end sends its lost answer again: whether it comes to this
     * machine. Waits for {@link #RETRANSMISSION}, and not beyond {@code end}; empty where no answer is known to be lost.
     */
    Optional<CounterChanges> whileAnswerIsLost(long end) {
        CounterWatch watch;
        long until;
        synchronized (this) {
            boolean lost = seen.stream()
                    .anyMatch(one -> one instanceof SequenceCheck check
                            && check.written() == Written.SOMETHING);
            watch = lost ? counters : null;
            until = Math.min(end, failedAt + RETRANSMISSION.toNanos());
        }
        if (watch == null) {
            return Optional.empty();
        }
        long left = until - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
        return watch.changes(0, 0);
    }

    private boolean isQuiet() {
        TcpInfo info = atFailure;
        return failure != null && failure.name() == FailureName.TIMED_OUT
                && failure.phase() != Phase.CONNECT && info != null && info.unacked() == 0
                && (info.notSentBytes() == null || info.notSentBytes() == 0);
    }

    /** What was seen up to the failure. */
    synchronized List<Observation> seen() {
        return List.copyOf(seen);
    }

    /** How long an answer takes: of the kernel's measure, or of a refusal; zero where nothing has come. */
    synchronized Duration roundTrip() {
        if (atFailure != null) {
            return Duration.ofNanos(atFailure.rttUs() * 1_000L);
        }
        return failure != null && failure.name() != FailureName.TIMED_OUT ? connectingTook()
                : Duration.ZERO;
    }

    /** Whether its handshake failed. */
    synchronized boolean failedConnecting() {
        return failure != null && failure.phase() == Phase.CONNECT;
    }

    /** How long after the first SYN the failure came. */
    synchronized Duration connectingTook() {
        return Duration.ofNanos(failedAt - begun);
    }

    private void release() {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }

    @Override
    public synchronized void close() {
        stage = Stage.CLOSED;
        Pulse.leave(this);
        release();
    }
}
