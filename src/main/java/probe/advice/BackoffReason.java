package probe.advice;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.diagnosis.Kind;
import probe.diagnosis.Series;
import probe.profile.Durations;

/** Where the numbers of a backoff come from, and what the repeats would hide. */
final class BackoffReason {
    private BackoffReason() {}

    static String because(Duration initial, String source, int attempts, @Nullable Series series) {
        String count = series != null && series.pattern() == Series.Pattern.FLAPPING
                ? String.format(Locale.ROOT,
                        "; with %d of %d failing, %d attempts leave about %.1f %% of requests failed",
                        series.failed(), series.made(), attempts,
                        100 * Math.pow((double) series.failed() / series.made(), attempts))
                : "";
        return "The first bound, " + Durations.spoken(initial) + ", is " + source + count
                + ". Full jitter spreads clients that failed together.";
    }

    /** What nobody sees any more once repeats make up for it. */
    static String hides(Kind kind) {
        return switch (kind.group()) {
            case NAME -> "Repeats hide a name server that fails for some questions.";
            case MACHINE -> "Repeats hide that this machine is short of something.";
            case CONNECTING -> kind == Kind.CONNECT_TIMEOUT
                    ? "Repeats hide packet loss and full accept queues as mere slowness."
                    : "Repeats hide how often and how long the service is away.";
            case PROXY -> "Repeats hide a proxy that fails now and then.";
            case TLS -> "Repeats hide an instance that is set up otherwise than the rest.";
            case WRITING, READING -> kind == Kind.READ_TIMEOUT || kind == Kind.WRITE_TIMEOUT
                    ? "Repeats hide slow requests, and have each done twice."
                    : "Repeats hide a connection that is kept longer than the far end keeps it, and crashes.";
            case HTTP -> "Repeats hide that the load is above what the service takes, and add to it.";
            case CLOCK -> "Repeats hide which phase takes the time.";
            case LAST_RESORT -> "Repeats hide what is not understood.";
        };
    }

    /** How many attempts leave one request of a hundred failed, when this share of them fails, each by itself. */
    static Optional<Integer> attempts(@Nullable Series series) {
        if (series == null || series.pattern() != Series.Pattern.FLAPPING) {
            return Optional.empty();
        }
        double share = (double) series.failed() / series.made();
        return Optional.of(Math.clamp((int) Math.ceil(Math.log(0.01) / Math.log(share)), 2, 5));
    }
}
