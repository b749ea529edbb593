package probe.evidence.collect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import probe.evidence.SequenceCheck.Written;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;
import probe.evidence.linux.NativeSocket;
import probe.evidence.linux.Proc;
import probe.evidence.linux.ProcCounters;
import probe.evidence.linux.ProcCounters.Family;

/**
 * Has the far kernel acknowledge a few more bytes, and sees by which counter that moves whether it has sent anything that
 * did not come; see {@link probe.evidence.SequenceCheck}. The counters are the namespace's, so others' acknowledgements
 * move them too: then both move and nothing is said. An answer that is proved cannot be somebody else's, because ours
 * has moved one of the two as well.
 *
 * <p>Costs a round trip and the far end's delay of an acknowledgement, {@link #LONGEST} at most, and that once more for
 * each further word where others disturb. Needs the system calls and {@code /proc/self/net}.
 */
final class SequenceProbe {
    /** Acknowledgements are delayed by 40 ms (net/ipv4/tcp.h, TCP_DELACK_MIN), elsewhere by up to 200 ms. */
    private static final Duration DELAY = Duration.ofMillis(60);
    private static final Duration LONGEST = Duration.ofMillis(600);
    private static final long STEP_NANOS = Duration.ofMillis(1).toNanos();

    private SequenceProbe() {}

    /**
     * What is known of the far end's sequence; empty where it cannot be told.
     *
     * @param words what may be sent, one try each; all of them are, as they may be the parts of one message
     */
    static Optional<Written> ask(NativeSocket connection, List<byte[]> words) {
        Optional<Written> told = Optional.empty();
        for (byte[] word : words) {
            TcpInfo before = connection.tcpInfo();
            if (before == null || before.state() != TcpState.ESTABLISHED) {
                return told;
            }
            if (told.isPresent() || before.unacked() > 0) {
                connection.send(word);
            } else {
                told = ask(connection, before, word);
            }
        }
        return told;
    }

    private static Optional<Written> ask(NativeSocket connection, TcpInfo before, byte[] word) {
        ProcCounters earlier = ProcCounters.read(Proc.system(), Family.IPV4);
        if (connection.send(word) != word.length) {
            return Optional.empty();
        }
        TcpInfo after = acknowledged(connection, before);
        if (after == null) {
            return Optional.empty();
        }
        ProcCounters now = ProcCounters.read(Proc.system(), Family.IPV4);
        return written(before, after, now.since(earlier, "TcpExt.TCPHPAcks"),
                now.since(earlier, "TcpExt.TCPPureAcks"));
    }

    /**
     * What the counters say of one acknowledgement between two looks.
     *
     * @param fast acknowledgements that came in sequence
     * @param slow those that did not, or that carried a new window or an option
     */
    static Optional<Written> written(TcpInfo before, TcpInfo after, long fast, long slow) {
        boolean silent = same(before.bytesReceived(), after.bytesReceived());
        if (silent && fast > 0 && slow == 0) {
            return Optional.of(Written.NOTHING);
        }
        boolean plain = silent && same(before.sendWindow(), after.sendWindow())
                && same(after.outOfOrderPackets(), 0L);
        return plain && fast == 0 && slow > 0 ? Optional.of(Written.SOMETHING) : Optional.empty();
    }

    /** How things stand once the bytes are acknowledged, or null if they were not in time. */
    private static @Nullable TcpInfo acknowledged(NativeSocket connection, TcpInfo before) {
        long wait = Math.min(LONGEST.toNanos(), 2_000L * before.rttUs() + DELAY.toNanos());
        long end = System.nanoTime() + wait;
        do {
            LockSupport.parkNanos(STEP_NANOS);
            TcpInfo now = connection.tcpInfo();
            if (now == null || now.state() != TcpState.ESTABLISHED) {
                return null;
            }
            if (now.unacked() == 0 && now.bytesAcked() != null && before.bytesAcked() != null
                    && now.bytesAcked() > before.bytesAcked()) {
                return now;
            }
        } while (System.nanoTime() < end);
        return null;
    }

    private static boolean same(@Nullable Long one, @Nullable Long other) {
        return one != null && one.equals(other);
    }
}
