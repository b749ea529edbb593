package probe.cli;

import probe.diagnosis.Diagnosis;
import probe.report.Report;

/** What the exit status of the program means; help and README print this list. */
public enum ExitCode {
    /** Every target is healthy. */
    HEALTHY(0, "every target healthy"),
    /** At least one fault lies on the server side. */
    SERVER_FAULT(1, "a fault, on the server side"),
    /** The command line or a file named on it is wrong. */
    USAGE(2, "usage or configuration error: nothing was probed"),
    /** At least one fault, and every one lies on the client side. */
    CLIENT_FAULT(3, "a fault, on the client side"),
    /** The program itself failed. */
    DEFECT(70, "a defect of the program itself"),
    /** SIGINT, as shells count it: 128 + 2. */
    INTERRUPTED(130, "interrupted (SIGINT); what had finished was reported"),
    /** SIGTERM, as shells count it: 128 + 15. */
    TERMINATED(143, "terminated (SIGTERM); what had finished was reported");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number. */
    public int code() {
        return code;
    }

    /** One line for help and README. */
    public String meaning() {
        return meaning;
    }

    /** The code of one target's report: an outcome that is wanted is as good as a healthy target. */
    static ExitCode of(Report report) {
        Diagnosis diagnosis = report.diagnosis();
        if (report.isAsWanted()) {
            return HEALTHY;
        }
        if (diagnosis == null) {
            return SERVER_FAULT; // it serves where it must not
        }
        return switch (diagnosis.side()) {
            case CLIENT -> CLIENT_FAULT;
            case SERVER -> SERVER_FAULT;
        };
    }

    /** The code of two targets together: a server-side fault outweighs a client-side one, any fault outweighs none. */
    ExitCode and(ExitCode other) {
        return weight() >= other.weight() ? this : other;
    }

    private int weight() {
        return switch (this) {
            case HEALTHY -> 0;
            case CLIENT_FAULT -> 1;
            case SERVER_FAULT -> 2;
            case USAGE -> 3;
            case DEFECT -> 4;
            case INTERRUPTED, TERMINATED -> 5;
        };
    }
}
