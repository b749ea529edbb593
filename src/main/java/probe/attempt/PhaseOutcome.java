package probe.attempt;

import java.util.Optional;

/** How a phase ended; every phase that starts ends. */
public enum PhaseOutcome {
    /** It did what it was for. */
    OK("ok"),
    /** The attempt's failure lies here. */
    FAILED("failed");

    private final String id;

    PhaseOutcome(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The outcome with this {@link #id()}. */
    public static Optional<PhaseOutcome> byId(String id) {
        for (PhaseOutcome outcome : values()) {
            if (outcome.id.equals(id)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }
}
