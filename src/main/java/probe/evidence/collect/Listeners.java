package probe.evidence.collect;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import probe.evidence.TcpState;
import probe.evidence.linux.DiagEntry;
import probe.evidence.linux.InetDiag;
import probe.evidence.linux.Proc;
import probe.evidence.linux.ProcSocketTable;

/**
 * Who listens on this machine. When thousands of targets fail in the same second the kernel is not asked for each:
 * looks at failures share an answer that is later than all of them, and fresh.
 */
final class Listeners {
    /** How old a shared answer is at most: one listing takes 60 µs, and a queue that was full is full for longer. */
    private static final Duration FRESH = Duration.ofMillis(20);
    private static final AtomicReference<@Nullable Answer> LAST = new AtomicReference<>();

    /** What the kernel said, and the {@link System#nanoTime()} when it was about to be asked. */
    private record Answer(long asked, List<DiagEntry> listeners) {}

    private Listeners() {}

    /**
     * The sockets that listen, as of some time after a failure.
     *
     * @param after a {@link System#nanoTime()}: what was learned before that is not used
     */
    static List<DiagEntry> after(long after) {
        Answer last = LAST.get();
        long now = System.nanoTime();
        if (last != null && last.asked() - after >= 0
                && now - last.asked() <= FRESH.toNanos()) {
            return last.listeners();
        }
        Answer answer = new Answer(now, ask());
        LAST.set(answer);
        return answer.listeners();
    }

    private static List<DiagEntry> ask() {
        try {
            return InetDiag.inState(TcpState.LISTEN);
        } catch (IOException | LinkageError forbidden) {
            return ProcSocketTable.read(Proc.system())
                    .stream()
                    .filter(entry -> entry.state() == TcpState.LISTEN)
                    .toList();
        }
    }
}
