package probe.diagnosis;

import java.time.Instant;
import java.util.List;

/** What a healthy target should be watched for. */
public final class Warnings {
    private Warnings() {}

    /**
     * The warnings of a healthy target.
     *
     * @param facts what was seen
     * @param now this machine's wall clock
     */
    public static List<Warning> of(Facts facts, Instant now) {
        return List.of();
    }
}
