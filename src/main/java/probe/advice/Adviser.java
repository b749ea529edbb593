package probe.advice;

import java.time.Duration;
import java.util.Optional;
import probe.advice.Advice.Retry;
import probe.advice.Advice.SafeFor;
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
        Retry retry = RetryRule.of(diagnosis, incident);
        SafeFor safeFor = SafetyRule.of(diagnosis, incident);
        Optional<Duration> pause = retry == Retry.NO ? Optional.empty() : RetryAfter.of(incident);
        Retry when = pause.filter(Duration::isPositive).isPresent() ? Retry.LATER : retry;
        return new Advice(when, safeFor, BackoffRule.of(diagnosis, incident, when, pause),
                pause.orElse(null),
                TimeoutRules.of(diagnosis, incident, settings),
                Actions.of(diagnosis, incident, settings),
                Because.of(diagnosis, incident, when, safeFor, pause));
    }
}
