package probe.diagnosis;

import java.util.List;

/**
 * What one rule makes of the facts.
 *
 * @param evidence the step of reasoning that the report shows
 * @param weight how much it carries; a finding that supports no side is a {@link Weight#NOTE}
 * @param locus where the fault lies if {@link Evidence#supports} is right; without meaning for a note
 * @param alternatives what this finding leaves open
 */
public record Finding(Evidence evidence, Weight weight, Locus locus,
        List<Alternative> alternatives) {

    /** Refuses a finding that carries weight and supports nobody, or the reverse. */
    public Finding {
        if ((weight == Weight.NOTE) != (evidence.supports() == null)) {
            throw new IllegalArgumentException(evidence.fact() + " is " + weight + " and supports "
                    + evidence.supports());
        }
        alternatives = List.copyOf(alternatives);
    }

    /** Something that explains and speaks for nobody. */
    public static Finding note(String source, String fact, Object value, String text,
            Alternative... alternatives) {
        return new Finding(new Evidence(source, fact, value, null, text), Weight.NOTE, Locus.PATH,
                List.of(alternatives));
    }

    /** Something that speaks for a side no louder than the prior rule. */
    public static Finding suggests(Side side, Locus locus, String source, String fact, Object value,
            String text,
            Alternative... alternatives) {
        return new Finding(new Evidence(source, fact, value, side, text), Weight.SUGGESTS, locus,
                List.of(alternatives));
    }

    /** Something that points to a side and leaves an alternative. */
    public static Finding points(Side side, Locus locus, String source, String fact, Object value,
            String text,
            Alternative... alternatives) {
        return new Finding(new Evidence(source, fact, value, side, text), Weight.POINTS, locus,
                List.of(alternatives));
    }

    /** Something that excludes the other side. */
    public static Finding proves(Side side, Locus locus, String source, String fact, Object value,
            String text,
            Alternative... alternatives) {
        return new Finding(new Evidence(source, fact, value, side, text), Weight.PROVES, locus,
                List.of(alternatives));
    }

    /**
     * The same with the proxy in the far host's place: on the way to a proxy, what TCP says of the host at the other end
     * is said of the proxy, which is the client's.
     */
    Finding ofTheProxy() {
        if (evidence.supports() != Side.SERVER
                || locus != Locus.REMOTE_HOST && locus != Locus.REMOTE_SERVICE) {
            return this;
        }
        return new Finding(new Evidence(evidence.source(), evidence.fact(), evidence.value(),
                Side.CLIENT, evidence.text()), weight, Locus.PROXY, alternatives);
    }

    /** How much a finding carries; ordered. */
    public enum Weight {
        /** It explains and speaks for nobody. */
        NOTE(Confidence.LOW),
        /** It speaks for a side as the prior rule does: {@link Confidence#LOW}. */
        SUGGESTS(Confidence.LOW),
        /** It points to a side, a named alternative remains: {@link Confidence#MEDIUM}. */
        POINTS(Confidence.MEDIUM),
        /** It excludes the other side: {@link Confidence#HIGH}. */
        PROVES(Confidence.HIGH);

        private final Confidence carries;

        Weight(Confidence carries) {
            this.carries = carries;
        }

        /** How far a verdict that rests on such a finding can go. */
        public Confidence carries() {
            return carries;
        }
    }
}
