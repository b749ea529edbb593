package probe.attempt;

import java.util.Optional;

/** What is wrong with a chain, seen by checking it against this machine's clock, trust and the name asked for. */
public enum CertificateFault {
    /** Its end lies in the past of our clock. */
    EXPIRED("expired"),
    /** Its beginning lies in the future of our clock. */
    NOT_YET_VALID("not-yet-valid"),
    /** Signed by its own key, and not trusted here. */
    SELF_SIGNED("self-signed"),
    /** The chain leads to no issuer that is trusted here. */
    UNKNOWN_ISSUER("unknown-issuer"),
    /** It is for other names than the one asked for. */
    NAME_MISMATCH("name-mismatch"),
    /** Key or signature too weak for the policy in force. */
    WEAK("weak"),
    /** Not made for this use (extended key usage, basic constraints). */
    WRONG_USAGE("wrong-usage"),
    /** The runtime refused the chain for a reason not listed here. */
    OTHER("other");

    private final String id;

    CertificateFault(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The fault with this {@link #id()}. */
    public static Optional<CertificateFault> byId(String id) {
        for (CertificateFault fault : values()) {
            if (fault.id.equals(id)) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
