package probe.profile;

/**
 * A profile that cannot be used; the message is one line saying where (file, line, column, key), what is wrong and
 * what to type instead.
 */
public final class ProfileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** A message for the user, one line without control characters. */
    public ProfileException(String message) {
        super(message);
    }
}
