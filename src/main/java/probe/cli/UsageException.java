package probe.cli;

/** The command line, or a file named on it, is wrong; the message is one line with what to type instead. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
