package probe.evidence;

import java.time.Duration;
import java.util.List;

/**
 * When this kernel sends the SYNs of one connection attempt, as its settings say ({@code tcp_syn_retries},
 * {@code tcp_syn_linear_timeouts}).
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
