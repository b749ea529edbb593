package probe.attempt;

import java.time.Duration;

/**
 * One phase that was gone through.
 *
 * @param phase which one
 * @param start when it began, counted from the start of the probe
 * @param duration how long it took
 * @param outcome how it ended
 */
public record PhaseTiming(Phase phase, Duration start, Duration duration, PhaseOutcome outcome) {}
