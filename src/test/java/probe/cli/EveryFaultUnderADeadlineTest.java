package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Kind;
import probe.prober.NameResolution;
import probe.prober.Resolver;
import probe.prober.Watchdog;
import probe.profile.Durations;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;
import probe.report.Report;
import probe.report.ReportReader;
import probe.target.Target;
import probe.target.TargetParser;
import probe.testing.Leaks;
import probe.testing.Needs;
import probe.testing.Prerequisite;
import probe.testing.ValidReport;

/** Nothing hangs and nothing leaks: every fault of the whole suite, under a deadline. */
class EveryFaultUnderADeadlineTest {
    private static final Duration DEADLINE = Duration.ofMillis(600);
    /** What a run may take beyond its deadline: to look at what perishes, to judge and to print. */
    private static final Duration MARGIN = Duration.ofMillis(250);
    /** Most of them wait most of the time. */
    private static final int AT_ONCE = 6;
    /** A busy machine is no defect: what was late among others is run again by itself, so often. */
    private static final int TRIES = 4;

    /** One run of the program: what it took, silence that was asked for not counted, and what it printed. */
    private record Run(Duration took, Ran ran) {}

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES) // half a minute on two free cores
    void each_run_ends_in_time_with_a_valid_report_and_leaves_nothing_behind() throws Exception {
        List<Situation> all = Stream.of(Situations.all(), FaultScenes.all())
                .flatMap(List::stream)
                .toList();
        warmUp(all);
        Leaks before = Leaks.snapshot();
        ConcurrentLinkedQueue<String> defects = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Situation> late = new ConcurrentLinkedQueue<>();
        together(all, situation -> {
            for (Run run : runs(situation)) {
                hold(situation, run, defects);
                if (isLate(run)) {
                    late.add(situation);
                }
            }
        });
        for (Situation situation : late) {
            again(situation, defects);
        }
        assertEquals(List.of(), List.copyOf(defects), () -> String.join("\n", defects));
        before.assertNoneSince();
        assertTrue(all.size() > 300, "only " + all.size() + " faults");
    }

    /** The same for the faults of a machine, each on a machine of its own. */
    @Test
    @Needs(value = {Prerequisite.LINUX, Prerequisite.ROOT, Prerequisite.NETWORK_NAMESPACES},
            commands = {"unshare", "ip", "nft"})
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void each_fault_of_the_machine_or_its_name_servers_too() throws Exception {
        together(NamespaceScenes.all(), NamespaceScenes::underDeadline);
    }

    /** One situation by itself, with all that must hold of it. */
    static void holdAlone(Situation situation) throws Exception {
        ConcurrentLinkedQueue<String> defects = new ConcurrentLinkedQueue<>();
        runs(situation); // loads classes
        Leaks before = Leaks.snapshot();
        List<Run> runs = runs(situation);
        runs.forEach(run -> hold(situation, run, defects));
        if (runs.stream().anyMatch(EveryFaultUnderADeadlineTest::isLate)) {
            again(situation, defects);
        }
        assertEquals(List.of(), List.copyOf(defects), () -> String.join("\n", defects));
        assertFalse(runs.isEmpty(), "nothing was run");
        before.assertNoneSince();
    }

    @Test
    void a_resolver_that_never_answers_holds_up_nobody() throws Exception {
        Target target = TargetParser.parse("tcp://db.shop.test:5432");
        Settings settings = Settings.defaults()
                .withTimeouts(Timeouts.defaults()
                        .with(TimeoutName.DEADLINE, Setting.ofFlag(DEADLINE)));
        CountDownLatch end = new CountDownLatch(1);
        Resolver silent = host -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };
        Leaks before = Leaks.snapshot();
        long began = System.nanoTime();
        try (Watchdog watchdog = new Watchdog()) {
            Report report = new TargetRun(settings,
                    new AttemptPlan(new NameResolution(silent),
                            new RedirectChain(new NameResolution(silent), _ -> null,
                                    InputStream.nullInputStream()),
                            Thread.ofPlatform().daemon().factory()),
                    InstantSource.system(), watchdog, PooledScene.silent()).probe(target);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertEquals(Optional.of(Kind.DEADLINE_EXCEEDED),
                    Optional.ofNullable(report.diagnosis()).map(Diagnosis::kind));
            assertTrue(took.compareTo(DEADLINE.plus(Duration.ofSeconds(5))) < 0, took::toString);
        } finally {
            end.countDown();
        }
        before.assertNoneSince();
    }

    /** Whatever is to be done with each of the situations. */
    private interface Work {
        void on(Situation situation) throws Exception;
    }

    private static void together(List<Situation> all, Work work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> running = new ArrayList<>();
            for (Situation situation : all) {
                running.add(threads.submit(() -> {
                    work.on(situation);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    /** The first runs of a JVM load classes, which is another cost than that of a fault. */
    private static void warmUp(List<Situation> all) throws Exception {
        List<Situation> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 9) {
            some.add(all.get(i));
        }
        together(some, EveryFaultUnderADeadlineTest::runs);
    }

    private static void again(Situation situation, ConcurrentLinkedQueue<String> defects)
            throws Exception {
        for (int i = 1; i < TRIES; i++) {
            List<Run> runs = runs(situation);
            if (runs.stream().noneMatch(EveryFaultUnderADeadlineTest::isLate)) {
                return;
            }
            if (i == TRIES - 1) {
                defects.add(situation.name() + ": took " + runs.getFirst().took()
                        + ", by itself too");
            }
        }
    }

    private static boolean isLate(Run run) {
        return run.took().compareTo(DEADLINE.plus(MARGIN)) > 0;
    }

    /** The runs of the program that a situation is made of, each under the deadline. */
    private static List<Run> runs(Situation situation) throws Exception {
        List<Run> runs = new ArrayList<>();
        ScopedValue.where(Situation.RUNNER, words -> {
            long began = System.nanoTime();
            Ran ran = Ran.probe(underDeadline(words));
            runs.add(new Run(Duration.ofNanos(System.nanoTime() - began)
                    .minus(silence(List.of(words))), ran));
            return ran;
        }).call(() -> situation.scene().report());
        return runs;
    }

    /** A connection that is held silent has the deadline to be made, once more to be used, and to be looked at. */
    private static Duration silence(List<String> words) {
        int idle = words.indexOf("--idle");
        return idle < 0 ? Duration.ZERO
                : Durations.parse(words.get(idle + 1)).plus(DEADLINE.multipliedBy(2));
    }

    /** The words with this deadline in place of any other. */
    private static String[] underDeadline(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        int own = all.indexOf("--deadline");
        if (own >= 0) {
            all.subList(own, own + 2).clear();
        }
        all.addAll(0, List.of("--deadline", DEADLINE.toMillis() + "ms"));
        return all.toArray(String[]::new);
    }

    private static void hold(Situation situation, Run run, ConcurrentLinkedQueue<String> defects) {
        try {
            Ran ran = run.ran();
            assertNotEquals(ExitCode.DEFECT, ran.code(), ran.err());
            assertNotEquals(ExitCode.USAGE, ran.code(), ran.err());
            ValidReport.check(ran.out());
            var diagnosis = ReportReader.report(ran.out()).diagnosis();
            assertEquals(diagnosis == null ? ExitCode.HEALTHY : ran.code(), ran.code());
            assertTrue(diagnosis == null || diagnosis.kind() != Kind.UNCLASSIFIED, ran.out());
            assertTrue(ran.out().indexOf('\u001b') < 0, ran.out());
        } catch (AssertionError | RuntimeException e) {
            defects.add(situation.name() + ": " + e);
        }
    }
}
