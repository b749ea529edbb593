package probe.diagnosis;

/** What is said of a connection that had been kept, as the evidence words it. */
public final class KeptConnection {
    /** How long a fresh connection took, while the one that had been kept answered nothing. */
    static final String FRESH = "fresh-connect-ms";

    private KeptConnection() {}

    /** Whether it is that one connection which is at its end, as a fresh one works. */
    public static boolean isGone(Diagnosis diagnosis) {
        return diagnosis.evidence().stream().anyMatch(step -> step.fact().equals(FRESH));
    }
}
