package probe.diagnosis;

/**
 * Another explanation that the evidence does not exclude.
 *
 * @param side who would have to act
 * @param locus where it would lie
 * @param text one sentence for people
 * @param settleWith the command or look that would tell the two apart
 */
public record Alternative(Side side, Locus locus, String text, String settleWith) {}
