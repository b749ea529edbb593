package probe.profile;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 500ms}, {@code 3s}, {@code 1m30s}, {@code 2.5s}, {@code PT3S}. */
public final class Durations {
    private static final String UNITS = "use 500ms, 3s, 1m30s or PT3S";
    /** A day is beyond any use of this tool, and within what every timer here can count in milliseconds. */
    private static final Duration MAX = Duration.ofDays(1);

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

    /** For sentences: {@code 0.8 ms}, {@code 25 ms}, {@code 3.1 s}. */
    public static String spoken(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 10) {
            return trim(String.format(Locale.ROOT, "%.1f", millis)) + " ms";
        }
        if (millis < 1000) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        return trim(String.format(Locale.ROOT, "%.1f", millis / 1000)) + " s";
    }

    private static String trim(String number) {
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }
}
