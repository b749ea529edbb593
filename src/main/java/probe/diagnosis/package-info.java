/**
 * The judgement: kind, side, locus, confidence, and why.
 *
 * <p>Pure functions from facts to a {@link probe.diagnosis.Diagnosis}. The prior rules come first and stand in
 * one table ({@link probe.diagnosis.Kind}); evidence then raises, lowers or turns the verdict, one
 * {@link probe.diagnosis.Finding} a step. Nothing here opens a file or a socket, reads a clock or an
 * environment, or looks at the name or message of an exception.
 */
@org.jspecify.annotations.NullMarked
package probe.diagnosis;
