/**
 * The only code that opens sockets towards a target.
 *
 * <p>A {@link probe.prober.Prober} makes one attempt (one address, one connection) and returns its facts as an
 * {@link probe.attempt.Attempt}; no exception leaves this room. It may not judge: nothing here knows sides,
 * kinds or advice, and nothing here looks at the observations of {@code probe.evidence}.
 */
@org.jspecify.annotations.NullMarked
package probe.prober;
