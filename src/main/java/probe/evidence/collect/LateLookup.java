package probe.evidence.collect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import probe.evidence.Observation;

/**
 * The name servers asked about a name for which the system's resolver is still waited for, so that their answers, or
 * their silence, are there soon after the limit of the lookup is over. Nothing is asked about a name that is resolved
 * in good time.
 */
final class LateLookup {
    /** A tenth of what glibc's resolver waits for an answer before it asks again (resolv.conf(5), timeout). */
    static final Duration LATE = Duration.ofMillis(500);
    /** How long after the limit the answers may still come. */
    private static final Duration AFTER = Duration.ofMillis(300);
    /** The second packet of a question goes out after half a second, and has as long to be answered. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final String host;
    private final DnsInquiry inquiry;
    private final Future<?> timer;
    private boolean over;
    private DnsInquiry.@Nullable Asked asked;

    /**
     * Watches over a lookup that begins now.
     *
     * @param host a name in ASCII form
     * @param limit how long the lookup may take
     */
    LateLookup(String host, Duration limit, DnsInquiry inquiry) {
        this.host = host;
        this.inquiry = inquiry;
        Duration whole = limit.plus(AFTER);
        Duration begin = longer(LATE, whole.minus(DnsInquiry.BUDGET));
        Duration budget = longer(LEAST, whole.minus(begin));
        this.timer = LateTimer.after(begin, () -> ask(budget));
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
     * What the name servers have said; empty where they were not asked about this name.
     *
     * @param wait how long answers may be waited for that are not there yet
     */
    Optional<List<Observation>> answers(String about, Duration wait) {
        DnsInquiry.Asked begun;
        synchronized (this) {
            begun = asked;
        }
        return begun == null || !host.equals(about) ? Optional.empty()
                : Optional.of(begun.answers(wait));
    }
}
