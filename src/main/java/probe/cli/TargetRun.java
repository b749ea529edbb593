package probe.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import probe.advice.Advice;
import probe.advice.Adviser;
import probe.attempt.Attempt;
import probe.diagnosis.Diagnoser;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Facts;
import probe.diagnosis.Warning;
import probe.diagnosis.Warnings;
import probe.evidence.KernelAccess;
import probe.evidence.collect.Gatherer;
import probe.evidence.collect.KernelView;
import probe.prober.Deadline;
import probe.prober.ProbeContext;
import probe.prober.Ticker;
import probe.prober.Watchdog;
import probe.profile.EvidenceLevel;
import probe.profile.Settings;
import probe.report.Report;
import probe.target.Target;

/** The straight line for one target: attempts, evidence, diagnosis, advice, report. */
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

    /** Probes one target, as often as the settings say; the last round is the one that is judged. */
    Report probe(Target target) {
        Instant startedAt = clock.instant();
        Deadline deadline = Deadline.start(Ticker.SYSTEM, settings.timeouts());
        List<Attempt> all = new ArrayList<>();
        for (int round = 1;; round++) {
            try (Gatherer gatherer = new Gatherer(target, settings)) {
                List<Attempt> attempts = plan.carryOut(target, new ProbeContext(settings, deadline,
                        watchdog, new KernelListener(target, gatherer, narrator)));
                all.addAll(attempts);
                if (round >= settings.attempts() || !pause(deadline)) {
                    narrator.say(target, "looks for evidence");
                    Facts facts = new Facts(target, attempts,
                            gatherer.gather(attempts, budget(deadline)));
                    return report(startedAt, deadline, facts, all);
                }
            }
        }
    }

    /** What the deadline leaves for evidence; after a run that it cut short, a moment all the same. */
    private static Duration budget(Deadline deadline) {
        Duration left = deadline.remaining();
        return left.compareTo(LAST_LOOK) < 0 ? LAST_LOOK : left;
    }

    private Report report(Instant startedAt, Deadline deadline, Facts facts, List<Attempt> all) {
        Diagnosis diagnosis = Diagnoser.diagnose(facts).orElse(null);
        Advice advice = diagnosis == null ? null : Adviser.advise(diagnosis, facts, settings);
        List<Warning> warnings = diagnosis == null ? Warnings.of(facts, startedAt) : List.of();
        KernelAccess access = diagnosis != null && asksKernel() ? KernelView.system().access()
                : KernelAccess.NONE;
        return new Report(facts.target(), startedAt, deadline.elapsed(), diagnosis, advice, all,
                facts.observations(), warnings, Machine.environment(access));
    }

    private boolean asksKernel() {
        return settings.evidence().includes(EvidenceLevel.PASSIVE);
    }

    /** Waits between two rounds; false when the deadline leaves no time for another. */
    private boolean pause(Deadline deadline) {
        if (deadline.remaining().compareTo(settings.interval()) <= 0) {
            return false;
        }
        try {
            Thread.sleep(settings.interval());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
