package probe.advice;

import java.time.Duration;
import probe.profile.Durations;

/**
 * How a client's pool of connections is used: by J. D. C. Little's law (1961), the connections in use are the requests a
 * second times the seconds that each takes.
 *
 * @param size how many connections there are to one place
 * @param concurrency how many requests are under way at once, those that wait for a lease included
 */
public record PoolLoad(int size, int concurrency) {
    /** HttpClient 5 lends five a route and has 25 in all unless told otherwise ({@code PoolingHttpClientConnectionManager}). */
    public static final PoolLoad USUAL = new PoolLoad(5, 25);
    private static final Duration LEAST = Duration.ofMillis(100);

    /** How long the last of those that wait has to wait, when each request holds its connection this long. */
    public Duration longestWait(Duration service) {
        int turns = (concurrency + size - 1) / size - 1;
        Duration wait = service.multipliedBy(Math.max(1, turns));
        return wait.compareTo(LEAST) > 0 ? wait : LEAST;
    }

    /** How many requests a second it can serve at most. */
    public double throughput(Duration service) {
        return size / (Math.max(1_000, service.toNanos()) / 1e9);
    }

    /** The reason for {@link #longestWait}. */
    String because(Duration service) {
        return "a request holds its connection for up to " + Durations.spoken(service) + ", so "
                + size + " connections serve at most " + Math.round(throughput(service))
                + " requests a second (Little's law), and the last of " + concurrency
                + " at once waits " + Durations.spoken(longestWait(service))
                + "; beyond that the pool is too small, and waiting longer only hides it";
    }
}
