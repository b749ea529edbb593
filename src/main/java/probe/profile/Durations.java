package probe.profile;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 500ms}, {@code 3s}, {@code 1m30s}, {@code 2.5s}, {@code PT3S}. */
public final class Durations {
    private static final String UNITS = "use 500ms, 3s, 1m30s or PT3S";
    /** A day is beyond any use of this tool, and within what every timer here can count in milliseconds. */
    private static final Duration MAX = Duration.ofDays(1);
    private static final long MILLI = 1_000_000;

    private Durations() {}

    /**
     * The duration that {@code text} means: positive, at least 1 ms, at most a day.
     *
     * @throws IllegalArgumentException with one line saying what is wrong and what to type instead
     */
    public static Duration parse(String text) {
        Duration duration = text.startsWith("P") || text.startsWith("p") ? iso(text) : units(text);
        if (duration.isNegative() || duration.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' is too short; the shortest duration is 1ms");
        }
        if (duration.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("'" + text + "' is longer than a day; " + UNITS);
        }
        return duration;
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException notIso) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an ISO 8601 duration; " + UNITS);
        }
    }

    private static Duration units(String text) {
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.')) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no unit; type " + text + "s or " + text + "ms");
        }
        Matcher matcher = Pattern
                .compile(
                        "(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,6}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9})ms)?")
                .matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; " + UNITS);
        }
        return Duration.ofHours(number(matcher.group(1)))
                .plusMinutes(number(matcher.group(2)))
                .plusNanos(Math.round(fraction(matcher.group(3)) * 1e9))
                .plusMillis(number(matcher.group(4)));
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static double fraction(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Double.parseDouble(digits);
    }

    /** The shortest text that {@link #parse} reads back: {@code 3100ms}, {@code 3s}, {@code 1m30s}. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        return seconds < 60 ? seconds + "s"
                : seconds / 60 + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
    }

    /**
     * A duration so many times; {@link Duration#multipliedBy} computes with BigDecimal, whose tables take a new program
     * 16 ms to make.
     *
     * @throws ArithmeticException beyond 292 years
     */
    public static Duration times(Duration duration, long factor) {
        return Duration.ofNanos(Math.multiplyExact(duration.toNanos(), factor));
    }

    /**
     * A part of a duration, in whole nanoseconds towards zero; see {@link #times} for why not
     * {@link Duration#dividedBy(long)}.
     *
     * @throws ArithmeticException for no parts at all
     */
    public static Duration part(Duration duration, long parts) {
        return Duration.ofNanos(duration.toNanos() / parts);
    }

    /** Thousandths as a decimal number without trailing zeros: {@code 1500} is {@code 1.5}. */
    public static String decimal(long thousandths) {
        long rest = Math.abs(thousandths % 1_000);
        String whole = (thousandths < 0 && thousandths > -1_000 ? "-" : "") + thousandths / 1_000;
        if (rest == 0) {
            return thousandths == 0 ? "0" : whole;
        }
        String digits = Long.toString(1_000 + rest).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return whole + "." + digits.substring(0, end);
    }

    /** For sentences, rounded half up: {@code 0.8 ms}, {@code 25 ms}, {@code 3.1 s}. */
    public static String spoken(Duration duration) {
        if (duration.isNegative()) {
            return "-" + spoken(duration.negated());
        }
        // By hand: the first use of a Formatter loads Java's locale data, 5 ms.
        long nanos = duration.toNanos();
        if (nanos < 10 * MILLI) {
            return tenths(nanos, MILLI) + " ms";
        }
        return nanos < 1_000 * MILLI ? (nanos + MILLI / 2) / MILLI + " ms"
                : tenths(nanos, 1_000 * MILLI) + " s";
    }

    private static String tenths(long nanos, long unit) {
        long tenths = (nanos + unit / 20) / (unit / 10);
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10);
    }
}
