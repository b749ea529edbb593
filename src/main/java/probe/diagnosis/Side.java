package probe.diagnosis;

import java.util.Optional;

/** Who has to act. */
public enum Side {
    /** This machine, its resolver, its proxy, its own network up to the default gateway, what it asked for. */
    CLIENT("client"),
    /** The far host, its firewall, its service, whatever stands behind it. */
    SERVER("server");

    private final String id;

    Side(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The other one. */
    public Side other() {
        return this == CLIENT ? SERVER : CLIENT;
    }

    /** The side with this {@link #id()}. */
    public static Optional<Side> byId(String id) {
        for (Side side : values()) {
            if (side.id.equals(id)) {
                return Optional.of(side);
            }
        }
        return Optional.empty();
    }
}
