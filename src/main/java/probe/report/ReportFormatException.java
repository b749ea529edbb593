package probe.report;

/** The text is no report of this program; the message names the field, and what it should have been. */
public final class ReportFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With one line that names the place and what is wrong there. */
    public ReportFormatException(String message) {
        super(message);
    }
}
