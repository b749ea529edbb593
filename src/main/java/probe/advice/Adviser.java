package probe.advice;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice.Reasons;
import probe.advice.Advice.Retry;
import probe.advice.Advice.SafeFor;
import probe.diagnosis.Diagnoser;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Facts;
import probe.diagnosis.Incident;
import probe.diagnosis.Series;
import probe.profile.Settings;

/** From a fault to what to do about it. */
public final class Adviser {
    private Adviser() {}

    /** The advice on a fault, given what was seen and what is already set. */
    public static Advice advise(Diagnosis diagnosis, Facts facts, Settings settings) {
        return advise(diagnosis, facts, settings, null);
    }

    /**
     * The same, when it is the fault of a series.
     *
     * @param facts of the round that stands for all
     * @param series all rounds, or null when there was one
     */
    public static Advice advise(Diagnosis diagnosis, Facts facts, Settings settings,
            @Nullable Series series) {
        Optional<Incident> incident = Diagnoser.incident(facts);
        Retry retry = retry(diagnosis, incident, series);
        SafeFor safeFor = SafetyRule.of(diagnosis, incident);
        Optional<Duration> pause = retry == Retry.NO ? Optional.empty() : RetryAfter.of(incident);
        Retry when = pause.filter(Duration::isPositive).isPresent() ? Retry.LATER : retry;
        return new Advice(when, safeFor,
                BackoffRule.of(diagnosis, incident, when, safeFor, pause, series),
                pause.orElse(null),
                TimeoutRules.of(diagnosis, incident, settings, series),
                Actions.of(diagnosis, incident, settings),
                Because.of(diagnosis, incident, when, safeFor, pause),
                new Reasons(SafetyReason.of(diagnosis, incident, safeFor),
                        HelpReason.of(diagnosis, when, pause, series)));
    }

    /** What failed in some rounds and worked in others helps to be repeated, whatever its kind is known for. */
    private static Retry retry(Diagnosis diagnosis, Optional<Incident> incident,
            @Nullable Series series) {
        Retry retry = RetryRule.of(diagnosis, incident);
        return retry == Retry.NO && series != null && series.pattern() == Series.Pattern.FLAPPING
                ? Retry.YES
                : retry;
    }
}
