package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.attempt.Attempt;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.diagnosis.Series.Handshakes;
import probe.diagnosis.Series.JudgedBy;
import probe.diagnosis.Series.Pattern;
import probe.diagnosis.Series.PhaseStatistics;
import probe.diagnosis.Series.Round;
import probe.diagnosis.Series.RoundOutcome;
import probe.evidence.SynSchedule;
import probe.profile.TimeoutName;

class SeriesStatisticsTest {
    private static final SynSchedule LINEAR = new SynSchedule(Stream.of(0, 1024, 2048, 3072)
            .map(Duration::ofMillis)
            .toList(), Duration.ofSeconds(131));

    private static Facts facts(Given given) {
        return given.facts(LINEAR);
    }

    private static Facts works(double millis) {
        return facts(Given.target("db.example:5432").ok(Phase.CONNECT, millis));
    }

    private static Facts silent() {
        return facts(Given.target("db.example:5432")
                .limit(TimeoutName.CONNECT, 1000)
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 1000, TimeoutName.CONNECT));
    }

    private static Facts refused() {
        return facts(Given.target("db.example:5432")
                .fails(FailureName.REFUSED, Phase.CONNECT, 20, null));
    }

    private static Round round(Facts facts, RoundOutcome outcome) {
        Attempt attempt = facts.attempts().getFirst();
        return new Round(1, Duration.ZERO, Duration.ofMillis(1), Duration.ZERO, outcome,
                outcome != RoundOutcome.FAILED ? null
                        : Diagnoser.kindOf(facts, attempt).orElseThrow());
    }

    private static Series series(List<Facts> rounds) {
        List<Attempt> attempts = new ArrayList<>();
        List<Round> all = new ArrayList<>();
        for (Facts one : rounds) {
            attempts.addAll(one.attempts());
            all.add(round(one, one.attempts().getFirst().succeeded() ? RoundOutcome.HEALTHY
                    : RoundOutcome.FAILED));
        }
        return SeriesStatistics.of(rounds.size(), JudgedBy.EVERY_ROUND, all, attempts,
                LINEAR.instants());
    }

    private static List<Facts> rounds(String letters) {
        return letters.chars()
                .mapToObj(letter -> switch (letter) {
                    case 'o' -> works(20);
                    case 'l' -> works(1044);
                    case 's' -> silent();
                    case 'r' -> refused();
                    default -> throw new IllegalArgumentException(letters);
                })
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"ooo, HEALTHY", "sss, STEADY", "srs, CHANGING", "sso, RECOVERED", "oss, BROKE",
        "oso, FLAPPING", "sos, FLAPPING"})
    void a_pattern_is_told_by_the_order_of_the_rounds(String letters, Pattern pattern) {
        assertEquals(pattern, series(rounds(letters)).pattern());
    }

    @Test
    void phases_are_counted_and_timed_over_those_that_worked() {
        List<Facts> rounds = new ArrayList<>();
        for (int millis = 1; millis <= 20; millis++) {
            rounds.add(works(millis));
        }
        rounds.add(silent());
        PhaseStatistics connect = series(rounds).phases()
                .stream()
                .filter(one -> one.phase() == Phase.CONNECT)
                .findFirst()
                .orElseThrow();
        assertEquals(21, connect.count());
        assertEquals(1, connect.failed());
        assertEquals(Duration.ofMillis(1), connect.min());
        assertEquals(Duration.ofNanos(10_500_000), connect.median());
        assertEquals(Duration.ofMillis(19), connect.p95());
        assertEquals(Duration.ofMillis(20), connect.max());
    }

    @Test
    void a_phase_that_never_worked_has_no_times() {
        PhaseStatistics connect = series(rounds("ss")).phases()
                .stream()
                .filter(one -> one.phase() == Phase.CONNECT)
                .findFirst()
                .orElseThrow();
        assertEquals(2, connect.failed());
        assertEquals(null, connect.median());
    }

    @Test
    void a_round_that_was_cut_short_counts_for_nothing() {
        List<Attempt> attempts = new ArrayList<>(works(20).attempts());
        attempts.addAll(silent().attempts());
        Series series = SeriesStatistics.of(2, JudgedBy.EVERY_ROUND,
                List.of(round(works(20), RoundOutcome.HEALTHY),
                        round(silent(), RoundOutcome.CUT)),
                attempts, LINEAR.instants());
        assertEquals(1, series.made());
        assertEquals(0, series.failed());
        assertEquals(new Handshakes(1, 0, 0), series.handshakes());
    }

    /** The sentence that the issue asks for. */
    @Test
    void silence_among_answers_is_loss_that_a_short_limit_turns_into_errors() {
        Series series = series(rounds("oosooooooosooooosooo"));
        Diagnosis verdict = SeriesDiagnoser.judge(Diagnoser.diagnose(silent()).orElseThrow(),
                silent(), series);
        assertTrue(verdict.summary().contains("3 of 20 attempts failed (3 × connect-timeout)"),
                verdict.summary());
        assertTrue(verdict.summary().contains("about 15 % loss (95 % interval 5 to 36 %)"),
                verdict.summary());
        assertEquals(Locus.PATH, verdict.locus());
        assertTrue(verdict.confidence() != Confidence.HIGH);
        assertTrue(!verdict.alternatives().isEmpty());
    }

    @Test
    void a_healthy_series_with_late_handshakes_warns_of_loss() {
        Series series = series(rounds("oooloooooo"));
        Warning warning = SeriesDiagnoser.warning(series, works(20)).orElseThrow();
        assertEquals("packet-loss", warning.code());
        assertTrue(warning.text()
                .startsWith("1 of 10 handshakes needed a SYN retransmission:"
                        + " about 10 % loss"),
                warning.text());
    }

    @ParameterizedTest
    @CsvSource({"sso", "oss", "sss", "rrr", "ooo"})
    void a_stretch_of_silence_at_one_end_is_no_loss_rate(String letters) {
        assertTrue(SeriesDiagnoser.warning(series(rounds(letters)), works(20)).isEmpty());
    }

    @Test
    void the_commonest_kind_is_judged_and_the_later_one_of_two() {
        assertEquals(Kind.CONNECT_TIMEOUT,
                SeriesDiagnoser.commonest(series(rounds("srs"))).orElseThrow());
        assertEquals(Kind.REFUSED, SeriesDiagnoser.commonest(series(rounds("sr"))).orElseThrow());
    }
}
