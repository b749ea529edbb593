/**
 * One record, and its written forms.
 *
 * <p>A {@link probe.report.Report} is everything about one target; a writer of this room puts it on an
 * {@link Appendable} as JSON, and a reader turns saved JSON back into facts. Pure: no streams of the process, no
 * files, no clock. Everything from the network is escaped before it is written, credentials never are.
 */
@org.jspecify.annotations.NullMarked
package probe.report;
