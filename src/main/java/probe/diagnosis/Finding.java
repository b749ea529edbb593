package probe.diagnosis;

/**
 * What one rule makes of the facts.
 *
 * @param evidence the step of reasoning that the report shows
 * @param weight how much it carries
 * @param locus where the fault lies if {@link Evidence#supports} is right
 */
public record Finding(Evidence evidence, Weight weight, Locus locus) {

    /** How much a finding carries; ordered. */
    public enum Weight {
        /** It explains and speaks for nobody. */
        NOTE,
        /** It speaks for a side as the prior rule does: {@link Confidence#LOW}. */
        SUGGESTS,
        /** It points to a side, a named alternative remains: {@link Confidence#MEDIUM}. */
        POINTS,
        /** It excludes the other side: {@link Confidence#HIGH}. */
        PROVES
    }
}
