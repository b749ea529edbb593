package probe.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice;
import probe.advice.Adviser;
import probe.attempt.Attempt;
import probe.cli.SeriesRun.Judged;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Facts;
import probe.diagnosis.Kind;
import probe.diagnosis.Series;
import probe.diagnosis.Series.JudgedBy;
import probe.diagnosis.Series.Pattern;
import probe.diagnosis.Series.Round;
import probe.diagnosis.SeriesDiagnoser;
import probe.diagnosis.SeriesStatistics;
import probe.diagnosis.Warning;
import probe.diagnosis.Warnings;
import probe.evidence.SynSchedule;
import probe.profile.Durations;
import probe.report.Report;
import probe.target.Target;

/**
 * Makes one report of many rounds.
 *
 * @param maker of the rounds
 * @param startedAt when the first began
 * @param duration of the whole so far
 * @param judgedBy which rounds the outcome goes by
 * @param asked how many rounds were wanted; 0 for as many as it takes
 */
record SeriesReport(TargetRun maker, Instant startedAt, Duration duration, JudgedBy judgedBy,
        int asked) {

    Report of(Target target, List<Round> rounds, List<Attempt> attempts, Map<Kind, Judged> judged,
            @Nullable Facts healthy, @Nullable Kind last) {
        Facts any = healthy != null ? healthy
                : Objects.requireNonNull(judged.get(last)).facts();
        if (asked == 1) {
            return single(target, attempts, any, last == null ? null : judged.get(last));
        }
        Series series = SeriesStatistics.of(asked, judgedBy, rounds, attempts,
                any.observed(SynSchedule.class)
                        .findFirst()
                        .map(SynSchedule::instants)
                        .orElse(List.of()));
        Judged fault = fault(series, judged, last);
        Facts facts = fault == null ? any : fault.facts();
        Diagnosis diagnosis = fault == null ? null
                : judgedBy == JudgedBy.LAST_ROUND ? fault.diagnosis()
                        : SeriesDiagnoser.judge(fault.diagnosis(), facts, series);
        Advice advice = diagnosis == null ? null
                : Adviser.advise(diagnosis, facts, maker.settings(),
                        judgedBy == JudgedBy.EVERY_ROUND ? series : null);
        Report report = new Report(target, startedAt, duration, diagnosis, advice, attempts,
                facts.observations(), warnings(facts, series, diagnosis),
                maker.environment(diagnosis));
        return report.of(series);
    }

    /** A single round is judged as it is; to count it would tell nothing. */
    private Report single(Target target, List<Attempt> attempts, Facts any,
            @Nullable Judged fault) {
        Facts facts = fault == null ? any : fault.facts();
        Diagnosis diagnosis = fault == null ? null : fault.diagnosis();
        return new Report(target, startedAt, duration, diagnosis,
                diagnosis == null ? null : Adviser.advise(diagnosis, facts, maker.settings()),
                attempts, facts.observations(),
                diagnosis == null ? Warnings.of(facts, startedAt) : List.of(),
                maker.environment(diagnosis));
    }

    private @Nullable Judged fault(Series series, Map<Kind, Judged> judged, @Nullable Kind last) {
        if (series.pattern() == Pattern.HEALTHY || series.pattern() == Pattern.RECOVERED
                || judgedBy == JudgedBy.LAST_ROUND && last == null) {
            return null;
        }
        if (judgedBy == JudgedBy.LAST_ROUND) {
            return judged.get(last);
        }
        Kind kind = SeriesDiagnoser.commonest(series).orElseThrow();
        return judged.values()
                .stream()
                .filter(one -> one.diagnosis().kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private List<Warning> warnings(Facts facts, Series series, @Nullable Diagnosis diagnosis) {
        List<Warning> warnings = new ArrayList<>();
        if (diagnosis == null) {
            warnings.addAll(Warnings.of(facts, startedAt));
            SeriesDiagnoser.warning(series, facts).ifPresent(loss -> {
                warnings.removeIf(one -> one.code().equals("syn-retransmitted"));
                warnings.add(loss);
            });
        }
        if (judgedBy == JudgedBy.EVERY_ROUND) {
            SeriesDiagnoser.recovery(series).ifPresent(warnings::add);
        }
        if (judgedBy == JudgedBy.EVERY_ROUND && series.made() < asked) {
            warnings.add(cutShort(series));
        }
        return List.copyOf(warnings);
    }

    /** Says how long the deadline would have to be, by the pace that was kept. */
    private Warning cutShort(Series series) {
        Duration needed = duration.dividedBy(Math.max(1, series.made())).multipliedBy(asked + 1L);
        return new Warning("series-cut-short", series.made() + " of " + asked
                + " attempts were made before the end; --deadline "
                + Durations.format(Duration.ofSeconds(needed.toSeconds() + 1))
                + " would have left time for all, at this pace.");
    }
}
