package probe.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of HTTP status codes, both ends included.
 *
 * @param from 100 to 999
 * @param to not below {@code from}
 */
public record StatusRange(int from, int to) {
    private static final Pattern RANGE = Pattern.compile("([0-9]{3})(?:-([0-9]{3}))?");

    /** Refuses what is no range. */
    public StatusRange {
        if (from < 100 || to > 999 || from > to) {
            throw new IllegalArgumentException(
                    "'" + from + "-" + to
                            + "' is no range of HTTP status codes; type 200, 200-399 or 200,404");
        }
    }

    /**
     * The ranges that a text such as {@code 200-399,404} names, at least one.
     *
     * @throws IllegalArgumentException with one line saying what is wrong and what to type instead
     */
    public static List<StatusRange> parseAll(String text) {
        List<StatusRange> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                throw new IllegalArgumentException(Quote.of(part)
                        + " is no HTTP status code or range; type 200, 200-399 or 200,404");
            }
            int from = Integer.parseInt(range.group(1));
            ranges.add(new StatusRange(from,
                    range.group(2) == null ? from : Integer.parseInt(range.group(2))));
        }
        return List.copyOf(ranges);
    }

    /** Whether the status lies in this range. */
    public boolean contains(int status) {
        return status >= from && status <= to;
    }

    @Override
    public String toString() {
        return from == to ? Integer.toString(from) : from + "-" + to;
    }
}
