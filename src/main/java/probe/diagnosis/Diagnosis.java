package probe.diagnosis;

import java.util.List;
import probe.attempt.Phase;

/**
 * The fault: a judgement, with its reasons.
 *
 * @param kind what happened, in the user's words
 * @param phase where
 * @param side who has to act
 * @param locus where the fault lies
 * @param confidence how far the evidence carries the verdict; never above medium for {@link Locus#PATH}
 * @param summary the verdict in a sentence or two
 * @param evidence the steps, own machine first
 * @param alternatives what is not excluded; empty only with {@link Confidence#HIGH}
 * @param requestProcessed could the server have acted on the request?
 */
public record Diagnosis(Kind kind, Phase phase, Side side, Locus locus, Confidence confidence,
        String summary,
        List<Evidence> evidence, List<Alternative> alternatives,
        RequestProcessed requestProcessed) {}
