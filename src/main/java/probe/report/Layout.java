package probe.report;

/** How a JSON report is laid out; the values are the same either way. */
public enum Layout {
    /** Over many lines, for people. */
    INDENTED,
    /** One line, so that a stream of reports can be read line by line. */
    ONE_LINE
}
