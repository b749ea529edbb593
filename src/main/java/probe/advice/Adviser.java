package probe.advice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import probe.advice.Advice.Retry;
import probe.diagnosis.Diagnoser;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Facts;
import probe.diagnosis.Incident;
import probe.profile.Settings;

/** From a fault to what to do about it. */
public final class Adviser {
    private Adviser() {}

    /** The advice on a fault, given what was seen and what is already set. */
    public static Advice advise(Diagnosis diagnosis, Facts facts, Settings settings) {
        Optional<Incident> incident = Diagnoser.incident(facts);
        Advice.SafeFor safeFor = SafetyRule.of(diagnosis, incident, settings);
        Retry retry = RetryRule.of(diagnosis, incident);
        Advice.Backoff backoff = retry == Retry.NO ? null
                : new Advice.Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(10), 3);
        return new Advice(retry, safeFor, backoff, RetryAfter.of(incident).orElse(null), List.of(),
                List.of(),
                "The cause of " + diagnosis.kind().id()
                        + (retry == Retry.NO ? " stays until something is changed."
                                : " can pass by itself."));
    }
}
