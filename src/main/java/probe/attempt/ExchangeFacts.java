package probe.attempt;

import org.jspecify.annotations.Nullable;

/**
 * How far a scripted exchange came.
 *
 * @param steps how many steps the script has
 * @param done how many of them were finished
 * @param expected the pattern being waited for when the attempt ended, or null
 */
public record ExchangeFacts(int steps, int done, @Nullable String expected) {}
