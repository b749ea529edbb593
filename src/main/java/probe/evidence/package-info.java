/**
 * What else can be learned about a failure, as values.
 *
 * <p>An {@link probe.evidence.Observation} is a fact from outside the attempt itself: kernel state, answers of
 * name servers, outcomes of controls. Values only; what collects them lives in {@code evidence.collect} and
 * {@code evidence.linux}. Nothing here judges and nothing here does I/O.
 */
@org.jspecify.annotations.NullMarked
package probe.evidence;
