package probe.evidence;

import java.util.Optional;
import probe.attempt.Via;

/**
 * The attempt made once more with small segments ({@code TCP_MAXSEG}, both directions). A stall that goes away proves
 * that large packets get lost on the way (6 of 6 runs; section 2.2 of the experiments).
 *
 * @param via what made it
 * @param address the address connected to, a literal
 * @param port the port connected to
 * @param maxSegmentBytes the largest segment allowed, bytes of payload
 * @param outcome how it ended
 */
public record SegmentSizeRetry(
        Via via, String address, int port, int maxSegmentBytes, Outcome outcome)
        implements Observation {

    /** How the attempt with small segments ended. */
    public enum Outcome {
        /** It succeeded. */
        SUCCEEDED("succeeded"),
        /** It got farther and failed in another way. */
        FAILED_OTHERWISE("failed-otherwise"),
        /** It failed in the same way in the same phase. */
        FAILED_ALIKE("failed-alike");

        private final String id;

        Outcome(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The outcome with this {@link #id()}. */
        public static Optional<Outcome> byId(String id) {
            for (Outcome outcome : values()) {
                if (outcome.id.equals(id)) {
                    return Optional.of(outcome);
                }
            }
            return Optional.empty();
        }
    }
}
