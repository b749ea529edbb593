package probe.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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
import probe.evidence.collect.Gatherer;
import probe.prober.AttemptListener;
import probe.prober.Deadline;
import probe.prober.Destination;
import probe.prober.Destinations;
import probe.prober.NameResolution;
import probe.prober.ProbeContext;
import probe.prober.Resolver;
import probe.prober.Ticker;
import probe.prober.Watchdog;
import probe.profile.Durations;
import probe.profile.Settings;
import probe.report.Report;
import probe.target.Target;

/** Holds connections of one target silent: one for {@code --idle}, many for {@code probe idle-limit}. */
final class IdleRun {
    /** Each a little longer than the one before, from a hundredth of the whole: a dozen are polite to any server. */
    private static final double[] SHARES = {0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.22, 0.32, 0.45,
        0.6, 0.8, 1};

    private final Settings settings;
    private final Watchdog watchdog;
    private final Narrator narrator;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<Held> ended = new ConcurrentLinkedQueue<>();

    IdleRun(Settings settings, Watchdog watchdog, Narrator narrator) {
        this.settings = settings;
        this.watchdog = watchdog;
        this.narrator = narrator;
    }

    /** One connection, held silent and then used: a report like any other, judged by the use. */
    Report hold(Target target, Duration idle) {
        Instant startedAt = Instant.now();
        Deadline whole = Deadline.start(Ticker.SYSTEM, settings.timeouts());
        try (Gatherer gatherer = new Gatherer(target, settings)) {
            gatherer.calm();
            AttemptListener listener = new KernelListener(target, gatherer, narrator);
            List<Held> holds = new ArrayList<>();
            switch (destinations(target, whole, listener)) {
                case Destinations.None none -> holds.add(new Held(
                        new Trial(idle, Ending.NOT_MADE), List.of(none.attempt())));
                case Destinations.Found found -> holdFirst(found.all(), idle, listener, holds);
            }
            return report(target, idle, startedAt, whole, holds, gatherer);
        }
    }

    private Destinations destinations(Target target, Deadline deadline, AttemptListener listener) {
        return Destinations.of(target, new NameResolution(Resolver.SYSTEM),
                new ProbeContext(settings, deadline, watchdog, listener));
    }

    /** The first address that takes a connection is the one to hold; no request is made at two. */
    private void holdFirst(List<Destination> destinations, Duration idle, AttemptListener listener,
            List<Held> holds) {
        for (Destination destination : destinations) {
            narrator.say(destination.target(), "holds a connection silent for "
                    + Durations.spoken(idle));
            holds.add(new IdleHold(settings, watchdog, listener, stopped)
                    .hold(destination, idle));
            if (holds.getLast().isFinal()) {
                return;
            }
        }
    }

    private Report report(Target target, Duration idle, Instant startedAt, Deadline whole,
            List<Held> holds, Gatherer gatherer) {
        List<Attempt> attempts = holds.stream().flatMap(one -> one.attempts().stream()).toList();
        // A connection that was made and kept is judged by its use; else all that could not be made tell why.
        List<Attempt> judged = holds.getLast().isMade() ? List.of(holds.getLast().last())
                : attempts;
        boolean works = judged.stream().allMatch(Attempt::succeeded);
        Facts facts = new Facts(target, judged,
                works ? List.of() : gatherer.gather(judged, forEvidence()));
        Optional<Diagnosis> diagnosis = Diagnoser.diagnose(facts);
        Advice advice = diagnosis.map(one -> Adviser.advise(one, facts, settings))
                .map(one -> holds.getLast().isMade()
                        ? shorter(one, holds.getLast().last().conversation().held(), idle)
                        : one)
                .orElse(null);
        return new Report(target, startedAt, whole.elapsed(), diagnosis.orElse(null), advice,
                attempts, facts.observations(), List.of(),
                Machine.environment(settings, diagnosis.orElse(null)));
    }

    /** Like making it and using it, looking at it has at most the deadline. */
    private Duration forEvidence() {
        Duration connect = settings.timeouts().connect().value();
        Duration deadline = settings.timeouts().deadline().value();
        return connect.compareTo(deadline) < 0 ? connect : deadline;
    }

    private static Advice shorter(Advice advice, @Nullable Duration held, Duration idle) {
        return advice.withFirst(new Advice.Action(Side.CLIENT,
                "Keep idle connections for less than "
                        + Durations.format(held == null || held.compareTo(idle) > 0 ? idle : held)
                        + " (evictIdleConnections, setTimeToLive, setValidateAfterInactivity of HttpClient"
                        + " 5); probe idle-limit finds how much less"));
    }

    /** Many connections at once, silent for different times up to {@code longest}; empty when not one could be made. */
    Optional<IdleLimit> search(Target target, Duration longest) {
        Deadline deadline = Deadline.start(Ticker.SYSTEM, settings.timeouts());
        if (!(destinations(target, deadline,
                AttemptListener.NONE) instanceof Destinations.Found found)) {
            return Optional.empty();
        }
        for (Destination destination : found.all()) {
            search(destination, longest);
            if (ended.stream().anyMatch(Held::isMade)) {
                return Optional.of(found());
            }
            if (ended.stream().anyMatch(Held::isFinal)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void search(Destination destination, Duration longest) {
        List<Thread> threads = new ArrayList<>();
        for (double share : SHARES) {
            Duration idle = Duration.ofNanos(Math.max(1_000_000,
                    (long) ((double) longest.toNanos() * share)));
            threads.add(Thread.ofVirtual()
                    .start(() -> ended.add(new IdleHold(settings, watchdog, AttemptListener.NONE,
                            stopped).hold(destination, idle))));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopped.countDown();
            }
        }
    }

    /** What the connections that have ended by now tell, from any thread. */
    IdleLimit found() {
        return IdleLimit.of(ended.stream().map(Held::trial).toList());
    }
}
