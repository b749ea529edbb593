package probe.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.Via;
import probe.diagnosis.Confidence;
import probe.diagnosis.Diagnoser;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Facts;
import probe.diagnosis.Given;
import probe.diagnosis.Locus;
import probe.diagnosis.Series;
import probe.diagnosis.Side;
import probe.evidence.SynSchedule;
import probe.profile.Durations;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;

class TimeoutRulesTest {
    private static final SynSchedule LINEAR = new SynSchedule(Stream.of(0, 1, 2, 3, 4, 5, 7, 11, 19)
            .map(Duration::ofSeconds)
            .toList(), Duration.ofSeconds(131));

    /** The advice as {@code name current > suggested}. */
    private static List<String> suggested(Given given, Timeouts timeouts, SynSchedule... schedule) {
        Facts facts = given.facts(schedule);
        return Adviser.advise(Diagnoser.diagnose(facts).orElseThrow(), facts,
                Settings.defaults().withTimeouts(timeouts))
                .timeouts()
                .stream()
                .map(one -> one.name().id() + " " + Durations.format(one.current()) + " > "
                        + Durations.format(one.suggested()))
                .toList();
    }

    private static Timeouts with(TimeoutName name, long millis) {
        Timeouts defaults = Timeouts.defaults();
        Setting<Duration> changed = Setting.ofFlag(Duration.ofMillis(millis));
        return new Timeouts(name == TimeoutName.DNS ? changed : defaults.dns(),
                name == TimeoutName.CONNECT ? changed : defaults.connect(),
                name == TimeoutName.TLS ? changed : defaults.tls(), defaults.connectionRequest(),
                name == TimeoutName.SOCKET ? changed : defaults.socket(),
                name == TimeoutName.DEADLINE ? changed : defaults.deadline());
    }

    private static Given silence(double millis) {
        return Given.target("db.example:5432")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, millis,
                        TimeoutName.CONNECT);
    }

    /** Section 1.5: at least 3.3 s; past a retransmission by two round trips; nothing where it is well placed. */
    @ParameterizedTest
    @CsvSource({"500, 3300ms", "1000, 3300ms", "3000, 3300ms", "3100, 3300ms", "3300, ''",
        "3500, ''", "4000, 4400ms",
        "4100, 4400ms", "5000, 5400ms", "6000, ''", "7000, 7500ms", "10000, ''", "11000, 11600ms"})
    void a_connect_limit_is_moved_past_the_retransmission_that_it_wastes(long current,
            String suggested) {
        assertEquals(suggested.isEmpty() ? List.of()
                : List.of("connect " + Durations.format(Duration.ofMillis(current)) + " > "
                        + suggested),
                suggested(silence((double) current), with(TimeoutName.CONNECT, current), LINEAR));
    }

    @Test
    void an_unknown_schedule_is_the_one_that_every_kernel_keeps_at_least() {
        assertEquals(List.of("connect 7s > 7500ms"),
                suggested(silence(7000), with(TimeoutName.CONNECT, 7000)));
        assertEquals(List.of(), suggested(silence(5000), with(TimeoutName.CONNECT, 5000)));
    }

    @Test
    void no_limit_is_moved_where_the_kernel_gave_up_by_itself() {
        assertEquals(List.of(), suggested(Given.target("db.example:5432")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 131_000, null), Timeouts.defaults(),
                LINEAR));
    }

    @ParameterizedTest
    @CsvSource({"5000, 'dns 5s > 6s'", "6000, ''", "12000, ''"})
    void a_lookup_is_given_the_time_to_turn_to_the_second_server(long current, String expected) {
        Given lookup = Given.target("db.example:5432")
                .at(null)
                .fails(FailureName.TIMED_OUT, Phase.RESOLVE, (double) current, TimeoutName.DNS);
        assertEquals(expected.isEmpty() ? List.of() : List.of(expected),
                suggested(lookup, with(TimeoutName.DNS, current)));
    }

    @ParameterizedTest
    @CsvSource({"50, 'tls 50ms > 1100ms'", "3100, ''"})
    void a_handshake_is_given_four_round_trips_and_one_lost_packet(long current, String expected) {
        Given handshake = Given.handshaking()
                .fails(FailureName.TIMED_OUT, Phase.TLS, (double) current, TimeoutName.TLS);
        assertEquals(expected.isEmpty() ? List.of() : List.of(expected),
                suggested(handshake, with(TimeoutName.TLS, current)));
    }

    @ParameterizedTest
    @CsvSource({"50, 'socket 50ms > 1100ms'", "10000, ''"})
    void a_read_is_given_two_round_trips_and_one_lost_packet_and_no_guess_beyond(long current,
            String expected) {
        Given read = Given.requested()
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD, (double) current,
                        TimeoutName.SOCKET);
        assertEquals(expected.isEmpty() ? List.of() : List.of(expected),
                suggested(read, with(TimeoutName.SOCKET, current)));
    }

    private static Given read(long limit) {
        return Given.requested()
                .http("GET", null)
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_BODY, (double) limit,
                        TimeoutName.SOCKET);
    }

    /** Twice the longest wait that was answered and a second; nothing where that wait was not half of the limit. */
    @ParameterizedTest
    @CsvSource({"1000, 900, 'socket 1s > 2800ms'", "1000, 501, 'socket 1s > 2100ms'",
        "2000, 900, ''", "10000, 4000, ''", "10000, 6000, 'socket 10s > 13s'"})
    void a_silence_limit_leaves_twice_the_longest_wait_that_was_answered(long current, long waited,
            String expected) {
        assertEquals(expected.isEmpty() ? List.of() : List.of(expected),
                suggested(read(current).waited(waited), with(TimeoutName.SOCKET, current)));
    }

    @Test
    void a_series_waits_as_long_as_its_slowest_round() {
        Facts facts = read(2000).facts();
        Series series = new Series(20, 20, 3, Series.Pattern.FLAPPING,
                Series.JudgedBy.EVERY_ROUND, new Series.Handshakes(20, 0, 0),
                List.of(new Series.PhaseStatistics(Via.HTTP_CLIENT, Phase.RESPONSE_HEAD, 20, 3,
                        Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(1700),
                        Duration.ofMillis(1800))),
                List.of());
        assertEquals(List.of(Duration.ofMillis(4600)), Adviser.advise(
                Diagnoser.diagnose(facts).orElseThrow(), facts,
                Settings.defaults().withTimeouts(with(TimeoutName.SOCKET, 2000)), series)
                .timeouts()
                .stream()
                .map(Advice.TimeoutAdvice::suggested)
                .toList());
    }

    /** What is proved to be silent has lost nothing: no number follows from one second more. */
    @Test
    void a_service_that_is_proved_to_be_silent_is_not_waited_for_a_little_longer() {
        Given silent = Given.requested()
                .http("GET", null)
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD, 50, TimeoutName.SOCKET);
        Diagnosis seen = Diagnoser.diagnose(silent.facts()).orElseThrow();
        Settings tight = Settings.defaults().withTimeouts(with(TimeoutName.SOCKET, 50));
        assertEquals(1, Adviser.advise(seen, silent.facts(), tight).timeouts().size());
        Diagnosis proved = new Diagnosis(seen.kind(), seen.phase(), Side.SERVER,
                Locus.REMOTE_SERVICE, Confidence.HIGH, seen.summary(), seen.evidence(), List.of(),
                seen.requestProcessed());
        assertEquals(List.of(), Adviser.advise(proved, silent.facts(), tight).timeouts());
    }

    @Test
    void a_longer_limit_is_not_cut_by_the_deadline() {
        Timeouts tight = with(TimeoutName.SOCKET, 1000).with(TimeoutName.DEADLINE,
                Setting.ofFlag(Duration.ofSeconds(2)));
        assertEquals(List.of("socket 1s > 2800ms", "deadline 2s > 3900ms"),
                suggested(read(1000).waited(900), tight));
    }

    @Test
    void a_deadline_lets_the_phase_reach_its_own_limit() {
        Given cut = Given.target("db.example:5432")
                .ok(Phase.RESOLVE, 1500)
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 500, TimeoutName.DEADLINE);
        assertEquals(List.of("deadline 2s > 5600ms"),
                suggested(cut, with(TimeoutName.DEADLINE, 2000)));
    }

    @Test
    void a_longer_wait_for_a_pool_that_is_too_small_is_no_cure() {
        assertEquals(List.of(), suggested(Given.target("http://web.example/")
                .at(null)
                .fails(FailureName.TIMED_OUT, Phase.LEASE, 3000, TimeoutName.CONNECTION_REQUEST),
                Timeouts.defaults()));
    }
}
