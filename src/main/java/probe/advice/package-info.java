/**
 * What to do now: is a repeat safe, does it help, what to change.
 *
 * <p>Pure: from a {@link probe.diagnosis.Diagnosis}, its facts and the settings in force to an
 * {@link probe.advice.Advice}. It never suggests what the user has already set, and it opens and reads nothing.
 */
@org.jspecify.annotations.NullMarked
package probe.advice;
