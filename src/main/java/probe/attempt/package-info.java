/**
 * The pure facts of one attempt: one address, one connection.
 *
 * <p>Values only. What is here was seen, never judged: a {@link probe.attempt.Failure} says what the network
 * stack reported, and whose fault that is, is for the diagnosis. This room opens nothing, reads no clock and
 * knows no exception classes.
 */
@org.jspecify.annotations.NullMarked
package probe.attempt;
