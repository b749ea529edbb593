package probe.evidence.linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import probe.evidence.SynSchedule;

/**
 * When this kernel sends SYNs, by its settings.
 *
 * <p>Costs 30 µs. Needs {@code /proc/sys/net/ipv4/tcp_syn_retries}; where {@code tcp_syn_linear_timeouts} is missing
 * (before Linux 6.5) the steps double from the first on.
 */
public final class SynScheduleReader {
    private static final String RETRIES = "sys/net/ipv4/tcp_syn_retries";
    private static final String LINEAR = "sys/net/ipv4/tcp_syn_linear_timeouts";
    /** {@code TCP_RTO_MAX}. */
    private static final int LONGEST_STEP_SECONDS = 120;

    private SynScheduleReader() {}

    /**
     * The schedule of this machine, as it was when it was first asked for: it is the same for thousands of targets, and
     * changes with the administrator.
     */
    public static Optional<SynSchedule> system() {
        return Holder.SYSTEM;
    }

    private static final class Holder {
        static final Optional<SynSchedule> SYSTEM = read(Proc.system());
    }

    /** The schedule, or empty where the settings cannot be read. */
    public static Optional<SynSchedule> read(Proc proc) {
        int retries = (int) proc.number(RETRIES, -1);
        if (retries < 0) {
            return Optional.empty();
        }
        return Optional.of(schedule(retries, (int) proc.number(LINEAR, 0)));
    }

    /**
     * Steps of one second for the first {@code linear} timeouts and one more, then doubling; {@code linear} more
     * retries than without ({@code tcp_retransmit_timer} and {@code tcp_write_timeout} in
     * {@code net/ipv4/tcp_timer.c}).
     */
    static SynSchedule schedule(int retries, int linear) {
        List<Duration> instants = new ArrayList<>(List.of(Duration.ZERO));
        Duration at = Duration.ZERO;
        int step = 1;
        for (int timeout = 1; timeout <= retries + linear; timeout++) {
            at = at.plus(seen(step));
            instants.add(at);
            step = timeout > linear ? Math.min(2 * step, LONGEST_STEP_SECONDS) : 1;
        }
        return new SynSchedule(List.copyOf(instants), at.plus(seen(step)));
    }

    /**
     * How long a step lasts on the wire. The timer wheel rounds up to its granularity, which grows with the step; the
     * values were measured with 250 ticks a second (section 1.5 of the experiments), and those of 4 and 32 s are the
     * middle of a range.
     */
    private static Duration seen(int seconds) {
        return Duration.ofMillis(switch (seconds) {
            case 1 -> 1_024;
            case 2 -> 2_016;
            case 4 -> 4_096;
            case 8 -> 8_192;
            case 16 -> 16_128;
            case 32 -> 33_100;
            case 64 -> 65_536;
            default -> 120_832;
        });
    }
}
