package probe.lab;

import probe.advice.Advice;
import probe.advice.Advice.SafeFor;
import probe.report.Report;

/**
 * What came of following the advice that a report gave.
 *
 * @param way what the advice was, and so what was done
 * @param promised what had to come of it
 * @param came what did
 * @param held whether that is what was promised
 * @param safeFor which requests the advice calls safe to repeat
 * @param acted how many requests that failed for the client the far service had acted on
 */
record Followed(Way way, String promised, String came, boolean held, SafeFor safeFor, long acted) {

    /** What an advice is followed by. */
    enum Way {
        /** No repeat helps: one is made all the same, with the fault in place, and has to end as the first did. */
        NO_REPEAT,
        /** A longer connect limit: the fault passes once the first SYN is lost, and the next one has to be in time. */
        LONGER_LIMIT,
        /** A repeat helps, at once or later: the fault passes, and the repeat has to work. */
        REPEAT
    }

    static Way way(Advice advice) {
        if (advice.retry() == Advice.Retry.NO) {
            return Way.NO_REPEAT;
        }
        return Follower.connectLimit(advice).isPresent() ? Way.LONGER_LIMIT : Way.REPEAT;
    }

    /** A request that must not be made twice was called safe to repeat, and the service had acted on it. */
    boolean isDoneTwice() {
        return acted > 0 && safeFor == SafeFor.ANY_METHOD;
    }

    static String kind(Report report) {
        return report.diagnosis() == null ? "healthy" : report.diagnosis().kind().id();
    }

    String line() {
        return "%-12s %-22s %s %-22s safe %-15s acted %d".formatted(way, promised,
                held ? "held  " : "BROKEN", came, safeFor.id(), acted);
    }
}
