package probe.evidence.collect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import probe.evidence.Observation;

/**
 * The name servers asked about a name for which the system's resolver is still waited for, so that their answers, or
 * their silence, are there soon after the lookup has failed.
 *
 * <p>Costs a task in a timer for each lookup; for one that takes longer than {@link #LATE}, the reading of a small
 * file; and the questions of {@link DnsInquiry} for one that is about to fail: because its limit is near, or because
 * the resolver is about to turn to another name server or to give up.
 */
final class LateLookup {
    /** Most lookups are over by then. */
    static final Duration LATE = Duration.ofMillis(250);
    /** How long after the failure the answers may still come. */
    private static final Duration AFTER = Duration.ofMillis(150);
    /** The second packet of a question goes out after half a second; silence for less than 0.9 s counts for nothing. */
    private static final Duration LEAST = Duration.ofMillis(950);
    /** How long after the deadline of the whole run they may still come; it is printed soon after. */
    private static final Duration LAST = Duration.ofMillis(100);
    /** Of a name server that has been silent for longer than this it is asked anew whether it still is. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final String host;
    private final Duration limit;
    private final Duration deadline;
    private final DnsInquiry inquiry;
    private Future<?> timer;
    private boolean over;
    private DnsInquiry.@Nullable Asked asked;

    /**
     * Watches over a lookup that begins now.
     *
     * @param host a name in ASCII form
     * @param limit how long the lookup may take
     * @param deadline how long the whole run may take
     */
    LateLookup(String host, Duration limit, Duration deadline, DnsInquiry inquiry) {
        this.host = host;
        this.limit = limit;
        this.deadline = deadline;
        this.inquiry = inquiry;
        synchronized (this) { // before late() puts another one in its place
            this.timer = LateTimer.after(LATE, this::late);
        }
    }

    private void late() {
        Duration patience = inquiry.patience();
        Duration last = deadline.plus(LAST);
        Duration whole = shorter(shorter(patience, limit).plus(AFTER), last);
        Duration begin = longer(LATE, whole.minus(DnsInquiry.BUDGET));
        Duration budget = shorter(longer(LEAST, whole.minus(begin)), last.minus(begin));
        synchronized (this) {
            if (!over) {
                timer = LateTimer.after(begin.minus(LATE), () -> ask(budget));
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private synchronized void ask(Duration budget) {
        if (!over) {
            asked = inquiry.begin(host, budget);
        }
    }

    /** The lookup has ended: what has not been asked by now is not asked any more. */
    synchronized void over() {
        over = true;
        timer.cancel(false);
    }

    /**
     * What the name servers have said; empty where they were not asked about this name, or too long ago.
     *
     * @param wait how long answers may be waited for that are not there yet
     */
    Optional<List<Observation>> answers(String about, Duration wait) {
        DnsInquiry.Asked begun;
        synchronized (this) {
            begun = asked;
        }
        return begun == null || !host.equals(about) || begun.age().compareTo(FRESH) > 0
                ? Optional.empty()
                : Optional.of(begun.answers(wait));
    }
}
