package probe.prober;

import java.time.Duration;
import probe.profile.Setting;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;

/** The hard stop of one probe: the only total among the six timers. */
public final class Deadline {
    private final Ticker ticker;
    private final long startNanos;
    private final Timeouts timeouts;

    private Deadline(Ticker ticker, long startNanos, Timeouts timeouts) {
        this.ticker = ticker;
        this.startNanos = startNanos;
        this.timeouts = timeouts;
    }

    /** A deadline that begins to run now. */
    public static Deadline start(Ticker ticker, Timeouts timeouts) {
        return new Deadline(ticker, ticker.nanos(), timeouts);
    }

    /** How long the probe has run. */
    public Duration elapsed() {
        return Duration.ofNanos(ticker.nanos() - startNanos);
    }

    /** What is left; zero or less once it is over. */
    public Duration remaining() {
        return timeouts.deadline().value().minus(elapsed());
    }

    /** This deadline, or one that comes {@code most} from now if that is earlier; the clock stays the same. */
    public Deadline atMost(Duration most) {
        return remaining().compareTo(most) <= 0 ? this
                : new Deadline(ticker, startNanos, timeouts.with(TimeoutName.DEADLINE,
                        new Setting<>(elapsed().plus(most), timeouts.deadline().origin())));
    }

    /** Whether nothing is left. */
    public boolean isOver() {
        return !remaining().isPositive();
    }

    /** The limits that this deadline caps. */
    public Timeouts timeouts() {
        return timeouts;
    }

    /** The limit in force for something that starts now: its own timer, or the deadline if that comes first. */
    public Limit limit(TimeoutName name) {
        Setting<Duration> own = timeouts.get(name);
        Duration left = remaining();
        if (left.compareTo(own.value()) < 0) {
            return new Limit(left.isPositive() ? left : Duration.ofMillis(1), TimeoutName.DEADLINE);
        }
        return new Limit(own.value(), name);
    }
}
