package probe.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.Phase;

/** From facts to the fault: what happened, then what each rule makes of it, then the verdict. */
public final class Diagnoser {
    private Diagnoser() {}

    /**
     * The fault, or empty for a healthy target: one that did what was asked of it at one of its addresses at
     * least. What failed beside it is a matter for {@link Warnings}.
     */
    public static Optional<Diagnosis> diagnose(Facts facts) {
        return facts.attempts().isEmpty() ? Optional.of(nothingAttempted())
                : incident(facts).map(Diagnoser::judge);
    }

    /** A target on which nothing was tried must never pass for healthy. */
    private static Diagnosis nothingAttempted() {
        return new Diagnosis(Kind.UNCLASSIFIED, Phase.RESOLVE, Side.CLIENT, Locus.LOCAL_HOST,
                Confidence.LOW, "Nothing was attempted, so nothing is known.", List.of(),
                List.of(new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                        "Whether the service works was not tried.", "the same probe once more")),
                RequestProcessed.NO);
    }

    /** The failure that a target is judged by, or empty for a healthy one. */
    public static Optional<Incident> incident(Facts facts) {
        return Decisive.incident(facts);
    }

    /** What happened in an attempt, or empty when it succeeded. */
    public static Optional<Kind> kindOf(Facts facts, Attempt attempt) {
        Failure failure = attempt.failure();
        return failure == null ? Optional.empty()
                : Optional.of(KindRules.kindOf(facts, attempt, failure));
    }

    private static Diagnosis judge(Incident incident) {
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : Rules.ALL) {
            List<Finding> made = rule.apply(incident);
            if (!made.isEmpty()) { // as of nearly all
                findings.addAll(Redirections.weighed(incident, made));
            }
        }
        if (incident.isProxied() && incident.in(Phase.CONNECT)) {
            findings.replaceAll(Finding::ofTheProxy);
        }
        findings.addAll(Decisive.census(incident));
        Verdict verdict = Judge.weigh(incident, findings);
        return new Diagnosis(incident.kind(), incident.failure().phase(), verdict.side(),
                verdict.locus(),
                verdict.confidence(), Summaries.of(incident, verdict),
                findings.stream().map(Finding::evidence).toList(), verdict.alternatives(),
                ProcessedRule.of(incident));
    }
}
