package probe.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import probe.attempt.Attempt;
import probe.diagnosis.Facts;
import probe.diagnosis.Kind;
import probe.evidence.KernelAccess;
import probe.evidence.collect.Gatherer;
import probe.prober.Deadline;
import probe.prober.Destination;
import probe.prober.HttpPool;
import probe.prober.HttpProber;
import probe.prober.ProbeContext;
import probe.prober.Ticker;
import probe.prober.Watchdog;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.Timeouts;
import probe.report.JsonReport;
import probe.report.Layout;
import probe.report.Report;
import probe.report.SavedSettings;
import probe.target.Target;
import probe.target.TargetParser;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.HttpAnswers;
import probe.testing.Moment;

/**
 * Two requests over one pool of one connection, as an application makes them; the program itself has a pool for each
 * attempt, so these situations are brought about with its library.
 */
final class PooledScene {
    private static final Duration SHORT = Duration.ofMillis(300);

    private PooledScene() {}

    static List<Situation> all() {
        return List.of(
                new Situation("pool-exhausted", Kind.CONNECTION_REQUEST_TIMEOUT,
                        PooledScene::exhausted),
                new Situation("pooled-connection-gone-stale", Kind.EMPTY_REPLY,
                        PooledScene::stale));
    }

    /** The only connection waits for a server that does not answer, while a second request asks for it. */
    private static String exhausted() throws Exception {
        try (HttpPool pool = new HttpPool(1)) {
            Thread first;
            String report;
            try (FaultServer server = FaultServer.start(Fault.stall(Moment.AFTER_REQUEST))) {
                first = Thread.ofVirtual().start(() -> attempt(server, pool, limits -> limits));
                server.awaitRequests(1);
                report = report(server, pool, limits -> new Timeouts(limits.dns(), limits.connect(),
                        limits.tls(), Setting.ofFlag(SHORT), limits.socket(), limits.deadline()));
            }
            first.join();
            return report;
        }
    }

    /** The server said keep-alive and closed all the same; the second request finds out. */
    private static String stale() throws Exception {
        try (FaultServer server = FaultServer.builder()
                .reply(HttpAnswers.keepAliveThenClose("hello\n"))
                .start();
                HttpPool pool = new HttpPool(1)) {
            Attempt first = attempt(server, pool, limits -> limits);
            assertTrue(first.succeeded(), first.toString());
            server.awaitFinished(1);
            return report(server, pool, limits -> limits);
        }
    }

    private static Attempt attempt(FaultServer server, HttpPool pool,
            UnaryOperator<Timeouts> limits) {
        Settings settings = Settings.defaults().withTimeouts(limits.apply(Timeouts.defaults()));
        try (Watchdog watchdog = new Watchdog();
                Gatherer gatherer = new Gatherer(target(server), settings)) {
            return new HttpProber().withPool(pool)
                    .attempt(
                            new Destination(target(server), server.address().getAddress(),
                                    server.port(), null),
                            new ProbeContext(settings,
                                    Deadline.start(Ticker.SYSTEM, settings.timeouts()), watchdog,
                                    new KernelListener(target(server), gatherer, silent())));
        }
    }

    /** Says nothing to anybody. */
    static Narrator silent() {
        return new Narrator(new Console(InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(), Console.Reader.PROGRAM, Console.Reader.PROGRAM,
                Map.of()), OutputOptions.Talk.QUIET);
    }

    private static Target target(FaultServer server) {
        return TargetParser.parse(server.uri("/").toString());
    }

    /** The second request, and what the program makes of it. */
    private static String report(FaultServer server, HttpPool pool, UnaryOperator<Timeouts> limits)
            throws IOException {
        Instant startedAt = Instant.now();
        long began = System.nanoTime();
        Facts facts = new Facts(target(server), List.of(attempt(server, pool, limits)), List.of());
        Duration duration = Duration.ofNanos(System.nanoTime() - began);
        StringBuilder json = new StringBuilder();
        JsonReport.write(Report.of(facts, SavedSettings.of(facts), startedAt, duration,
                Machine.environment(KernelAccess.NONE)), json, Layout.ONE_LINE);
        return json.toString();
    }
}
