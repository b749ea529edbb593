package probe.target;

/** A word that is not a target; the message is one line saying what is wrong and what to type instead. */
public final class TargetSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** A message for the user, one line without control characters. */
    public TargetSyntaxException(String message) {
        super(message);
    }
}
