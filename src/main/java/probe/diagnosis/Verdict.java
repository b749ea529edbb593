package probe.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * Whose fault it is, where, and how sure that is.
 *
 * @param side who has to act
 * @param locus where the fault lies
 * @param confidence how far the evidence carries this
 * @param decisive the finding that the verdict rests on, or empty when only the prior rule speaks
 * @param alternatives what is not excluded; never empty below {@link Confidence#HIGH}
 */
record Verdict(Side side, Locus locus, Confidence confidence, Optional<Finding> decisive,
        List<Alternative> alternatives) {}
