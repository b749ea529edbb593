package probe.cli;

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
import probe.diagnosis.Warnings;
import probe.evidence.KernelAccess;
import probe.evidence.Observation;
import probe.evidence.collect.KernelView;
import probe.prober.AttemptListener;
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
    private final Settings settings;
    private final AttemptPlan plan;
    private final InstantSource clock;
    private final Watchdog watchdog;

    TargetRun(Settings settings, AttemptPlan plan, InstantSource clock, Watchdog watchdog) {
        this.settings = settings;
        this.plan = plan;
        this.clock = clock;
        this.watchdog = watchdog;
    }

    /** Probes one target, as often as the settings say; the last round is the one that is judged. */
    Report probe(Target target) {
        Instant startedAt = clock.instant();
        Deadline deadline = Deadline.start(Ticker.SYSTEM, settings.timeouts());
        ProbeContext context = new ProbeContext(settings, deadline, watchdog, listener());
        List<Attempt> last = plan.carryOut(target, context);
        List<Attempt> all = new ArrayList<>(last);
        for (int round = 2; round <= settings.attempts() && pause(deadline); round++) {
            last = plan.carryOut(target, context);
            all.addAll(last);
        }
        return report(target, startedAt, deadline, new Facts(target, last, List.of()), all);
    }

    private Report report(Target target, Instant startedAt, Deadline deadline, Facts facts,
            List<Attempt> all) {
        Diagnosis diagnosis = Diagnoser.diagnose(facts).orElse(null);
        if (diagnosis == null) {
            return new Report(target, startedAt, deadline.elapsed(), null, null, all,
                    facts.observations(),
                    Warnings.of(facts, startedAt),
                    Machine.environment(KernelAccess.NONE));
        }
        List<Observation> observations = facts.observations();
        Advice advice = Adviser.advise(diagnosis, facts, settings);
        return new Report(target, startedAt, deadline.elapsed(), diagnosis, advice, all,
                observations,
                List.of(), Machine.environment(
                        asksKernel() ? KernelView.system().access() : KernelAccess.NONE));
    }

    private AttemptListener listener() {
        return asksKernel() ? new KernelListener() : AttemptListener.NONE;
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
