package probe.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import probe.attempt.Attempt;
import probe.prober.Watchdog;
import probe.report.Report;

/** The run itself, in a JVM of its own with little memory: {@code Fuzz SEED FIRST COUNT}. */
public final class Fuzz {
    /** A run in which this many cases went wrong has said enough. */
    private static final int MOST_DEFECTS = 20;
    /** A server's port is left after so many cases, before its closed connections get in the way of new ones. */
    private static final int CASES_A_PORT = 4_000;

    /** The first cases make certificates, and a machine may be busy: what is slow is slow again. */
    private static final int TRIES = 3;

    private final long seed;
    private final int end;
    private final AtomicInteger next;
    private final List<String> defects = new ArrayList<>();
    private final Map<String, Integer> seen = new TreeMap<>();
    private long slowestMillis;

    private Fuzz(long seed, int first, int count) {
        this.seed = seed;
        this.next = new AtomicInteger(first);
        this.end = first + count;
    }

    /** Exit code 0 when every case went as it must, 1 when one did not. */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Fuzz fuzz = new Fuzz(Long.parseLong(args[0]), Integer.parseInt(args[1]),
                Integer.parseInt(args[2]));
        fuzz.run(Math.max(2, Runtime.getRuntime().availableProcessors()));
        fuzz.print(out);
        System.exit(fuzz.defects.isEmpty() ? 0 : 1);
    }

    private void run(int workers) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            threads.add(Thread.ofPlatform().name("fuzz-" + i).start(this::work));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void work() {
        int number = next.getAndIncrement();
        try (Watchdog watchdog = new Watchdog()) {
            while (number < end && goesOn()) {
                try (AnsweringServer server = new AnsweringServer()) {
                    for (int i = 0; i < CASES_A_PORT && number < end && goesOn(); i++) {
                        one(number, server, watchdog);
                        number = next.getAndIncrement();
                    }
                }
            }
        } catch (IOException | InterruptedException e) {
            note("the run itself: " + e);
        }
    }

    private synchronized boolean goesOn() {
        return defects.size() < MOST_DEFECTS;
    }

    private void one(int number, AnsweringServer server, Watchdog watchdog)
            throws InterruptedException {
        FuzzCase fuzzCase = new FuzzCase(seed, number);
        String name = "case " + number + " (" + fuzzCase.family() + ") ";
        try {
            Report report = fuzzCase.run(server, watchdog);
            for (int i = 1; i < TRIES && Scrutiny.isLate(report); i++) {
                report = new FuzzCase(seed, number).run(server, watchdog);
            }
            count(fuzzCase.family(), report);
            Scrutiny.defects(report, number).forEach(defect -> note(name + defect));
        } catch (IOException | RuntimeException | Error e) {
            StackTraceElement[] trace = e.getStackTrace();
            note(name + "threw " + e + (trace.length == 0 ? "" : " at " + trace[0]));
        }
    }

    private synchronized void note(String defect) {
        defects.add(defect);
    }

    private synchronized void count(Family family, Report report) {
        seen.merge("all", 1, Integer::sum);
        seen.merge("family " + family, 1, Integer::sum);
        seen.merge("kind " + (report.diagnosis() == null ? "healthy"
                : report.diagnosis().kind().id()), 1, Integer::sum);
        slowestMillis = Math.max(slowestMillis, report.duration().toMillis());
        for (Attempt attempt : report.attempts()) {
            if (attempt.failure() != null) {
                seen.merge("failure " + attempt.failure().name().id(), 1, Integer::sum);
            }
        }
    }

    private void print(PrintStream out) {
        seen.forEach((what, count) -> out.println(what + ": " + count));
        out.println("slowest: " + slowestMillis + " ms");
        out.println("heap: " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB at most");
        defects.forEach(defect -> out.println("DEFECT " + defect));
    }
}
