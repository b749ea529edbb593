package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import probe.advice.Advice;
import probe.advice.Advice.Backoff;
import probe.prober.NameResolution;
import probe.prober.Resolver;
import probe.prober.Watchdog;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;
import probe.report.Concurrency;
import probe.report.Expectation;
import probe.report.JsonReport;
import probe.report.Layout;
import probe.report.ReportReader;
import probe.target.TargetParser;
import probe.testing.ClosedPort;
import probe.testing.Eventually;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.FullBacklog;
import probe.testing.HttpAnswers;
import probe.testing.Moment;
import probe.testing.ValidReport;

/** Rounds on real ports: what a series tells that its last round does not. */
class SeriesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode report(Ran ran) throws Exception {
        String text = ValidReport.check(ran.out());
        StringBuilder again = new StringBuilder();
        JsonReport.write(ReportReader.report(text), again, Layout.ONE_LINE);
        assertEquals(text, again.toString());
        return MAPPER.readTree(text);
    }

    @Test
    void a_wait_whose_pause_nobody_named_grows_slowly_and_within_bounds() {
        Duration second = Duration.ofSeconds(1);
        for (int rounds = 1; rounds < 200; rounds++) {
            Pace.Done done = new Pace.Done(rounds, rounds, null, null);
            Duration pause = Pace.growing(done, second, new Random(rounds));
            double grown = Math.min(10, Math.pow(1.2, Math.max(0, rounds - 10)));
            assertTrue(pause.toNanos() >= 0.9e9 * grown - 1 && pause.toNanos() <= 1.1e9 * grown,
                    rounds + ": " + pause);
        }
    }

    @Test
    void a_target_that_fails_now_and_then_is_flapping_though_its_last_round_worked()
            throws Exception {
        try (FaultServer server = FaultServer.builder()
                .connection(Fault.none())
                .connection(Fault.close(Moment.AFTER_REQUEST))
                .connection(Fault.none())
                .start()) {
            Ran ran = Ran.probe("--attempts", "3", "--interval", "1ms", "--send", "x\\r\\n\\r\\n",
                    "--expect", "HTTP", "--evidence", "none", "127.0.0.1:" + server.port());
            JsonNode report = report(ran);
            assertEquals("flapping", report.at("/series/pattern").textValue(), ran.out());
            assertEquals(1, report.at("/series/failed").intValue());
            assertEquals("failed", report.at("/outcome").textValue());
            assertEquals(ExitCode.SERVER_FAULT, ran.code());
            assertTrue(report.at("/diagnosis/summary")
                    .textValue()
                    .startsWith("1 of 3 attempts failed"), ran.out());
            assertEquals(3, report.at("/attempts").size());
        }
    }

    @Test
    void what_failed_at_first_and_works_since_is_healthy_with_a_warning() throws Exception {
        try (FaultServer server = FaultServer.builder()
                .reply(HttpAnswers.status(503), HttpAnswers.ok("x"))
                .start()) {
            Ran ran = Ran.probe("--attempts", "3", "--interval", "1ms", "--evidence", "none",
                    server.uri("/").toString());
            JsonNode report = report(ran);
            assertEquals("recovered", report.at("/series/pattern").textValue(), ran.out());
            assertEquals(ExitCode.HEALTHY, ran.code());
            assertEquals("recovered", report.at("/warnings/0/code").textValue());
        }
    }

    @Test
    void every_round_that_fails_alike_is_steady_and_looked_into_once() throws Exception {
        try (ClosedPort closed = ClosedPort.open()) {
            Ran ran = Ran.probe("--attempts", "4", "--interval", "1ms",
                    "127.0.0.1:" + closed.port());
            JsonNode report = report(ran);
            assertEquals("steady", report.at("/series/pattern").textValue());
            assertEquals("4 of 4", report.at("/diagnosis/evidence/0/value").textValue());
            assertEquals(4, report.at("/series/rounds").size());
            assertEquals("refused", report.at("/series/rounds/3/kind").textValue());
        }
    }

    @Test
    void a_handshake_that_needed_a_second_syn_is_seen_as_loss_in_a_healthy_series()
            throws Exception {
        try (FullBacklog full = FullBacklog.open()) {
            Thread room = full.makeRoomAfterFirstSyn();
            JsonNode report = report(Ran.probe("--attempts", "2", "--interval", "1ms",
                    "--connect-timeout", "20s", "127.0.0.1:" + full.port()));
            room.join();
            assertEquals(1, report.at("/series/handshakes/late").intValue(), report.toString());
            assertEquals("packet-loss", report.at("/warnings/0/code").textValue(),
                    report.toString());
        }
    }

    @Test
    void a_series_that_the_deadline_cuts_short_says_which_deadline_would_do() throws Exception {
        try (ClosedPort closed = ClosedPort.open()) {
            JsonNode report = report(Ran.probe("--attempts", "50", "--interval", "400ms",
                    "--evidence", "none", "--deadline", "1s", "127.0.0.1:" + closed.port()));
            assertEquals("series-cut-short", report.at("/warnings/0/code").textValue());
            assertTrue(report.at("/series/made").intValue() < 50);
            assertEquals(50, report.at("/series/asked").intValue());
        }
    }

    @Test
    void a_single_attempt_has_no_series() throws Exception {
        try (ClosedPort closed = ClosedPort.open()) {
            assertFalse(report(Ran.probe("127.0.0.1:" + closed.port())).has("series"));
        }
    }

    @Test
    void statistics_stand_in_the_text_form() {
        try (FaultServer server = FaultServer.builder()
                .reply(HttpAnswers.ok("x"))
                .start()) {
            String text = Ran.probe("--attempts", "3", "--interval", "1ms", "--format", "text",
                    server.uri("/").toString()).out();
            assertTrue(text.contains("3 attempts, 0 failed: healthy"), text);
            assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        }
    }

    @Test
    void an_interval_is_a_duration_or_backoff() {
        Ran ran = Ran.probe("--interval", "backof", "127.0.0.1:1");
        assertEquals(ExitCode.USAGE, ran.code());
        assertEquals(1, ran.err().lines().count());
    }

    @Test
    void a_backoff_is_drawn_below_its_growing_bound_and_never_before_the_servers_word() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(5), 3,
                Backoff.BUDGET, "", "", List.of());
        for (int failures = 1; failures < 6; failures++) {
            Duration bound = Duration.ofSeconds(Math.min(5, 1L << (failures - 1)));
            for (int seed = 0; seed < 50; seed++) {
                Duration pause = Pace.pause(new Pace.Done(9, failures, null, advice(backoff, null)),
                        Duration.ZERO, new Random(seed));
                assertTrue(pause.compareTo(bound) <= 0, pause + " > " + bound);
                Duration later = Pace.pause(
                        new Pace.Done(9, failures, null, advice(backoff, Duration.ofMinutes(1))),
                        Duration.ZERO, new Random(seed));
                assertTrue(later.compareTo(Duration.ofMinutes(1)) >= 0, later::toString);
            }
        }
    }

    private static Advice advice(Backoff backoff,
            @org.jspecify.annotations.Nullable Duration after) {
        return new Advice(Advice.Retry.YES, Advice.SafeFor.ANY_METHOD, backoff, after,
                java.util.List.of(), java.util.List.of(), "", new Advice.Reasons("", ""));
    }

    @Test
    void a_signal_in_the_middle_tells_what_was_seen_once() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(new ByteArrayInputStream(new byte[0]), out,
                new ByteArrayOutputStream(), Console.Reader.PROGRAM, Console.Reader.PROGRAM,
                Map.of());
        Settings settings = Settings.defaults()
                .withTimeouts(Timeouts.defaults()
                        .with(TimeoutName.DEADLINE, Setting.ofFlag(Duration.ofMinutes(10))));
        try (ClosedPort closed = ClosedPort.open(); Watchdog watchdog = new Watchdog();
                ReportSink sink = new ReportSink(console, OutputOptions.defaults(), 1,
                        Concurrency.asAsked(1))) {
            NameResolution names = new NameResolution(Resolver.SYSTEM);
            SeriesRun run = new SeriesRun(new TargetRun(settings,
                    new AttemptPlan(names,
                            new RedirectChain(names, _ -> null, InputStream.nullInputStream()),
                            Thread.ofPlatform().daemon().factory()),
                    InstantSource.system(), watchdog, PooledScene.silent()),
                    TargetParser.parse("127.0.0.1:" + closed.port()),
                    probe.diagnosis.Series.JudgedBy.EVERY_ROUND, 1000,
                    Duration.ofMinutes(10));
            Interruption interruption = new Interruption(sink, Expectation.healthy());
            interruption.watch(0, run);
            Thread running = Thread.ofPlatform()
                    .start(() -> run.run(Pace.fixed(1000, Duration.ofMinutes(5))));
            Eventually.holds(() -> run.rounds() > 0, () -> "a first round");
            interruption.end();
            running.join(Duration.ofSeconds(30));
            assertFalse(running.isAlive(), "the pause goes on");
            assertFalse(run.take(), "it can be reported twice");
        }
        String told = out.toString(StandardCharsets.UTF_8);
        assertEquals(1, told.lines().count(), told);
        assertEquals(1, MAPPER.readTree(ValidReport.check(told)).at("/series/made").intValue());
    }
}
