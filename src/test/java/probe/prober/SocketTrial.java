package probe.prober;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import probe.attempt.Attempt;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.Step;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;
import probe.target.Target;
import probe.target.TargetParser;

/**
 * One raw socket attempt with limits short enough for a test.
 *
 * @param timeouts the limits
 * @param script the exchange
 */
record SocketTrial(Timeouts timeouts, List<Step> script) {

    /** 300 ms to connect, for the handshake and between bytes; 5 s for all. */
    static SocketTrial of(Step... script) {
        Setting<Duration> brief = Setting.ofFlag(Duration.ofMillis(300));
        return new SocketTrial(
                new Timeouts(brief, brief, brief, brief, brief,
                        Setting.ofFlag(Duration.ofSeconds(5))),
                List.of(script));
    }

    /** With a deadline that comes first. */
    SocketTrial deadline(Duration limit) {
        return new SocketTrial(new Timeouts(timeouts.dns(), Setting.ofFlag(Duration.ofSeconds(20)),
                Setting.ofFlag(Duration.ofSeconds(20)), timeouts.connectionRequest(),
                Setting.ofFlag(Duration.ofSeconds(20)), Setting.ofFlag(limit)), script);
    }

    Attempt attempt(InetSocketAddress where) {
        return attempt("tcp://", where);
    }

    Attempt attempt(String scheme, InetSocketAddress where) {
        Target target = TargetParser.parse(scheme
                + (where.getAddress().getHostAddress().contains(":")
                        ? "[" + where.getAddress().getHostAddress() + "]:"
                        : where.getAddress().getHostAddress() + ":")
                + where.getPort());
        Settings settings = Settings.defaults().withTimeouts(timeouts).withExchange(script);
        try (Watchdog watchdog = new Watchdog()) {
            return new SocketProber()
                    .attempt(new Destination(target, where.getAddress(), where.getPort(), null),
                            new ProbeContext(settings, Deadline.start(Ticker.SYSTEM, timeouts),
                                    watchdog,
                                    AttemptListener.NONE));
        }
    }

    /** The limit that a test expects to see fired, or none. */
    static String limit(Attempt attempt) {
        TimeoutName limit = attempt.failure() == null ? null : attempt.failure().limit();
        return limit == null ? "none" : limit.id();
    }
}
