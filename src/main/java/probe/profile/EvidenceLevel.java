package probe.profile;

import java.util.Optional;

/** How far to look when something fails; each level includes the one before. */
public enum EvidenceLevel {
    /** Nothing beyond the attempts themselves. */
    NONE("none"),
    /** Reads kernel state; sends nothing more. */
    PASSIVE("passive"),
    /** A few further connections: at most 8, at most 1.5 s after the failure. */
    NORMAL("normal"),
    /** Path trace, origin of a reset, size-dependent loss: at most 60 small packets. */
    DEEP("deep");

    private final String id;

    EvidenceLevel(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** Whether this level looks at least as far as the other. */
    public boolean includes(EvidenceLevel other) {
        return compareTo(other) >= 0;
    }

    /** The level with this {@link #id()}. */
    public static Optional<EvidenceLevel> byId(String id) {
        for (EvidenceLevel level : values()) {
            if (level.id.equals(id)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
