package probe.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice;
import probe.advice.Adviser;
import probe.attempt.Attempt;
import probe.diagnosis.Diagnoser;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Facts;
import probe.diagnosis.Incident;
import probe.diagnosis.Kind;
import probe.diagnosis.Series.JudgedBy;
import probe.diagnosis.Series.Round;
import probe.diagnosis.Series.RoundOutcome;
import probe.evidence.collect.Gatherer;
import probe.prober.Deadline;
import probe.prober.Ticker;
import probe.profile.Setting;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;
import probe.report.Report;
import probe.target.Target;

/**
 * One target, round after round. Evidence is looked for when a kind of failure is seen for the first time: the tenth
 * refusal tells no more than the first, and further looks would be further load. What has been seen can be told at
 * any time, from another thread as well.
 */
final class SeriesRun {
    /** What the last try of a wait has: enough for most handshakes, and nobody waits longer for it. */
    private static final Duration LAST_TRY = Duration.ofMillis(500);

    private final TargetRun maker;
    private final Target target;
    private final Deadline deadline;
    private final Duration longestRound;
    private final Instant startedAt;
    private final JudgedBy judgedBy;
    private final int asked;
    private Semaphore turns = new Semaphore(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean taken = new AtomicBoolean();

    private final List<Round> rounds = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<Kind, Judged> judged = new EnumMap<>(Kind.class);
    private @Nullable Facts healthy;
    private @Nullable Kind last;
    private int failuresInARow;

    /** A failed round with all that was learned of it. */
    record Judged(Facts facts, Diagnosis diagnosis) {}

    /**
     * A series of which nothing has been made yet.
     *
     * @param asked how many rounds are wanted; 0 for as many as it takes
     * @param whole when all of it is over; a round has the deadline of the settings
     */
    SeriesRun(TargetRun maker, Target target, JudgedBy judgedBy, int asked, Duration whole) {
        this.maker = maker;
        this.target = target;
        this.judgedBy = judgedBy;
        this.asked = asked;
        this.startedAt = maker.now();
        Timeouts timeouts = maker.settings().timeouts();
        this.longestRound = timeouts.deadline().value();
        this.deadline = Deadline.start(Ticker.SYSTEM, timeouts.with(TimeoutName.DEADLINE,
                new Setting<>(whole, timeouts.deadline().origin())));
    }

    /** This series, whose rounds are each made with a permit of these, which it shares with others. */
    SeriesRun takingTurns(Semaphore shared) {
        turns = shared;
        return this;
    }

    /** Makes rounds until the pace says that it is enough, or the deadline is over, and reports on all of them. */
    Report run(Pace pace) {
        Duration pause = Duration.ZERO;
        while (true) {
            Advice advice = inTurn(pause);
            Diagnosis diagnosis = lastDiagnosis();
            Optional<Duration> next = pace.next(new Pace.Done(rounds(), failuresInARow(),
                    diagnosis == null ? null : diagnosis.kind(), advice));
            Optional<Duration> waited = next.flatMap(this::inTime);
            if (waited.isEmpty() || isStopped(waited.get())) {
                return report();
            }
            pause = waited.get();
        }
    }

    private @Nullable Advice inTurn(Duration pause) {
        turns.acquireUninterruptibly();
        try {
            return round(deadline.atMost(longestRound), pause);
        } finally {
            turns.release();
        }
    }

    /** The pause, if there is time for it; who waits gets one more try before the end. */
    private Optional<Duration> inTime(Duration pause) {
        Duration left = deadline.remaining();
        if (left.compareTo(pause) > 0) {
            return Optional.of(pause);
        }
        Duration before = left.minus(LAST_TRY);
        return asked == 0 && before.isPositive() ? Optional.of(before) : Optional.empty();
    }

    /**
     * Makes one round.
     *
     * @param limit when it ends at the latest
     * @param pause what was waited before it
     * @return advice on what failed, or null when nothing did
     */
    private @Nullable Advice round(Deadline limit, Duration pause) {
        Duration start = deadline.elapsed();
        try (Gatherer gatherer = new Gatherer(target, maker.settings())) {
            List<Attempt> made = maker.attempt(target, limit, gatherer);
            Facts bare = new Facts(target, made, List.of());
            Optional<Incident> incident = Diagnoser.incident(bare);
            if (incident.isEmpty()) {
                worked(gatherer.gather(made, Duration.ZERO), made, start, pause);
                return null;
            }
            return failed(incident.get(), bare, gatherer, limit, start, pause);
        }
    }

    private synchronized void worked(List<probe.evidence.Observation> observations,
            List<Attempt> made, Duration start, Duration pause) {
        healthy = new Facts(target, made, observations);
        failuresInARow = 0;
        last = null;
        add(made, start, pause, RoundOutcome.HEALTHY, null);
    }

    private @Nullable Advice failed(Incident incident, Facts bare, Gatherer gatherer,
            Deadline limit, Duration start, Duration pause) {
        List<Attempt> made = bare.attempts();
        if (rounds() > 0 && incident.failure().limit() == TimeoutName.DEADLINE
                && deadline.isOver()) {
            synchronized (this) {
                add(made, start, pause, RoundOutcome.CUT, null);
            }
            return null;
        }
        Judged known = judged(incident.kind());
        if (known == null) {
            Facts facts = maker.evidence(target, made, gatherer, limit);
            known = new Judged(facts, Diagnoser.diagnose(facts).orElseThrow());
        }
        synchronized (this) {
            judged.put(incident.kind(), known);
            failuresInARow++;
            last = incident.kind();
            add(made, start, pause, RoundOutcome.FAILED, known.diagnosis().kind());
        }
        // Only a further round asks for it.
        return asked == 1 ? null : Adviser.advise(known.diagnosis(), bare, maker.settings());
    }

    private synchronized @Nullable Judged judged(Kind kind) {
        return judged.get(kind);
    }

    private void add(List<Attempt> made, Duration start, Duration pause, RoundOutcome outcome,
            @Nullable Kind kind) {
        attempts.addAll(made);
        rounds.add(new Round(made.size(), start, deadline.elapsed().minus(start), pause, outcome,
                kind));
    }

    synchronized int rounds() {
        return rounds.size();
    }

    private synchronized int failuresInARow() {
        return failuresInARow;
    }

    /** The diagnosis of the last round that counts, or null when it worked. */
    synchronized @Nullable Diagnosis lastDiagnosis() {
        Judged one = last == null ? null : judged.get(last);
        return one == null ? null : one.diagnosis();
    }

    /** Waits; true when the series was stopped before or meanwhile. */
    private boolean isStopped(Duration pause) {
        try {
            return stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What is tried. */
    Target target() {
        return target;
    }

    /** How the last round that counts ended. */
    enum Last {
        /** There was none. */
        NONE,
        /** It worked. */
        HEALTHY,
        /** It failed. */
        FAILED
    }

    synchronized Last last() {
        return rounds.isEmpty() ? Last.NONE : last == null ? Last.HEALTHY : Last.FAILED;
    }

    /** No further round is begun. */
    void stop() {
        stopped.countDown();
    }

    /** What is to be reported of it may be taken once: by whoever ends it first. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    /** Whether there is something to tell of a series that is cut off now. */
    synchronized boolean tells() {
        return asked != 1 && !rounds.isEmpty();
    }

    /** The report on what has been seen so far; at least one round has been made. */
    synchronized Report report() {
        return new SeriesReport(maker, startedAt, deadline.elapsed(), judgedBy, asked)
                .of(target, List.copyOf(rounds), List.copyOf(attempts), Map.copyOf(judged), healthy,
                        last);
    }
}
