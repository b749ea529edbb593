package probe.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import probe.advice.Advice;
import probe.advice.Adviser;
import probe.advice.IdleLimit;
import probe.advice.IdleLimit.Ending;
import probe.advice.IdleLimit.Trial;
import probe.attempt.Attempt;
import probe.cli.IdleHold.Held;
import probe.diagnosis.Diagnoser;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Facts;
import probe.diagnosis.Side;
import probe.evidence.KernelAccess;
import probe.prober.AttemptListener;
import probe.prober.Deadline;
import probe.prober.Destination;
import probe.prober.NameResolution;
import probe.prober.ProbeContext;
import probe.prober.Resolution;
import probe.prober.Resolver;
import probe.prober.Ticker;
import probe.prober.Watchdog;
import probe.profile.Durations;
import probe.profile.Settings;
import probe.report.Report;
import probe.target.HostPort;
import probe.target.Target;

/** Holds connections of one target silent: one for {@code --idle}, many for {@code probe idle-limit}. */
final class IdleRun {
    /** Each a little longer than the one before, from a hundredth of the whole: a dozen are polite to any server. */
    private static final double[] SHARES = {0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.22, 0.32, 0.45,
        0.6, 0.8, 1};

    private final Settings settings;
    private final Watchdog watchdog;
    private final CountDownLatch stopped = new CountDownLatch(1);

    IdleRun(Settings settings, Watchdog watchdog) {
        this.settings = settings;
        this.watchdog = watchdog;
    }

    private ProbeContext context() {
        return new ProbeContext(settings, Deadline.start(Ticker.SYSTEM, settings.timeouts()),
                watchdog, AttemptListener.NONE);
    }

    private Resolution resolve(Target target, ProbeContext context) {
        HostPort where = settings.proxy() == null ? target.hostPort() : settings.proxy().where();
        return new NameResolution(Resolver.SYSTEM).resolve(where, context);
    }

    private Destination destination(Target target, Resolution resolution) {
        int port = settings.proxy() == null ? target.port() : settings.proxy().where().port();
        return new Destination(target, resolution.addresses().getFirst(), port,
                resolution.timing());
    }

    /** One connection, held silent and then used: a report like any other, judged by the use. */
    Report hold(Target target, Duration idle) {
        Instant startedAt = Instant.now();
        ProbeContext context = context();
        Resolution resolution = resolve(target, context);
        List<Attempt> attempts = resolution.failure() != null
                ? List.of(NameResolution.failedAttempt(target, resolution, context))
                : new IdleHold(settings, watchdog, stopped)
                        .hold(destination(target, resolution), idle)
                        .attempts();
        Facts facts = new Facts(target, List.of(attempts.getLast()), List.of());
        Optional<Diagnosis> diagnosis = Diagnoser.diagnose(facts);
        Advice advice = diagnosis.map(one -> Adviser.advise(one, facts, settings))
                .map(one -> attempts.getLast().reached(probe.attempt.Phase.CONNECT)
                        || attempts.size() > 1 ? shorter(one, idle) : one)
                .orElse(null);
        return new Report(target, startedAt, context.elapsed(), diagnosis.orElse(null), advice,
                attempts, List.of(), List.of(), Machine.environment(KernelAccess.NONE));
    }

    private static Advice shorter(Advice advice, Duration idle) {
        return advice.withFirst(new Advice.Action(Side.CLIENT,
                "Keep idle connections for less than "
                        + Durations.format(idle)
                        + " (evictIdleConnections, setTimeToLive, setValidateAfterInactivity of HttpClient"
                        + " 5); probe idle-limit finds how much less"));
    }

    /** Many connections at once, silent for different times up to {@code longest}. */
    IdleLimit search(Target target, Duration longest) {
        Resolution resolution = resolve(target, context());
        if (resolution.failure() != null) {
            return IdleLimit.of(List.of(new Trial(longest, Ending.NOT_MADE)));
        }
        ConcurrentLinkedQueue<Held> held = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (double share : SHARES) {
            Duration idle = Duration.ofNanos(Math.max(1_000_000,
                    (long) ((double) longest.toNanos() * share)));
            threads.add(Thread.ofVirtual()
                    .start(() -> held.add(
                            new IdleHold(settings, watchdog, stopped)
                                    .hold(destination(target, resolution), idle))));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopped.countDown();
            }
        }
        return IdleLimit.of(held.stream().map(Held::trial).toList());
    }
}
