package probe.evidence;

import java.time.Duration;
import java.util.List;

/**
 * When this kernel sends the SYNs of one connection attempt, as its settings say ({@code tcp_syn_retries},
 * {@code tcp_syn_linear_timeouts}).
 *
 * <p>The instants are those that are seen on the wire, not the round numbers of the settings: the kernel's timer
 * wheel fires late by design, so a step of one second takes 1.024 s, and a timeout of exactly 1, 2 or 3 s is over 5
 * to 75 ms before the next SYN (measured, section 1.5 of the experiments). Where a step depends on the phase of the
 * wheel, the middle of what was measured stands here.
 *
 * @param instants from the first SYN on, the first being zero
 * @param givesUp when connect fails with ETIMEDOUT if nothing answers
 */
public record SynSchedule(List<Duration> instants, Duration givesUp) implements Observation {

    /** How many SYNs have been sent when {@code limit} is over, by this schedule. */
    public int sentWithin(Duration limit) {
        return (int) instants.stream().filter(instant -> instant.compareTo(limit) < 0).count();
    }
}
