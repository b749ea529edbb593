package probe.attempt;

import java.util.Optional;

/** How much of the request (or of the script's current step) had been handed to the kernel. */
public enum RequestProgress {
    /** There was nothing to send. */
    NO_REQUEST("no-request"),
    /** Not a byte. */
    NOT_STARTED("not-started"),
    /** Some of it. */
    PARTIAL("partial"),
    /** All of it. */
    COMPLETE("complete");

    private final String id;

    RequestProgress(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The value with this {@link #id()}. */
    public static Optional<RequestProgress> byId(String id) {
        for (RequestProgress progress : values()) {
            if (progress.id.equals(id)) {
                return Optional.of(progress);
            }
        }
        return Optional.empty();
    }
}
