package probe.testing;

/**
 * The certificates that tests present. Those for servers are right in all but what their name says: issued by a root
 * that {@link TestCertificates#clientContext()} trusts, valid now, for every name of this machine.
 */
public enum TestCertificate {
    VALID,
    /** Right in everything, by way of an intermediate authority that is sent along: a chain of 2. */
    VALID_CHAIN,
    /** Ended a day ago. */
    EXPIRED,
    /** Begins in a day. */
    NOT_YET_VALID,
    /** Valid, for 9 more days. */
    ENDING_SOON,
    SELF_SIGNED,
    /** Issued by an authority that no client trusts. */
    UNKNOWN_CA,
    /** As {@link #VALID_CHAIN}, but the intermediate is not sent: a chain of 1. */
    MISSING_INTERMEDIATE,
    /** Sent along with an intermediate that ended a day ago. */
    EXPIRED_INTERMEDIATE,
    /** For {@code other.test} alone. */
    WRONG_NAME,
    /**
     * The host name stands in the common name alone. No client may look there any more (RFC 9525 §2); the JDK's own
     * check still does.
     */
    NO_ALTERNATIVE_NAME,
    /** A client's certificate, presented by a server. */
    WRONG_USAGE,
    /** An RSA key shorter than the JDK accepts. */
    WEAK_KEY,

    /** For a client; right in everything. */
    CLIENT,
    /** For a client; ended a day ago. */
    CLIENT_EXPIRED,
    /** For a client; issued by an authority that no server trusts. */
    CLIENT_OF_UNKNOWN_CA
}
