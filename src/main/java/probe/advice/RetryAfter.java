package probe.advice;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import probe.attempt.HttpFacts;
import probe.diagnosis.HttpDate;
import probe.diagnosis.Incident;

/**
 * The pause that an answer asks for (RFC 9110 §10.2.3): a number of seconds, or a date. A date is counted from the
 * answer's own {@code Date}, so that a clock of ours that is wrong does not matter.
 */
final class RetryAfter {
    /** Ten digits are three centuries; more is no pause. */
    private static final int MAX_DIGITS = 10;

    private RetryAfter() {}

    static Optional<Duration> of(Optional<Incident> incident) {
        return incident.flatMap(one -> Optional.ofNullable(one.attempt().http()))
                .flatMap(RetryAfter::of);
    }

    static Optional<Duration> of(HttpFacts http) {
        return http.header("Retry-After")
                .map(String::strip)
                .flatMap(value -> isNumber(value)
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                        : HttpDate.parse(value)
                                .flatMap(until -> http.header("Date")
                                        .flatMap(HttpDate::parse)
                                        .flatMap(from -> between(from, until))));
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty() && value.length() <= MAX_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<Duration> between(Instant from, Instant until) {
        try {
            Duration pause = Duration.between(from, until);
            return Optional.of(pause.isNegative() ? Duration.ZERO : pause);
        } catch (DateTimeException | ArithmeticException beyondCounting) {
            return Optional.empty();
        }
    }
}
