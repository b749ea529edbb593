package probe.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Facts;
import probe.diagnosis.Series.JudgedBy;
import probe.evidence.collect.Gatherer;
import probe.prober.Deadline;
import probe.prober.ProbeContext;
import probe.prober.Watchdog;
import probe.profile.Settings;
import probe.report.Report;
import probe.target.Target;

/** What is done for one target: attempts, and evidence where they fail; {@link SeriesRun} makes a report of them. */
final class TargetRun {
    /** For evidence after the deadline: enough for a comparison on a local network, and nobody waits for it. */
    private static final Duration LAST_LOOK = Duration.ofMillis(150);

    private final Settings settings;
    private final AttemptPlan plan;
    private final InstantSource clock;
    private final Watchdog watchdog;
    private final Narrator narrator;

    TargetRun(Settings settings, AttemptPlan plan, InstantSource clock, Watchdog watchdog,
            Narrator narrator) {
        this.settings = settings;
        this.plan = plan;
        this.clock = clock;
        this.watchdog = watchdog;
        this.narrator = narrator;
    }

    /** Probes one target, as often as the settings say. */
    Report probe(Target target) {
        return series(target).run(Pace.fixed(settings.attempts(), settings.interval()));
    }

    /** The rounds on one target, none of them made yet. */
    SeriesRun series(Target target) {
        return new SeriesRun(this, target, JudgedBy.EVERY_ROUND, settings.attempts(),
                settings.timeouts().deadline().value());
    }

    Settings settings() {
        return settings;
    }

    Instant now() {
        return clock.instant();
    }

    /** One attempt on every address. */
    List<Attempt> attempt(Target target, Deadline deadline, Gatherer gatherer) {
        return plan.carryOut(target, new ProbeContext(settings, deadline, watchdog,
                new KernelListener(target, gatherer, narrator)));
    }

    /** What can be learned of attempts that failed. */
    Facts evidence(Target target, List<Attempt> attempts, Gatherer gatherer, Deadline deadline) {
        narrator.say(target, "looks for evidence");
        return new Facts(target, attempts, gatherer.gather(attempts, budget(deadline)));
    }

    /** What the deadline leaves for evidence; after a run that it cut short, a moment all the same. */
    private static Duration budget(Deadline deadline) {
        Duration left = deadline.remaining();
        return left.compareTo(LAST_LOOK) < 0 ? LAST_LOOK : left;
    }

    /** What this machine is. */
    Report.Environment environment(@Nullable Diagnosis diagnosis) {
        return Machine.environment(settings, diagnosis);
    }
}
