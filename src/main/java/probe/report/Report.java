package probe.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice;
import probe.advice.Adviser;
import probe.attempt.Attempt;
import probe.diagnosis.Diagnoser;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Facts;
import probe.diagnosis.PoolUse;
import probe.diagnosis.Series;
import probe.diagnosis.Warning;
import probe.diagnosis.Warnings;
import probe.evidence.Observation;
import probe.profile.Settings;
import probe.target.Target;

/**
 * Everything about one target.
 *
 * @param target what was asked
 * @param startedAt when the probe began, by the wall clock
 * @param duration how long it took, by the monotonic clock
 * @param diagnosis the fault, or null for a healthy target
 * @param advice what to do about it, or null for a healthy target
 * @param attempts every attempt
 * @param observations what else was learned; those that are controls stand under {@code controls}, those of the
 *     machine under {@code environment}
 * @param warnings what a healthy target should be watched for
 * @param environment the machine
 * @param expectation which outcome the user wants
 * @param series the rounds, where there were several, or null
 * @param pool the use that many requests made of one pool, or null
 */
public record Report(Target target, Instant startedAt, Duration duration,
        @Nullable Diagnosis diagnosis,
        @Nullable Advice advice, List<Attempt> attempts, List<Observation> observations,
        List<Warning> warnings,
        Environment environment, Expectation expectation, @Nullable Series series,
        @Nullable PoolUse pool) {

    /** The version of the format; changed only by breaking it. */
    public static final String SCHEMA = "probe/1";

    /** A report of a target that is wanted healthy. */
    public Report(Target target, Instant startedAt, Duration duration,
            @Nullable Diagnosis diagnosis, @Nullable Advice advice, List<Attempt> attempts,
            List<Observation> observations, List<Warning> warnings, Environment environment) {
        this(target, startedAt, duration, diagnosis, advice, attempts, observations, warnings,
                environment, Expectation.healthy(), null, null);
    }

    /** The same report of a target that is wanted otherwise. */
    public Report expecting(Expectation other) {
        return new Report(target, startedAt, duration, diagnosis, advice, attempts, observations,
                warnings, environment, other, series, pool);
    }

    /** The same report with the rounds that it is made of. */
    public Report of(Series rounds) {
        return new Report(target, startedAt, duration, diagnosis, advice, attempts, observations,
                warnings, environment, expectation, rounds, pool);
    }

    /** The same report of many requests over one pool. */
    public Report using(PoolUse use) {
        return new Report(target, startedAt, duration, diagnosis, advice, attempts, observations,
                warnings, environment, expectation, series, use);
    }

    /** Whether the outcome is one that the user wants. */
    public boolean isAsWanted() {
        return expectation.isMet(diagnosis);
    }

    /**
     * The report on these facts: judged, and with advice if something is wrong. The facts may as well come from a
     * saved report.
     *
     * @param settings what the run went by
     * @param startedAt when it began; what the clock is compared with
     */
    public static Report of(Facts facts, Settings settings, Instant startedAt, Duration duration,
            Environment environment) {
        Diagnosis diagnosis = Diagnoser.diagnose(facts).orElse(null);
        Advice advice = diagnosis == null ? null : Adviser.advise(diagnosis, facts, settings);
        List<Warning> warnings = diagnosis == null ? Warnings.of(facts, startedAt) : List.of();
        return new Report(facts.target(), startedAt, duration, diagnosis, advice, facts.attempts(),
                facts.observations(), warnings, environment);
    }

    /** Whether nothing is wrong. */
    public boolean isHealthy() {
        return diagnosis == null;
    }

    /**
     * The machine that probed.
     *
     * @param os name and version of the kernel
     * @param program version of this program
     * @param kernelEvidence how the kernel could be asked: {@code sock_diag}, {@code proc}, {@code none}
     */
    public record Environment(String os, String program, String kernelEvidence) {}
}
