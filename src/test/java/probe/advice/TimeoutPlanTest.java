package probe.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import probe.advice.TimeoutPlan.Timer;
import probe.attempt.Phase;
import probe.diagnosis.Facts;
import probe.diagnosis.Given;
import probe.diagnosis.Kind;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;

class TimeoutPlanTest {
    /** Linux 6.5 and later, as measured (section 1.5 of the experiments). */
    private static final List<Duration> LINEAR = millis(0, 1024, 2048, 3072, 4096, 5120, 7136,
            11_232);
    /** Linux before. */
    private static final List<Duration> DOUBLING = millis(0, 1024, 3040, 7136, 15_328);

    private static List<Duration> millis(long... instants) {
        return java.util.Arrays.stream(instants).mapToObj(Duration::ofMillis).toList();
    }

    private static TimeoutPlan plan(Given given, List<Duration> instants, Timeouts timeouts) {
        Facts facts = given.facts();
        return TimeoutPlan.of(facts.target(), new Measured(facts.attempts(), instants),
                Settings.defaults().withTimeouts(timeouts), new PoolLoad(5, 20));
    }

    private static Timer timer(TimeoutPlan plan, TimeoutName name) {
        return plan.timers().stream().filter(one -> one.name() == name).findFirst().orElseThrow();
    }

    private static Given page(double trip, double firstByte) {
        return Given.target("http://web.example/")
                .ok(Phase.RESOLVE, 12)
                .ok(Phase.CONNECT, trip)
                .ok(Phase.REQUEST, 1)
                .ok(Phase.RESPONSE_HEAD, firstByte)
                .ok(Phase.RESPONSE_BODY, 29)
                .waited((long) firstByte)
                .http("GET", 200);
    }

    /** Past the fourth SYN of a new kernel and the third of an old one, by two round trips, and never below 3.3 s. */
    @ParameterizedTest
    @CsvSource({"20, true, 3300", "300, true, 3800", "20, false, 3300", "300, false, 3800"})
    void the_connect_limit_follows_from_this_kernels_schedule_and_the_round_trip(double trip,
            boolean linear, long suggested) {
        TimeoutPlan plan = plan(page(trip, 20), linear ? LINEAR : DOUBLING, Timeouts.defaults());
        assertEquals(Duration.ofMillis(suggested), timer(plan, TimeoutName.CONNECT).suggested());
    }

    @Test
    void the_folklore_of_threes_is_answered_with_this_kernels_instants() {
        assertEquals(List.of("3 s: 3 SYNs, the last at 2 s; it ends 72 ms before the next",
                "6 s: 6 SYNs, the last at 5.1 s; it ends 1.1 s before the next",
                "9 s: 7 SYNs, the last at 7.1 s; it ends 2.2 s before the next"),
                plan(page(20, 20), LINEAR, Timeouts.defaults()).threes());
        assertEquals("3 s: 2 SYNs, the last at 1 s; it ends 40 ms before the next",
                plan(page(20, 20), DOUBLING, Timeouts.defaults()).threes().getFirst());
    }

    @Test
    void a_silence_limit_follows_from_the_longest_first_byte_and_a_deadline_from_the_sum() {
        TimeoutPlan plan = plan(page(20, 450), LINEAR, Timeouts.defaults());
        assertEquals(Duration.ofMillis(1900), timer(plan, TimeoutName.SOCKET).suggested());
        // 6 s lookup, 1.5 s lease (three turns of half a second), 3.3 s connect, 1.9 s silence, 29 ms body
        assertEquals(Duration.ofMillis(1500),
                timer(plan, TimeoutName.CONNECTION_REQUEST).suggested());
        assertEquals(Duration.ofMillis(12_800), timer(plan, TimeoutName.DEADLINE).suggested());
    }

    @Test
    void what_was_not_measured_is_not_suggested() {
        TimeoutPlan plan = plan(Given.connected(), LINEAR, Timeouts.defaults());
        assertEquals(null, timer(plan, TimeoutName.SOCKET).suggested());
        assertEquals(null, timer(plan, TimeoutName.TLS).suggested());
        assertEquals("not in play for this target", timer(plan, TimeoutName.DNS).because());
    }

    @Test
    void a_deadline_that_comes_first_is_what_would_be_reported() {
        TimeoutPlan usual = plan(page(20, 20), LINEAR, Timeouts.defaults());
        assertEquals(TimeoutName.CONNECT, usual.first());
        assertEquals(Kind.CONNECT_TIMEOUT, timer(usual, TimeoutName.CONNECT).reportedAs());
        TimeoutPlan cut = plan(page(20, 20), LINEAR, Timeouts.defaults()
                .with(TimeoutName.DEADLINE, Setting.ofFlag(Duration.ofSeconds(2))));
        assertEquals(TimeoutName.DEADLINE, cut.first());
        assertEquals(Kind.DEADLINE_EXCEEDED, timer(cut, TimeoutName.CONNECT).reportedAs());
    }

    @ParameterizedTest
    @CsvSource({"5, 20, 100, 300, 50", "5, 5, 100, 100, 50", "1, 10, 1000, 9000, 1"})
    void the_wait_for_a_lease_is_littles_law(int size, int concurrency, long service, long wait,
            long throughput) {
        PoolLoad load = new PoolLoad(size, concurrency);
        assertEquals(Duration.ofMillis(wait), load.longestWait(Duration.ofMillis(service)));
        assertEquals(throughput, Math.round(load.throughput(Duration.ofMillis(service))));
    }

    @ParameterizedTest
    @EnumSource(TimeoutName.class)
    void every_limit_has_a_name_in_every_client_or_says_that_there_is_none(TimeoutName name) {
        assertEquals(List.of("profile", "httpclient5", "curl", "requests", "go", "node"),
                Equivalents.of(name).stream().map(Equivalents.Equivalent::client).toList());
        assertTrue(Stream.of(Equivalents.of(name).getFirst().setting())
                .allMatch(setting -> setting.equals("timeouts." + name.id())));
        assertTrue(Equivalents.of(name)
                .stream()
                .noneMatch(one -> Objects.requireNonNull(one.setting()).isBlank()));
    }
}
