package probe.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.advice.Advice.Backoff;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.diagnosis.Given;
import probe.evidence.SynSchedule;
import probe.profile.TimeoutName;

class BackoffRuleTest {
    private static Backoff backoff(Given given) {
        return assertNotNullAnd(RetryAndSafetyTest.advise(given.facts()).backoff());
    }

    private static Backoff assertNotNullAnd(@org.jspecify.annotations.Nullable Backoff backoff) {
        assertNotNull(backoff);
        return java.util.Objects.requireNonNull(backoff);
    }

    private static List<Object> numbers(Given given) {
        Backoff backoff = backoff(given);
        return List.of(backoff.initial(), (int) backoff.multiplier(), backoff.max(),
                backoff.maxAttempts());
    }

    @Test
    void nothing_is_spaced_where_a_repeat_does_not_help() {
        assertNull(RetryAndSafetyTest.advise(Given.answered(404).facts()).backoff());
    }

    @Test
    void after_silence_the_first_pause_is_the_kernels_own() {
        Given silence = Given.target("db.example:5432")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT);
        assertEquals(List.<Object>of(Duration.ofSeconds(1), 2, Duration.ofSeconds(10), 3),
                numbers(silence));
        SynSchedule slow = new SynSchedule(List.of(Duration.ZERO, Duration.ofSeconds(3)),
                Duration.ofSeconds(9));
        assertEquals(Duration.ofSeconds(3), assertNotNullAnd(
                RetryAndSafetyTest.advise(silence.facts(slow)).backoff()).initial());
    }

    @ParameterizedTest
    @CsvSource({"20, 200", "100, 400", "900, 1000"})
    void after_an_end_the_first_pause_is_four_round_trips_within_bounds(double trip, long initial) {
        Given reset = Given.target("http://web.example/")
                .ok(Phase.CONNECT, trip)
                .bytes(100, null, 0)
                .fails(FailureName.RESET, Phase.RESPONSE_HEAD, 20, null);
        assertEquals(Duration.ofMillis(initial), backoff(reset).initial());
    }

    @Test
    void a_pause_that_the_server_asks_for_is_the_first_and_never_cut() {
        assertEquals(List.<Object>of(Duration.ofMinutes(2), 2, Duration.ofMinutes(2), 5),
                numbers(Given.answered(503, "Retry-After: 120")));
        assertEquals(List.<Object>of(Duration.ofSeconds(2), 2, Duration.ofSeconds(20), 5),
                numbers(Given.answered(503, "Retry-After: 2")));
    }

    @Test
    void ports_come_back_after_time_wait() {
        assertEquals(List.<Object>of(Duration.ofSeconds(15), 2, Duration.ofSeconds(60), 5),
                numbers(Given
                        .target("db.example:5432")
                        .fails(FailureName.ADDRESS_UNAVAILABLE, Phase.CONNECT, 0.3, null)));
    }
}
