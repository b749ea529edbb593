package probe.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import probe.attempt.HttpFacts;

/**
 * Dates of HTTP headers (RFC 9110 §5.6.7): the one form that is sent, and the two obsolete ones that a recipient
 * must still read. The name of the day is not checked against the date: it adds nothing.
 */
public final class HttpDate {
    /** A year of two digits that looks more than 50 years ahead is of the past (RFC 9110 §5.6.7): 2026 + 50. */
    private static final int TWO_DIGITS_FROM = 1977;

    private static final List<DateTimeFormatter> FORMS = List.of(
            // Sun, 06 Nov 1994 08:49:37 GMT
            form("d MMM uuuu HH:mm:ss"),
            // Sunday, 06-Nov-94 08:49:37 GMT
            new DateTimeFormatterBuilder().parseCaseInsensitive()
                    .appendPattern("d-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(TWO_DIGITS_FROM, 1, 1))
                    .appendPattern(" HH:mm:ss")
                    .toFormatter(Locale.ROOT),
            // Sun Nov  6 08:49:37 1994
            form("MMM d HH:mm:ss uuuu"));

    private HttpDate() {}

    /** The instant that a header's value means, or empty when it is no date. */
    public static Optional<Instant> parse(String value) {
        String text = withoutDayAndZone(value.strip());
        for (DateTimeFormatter form : FORMS) {
            try {
                return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
            } catch (DateTimeParseException otherForm) {
                // The next form is tried; none fitting is an answer of its own.
            }
        }
        return Optional.empty();
    }

    /**
     * What the clock of whoever answered said: the {@code Date}, and the {@code Age} of an answer out of a cache (RFC
     * 9111 §5.1). Empty where a gateway answered and does not tell the age, as its {@code Date} may be of any time.
     */
    static Optional<Instant> clock(HttpFacts http) {
        Optional<Duration> age = http.header("Age")
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
        return age.isEmpty() && Gateways.stands(http) ? Optional.empty()
                : http.header("Date")
                        .flatMap(HttpDate::parse)
                        .map(date -> date.plus(age.orElse(Duration.ZERO)));
    }

    private static DateTimeFormatter form(String pattern) {
        return new DateTimeFormatterBuilder().parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ROOT);
    }

    private static String withoutDayAndZone(String value) {
        String text = value.replaceAll("\\s+", " ");
        int comma = text.indexOf(',');
        if (comma >= 0) {
            text = text.substring(comma + 1).strip();
        } else if (text.matches("[A-Za-z]{3} [A-Za-z]{3} .*")) {
            text = text.substring(4);
        }
        return text.endsWith(" GMT") || text.endsWith(" UTC") ? text.substring(0, text.length() - 4)
                : text;
    }
}
