package probe.diagnosis;

import java.util.Optional;

/** Could the server have acted on the request? It decides whether a repeat is safe. */
public enum RequestProcessed {
    /** It cannot have. */
    NO("no"),
    /** It may have. */
    POSSIBLY("possibly"),
    /** It answered, so it did, whatever the answer. */
    YES("yes");

    private final String id;

    RequestProcessed(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The value with this {@link #id()}. */
    public static Optional<RequestProcessed> byId(String id) {
        for (RequestProcessed value : values()) {
            if (value.id.equals(id)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
