package probe.attempt;

import java.util.Optional;

/** What made an attempt. */
public enum Via {
    /** A raw socket: connect, TLS if the target has it, scripted exchange if there is one. */
    SOCKET("socket"),
    /** Apache HttpClient 5: a whole HTTP request. */
    HTTP_CLIENT("http-client");

    private final String id;

    Via(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The value with this {@link #id()}. */
    public static Optional<Via> byId(String id) {
        for (Via via : values()) {
            if (via.id.equals(id)) {
                return Optional.of(via);
            }
        }
        return Optional.empty();
    }
}
