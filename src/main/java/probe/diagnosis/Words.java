package probe.diagnosis;

import java.time.Duration;
import probe.attempt.Attempt;
import probe.attempt.Excerpt;
import probe.profile.Durations;
import probe.target.HostPort;

/** Small pieces of sentences. */
final class Words {
    private Words() {}

    /** {@code 1 address}, {@code 3 addresses}. */
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** {@code 3.1 s}. */
    static String spoken(Duration duration) {
        return Durations.spoken(duration);
    }

    /** The duration in milliseconds, with one digit after the point, as reports count. */
    static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e5) / 10.0;
    }

    /** Text from the network in a sentence: harmless, and no longer than a line. */
    static String cut(String text) {
        String safe = Excerpt.printable(text);
        return safe.length() <= 120 ? safe : safe.substring(0, 120) + "…";
    }

    /** {@code 192.0.2.7:443}, or {@code (no address):443} where none was known. */
    static String where(Attempt attempt) {
        return attempt.address() == null ? "(no address):" + attempt.port()
                : new HostPort(attempt.address(), attempt.port()).toString();
    }
}
