package probe.prober;

/**
 * TLS settings that cannot be used: a file that is missing or not what it should be, a protocol that does not exist.
 * The message is one line for the user: what is wrong and what to give instead; it never holds key material.
 */
public final class TlsSettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** A message for the user, one line without control characters. */
    public TlsSettingsException(String message) {
        super(message);
    }
}
