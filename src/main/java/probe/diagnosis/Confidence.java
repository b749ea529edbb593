package probe.diagnosis;

import java.util.Optional;

/** How far the evidence carries the verdict; ordered. */
public enum Confidence {
    /** Only the prior rule speaks. */
    LOW("low"),
    /** Evidence points this way; a named alternative remains. */
    MEDIUM("medium"),
    /** The evidence excludes the other side. */
    HIGH("high");

    private final String id;

    Confidence(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The lower of the two. */
    public Confidence atMost(Confidence other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** The confidence with this {@link #id()}. */
    public static Optional<Confidence> byId(String id) {
        for (Confidence confidence : values()) {
            if (confidence.id.equals(id)) {
                return Optional.of(confidence);
            }
        }
        return Optional.empty();
    }
}
