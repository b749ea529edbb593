package probe.profile;

/**
 * A range of HTTP status codes, both ends included.
 *
 * @param from 100 to 999
 * @param to not below {@code from}
 */
public record StatusRange(int from, int to) {

    /** Refuses what is no range. */
    public StatusRange {
        if (from < 100 || to > 999 || from > to) {
            throw new IllegalArgumentException(
                    "'" + from + "-" + to
                            + "' is no range of HTTP status codes; type 200, 200-399 or 200,404");
        }
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
