package probe.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import probe.report.Report;
import probe.report.ReportFormatException;
import probe.report.ReportReader;

/** Slots side by side, which take scenarios from one queue. Waiting dominates: there are more slots than processors. */
final class Laboratory {
    private static final int SLOTS = Integer.getInteger("probe.lab.slots", 6);
    private static final List<String> LIMITS = List.of("--socket-timeout=1s",
            "--tls-timeout=3s",
            "--dns-timeout=2500ms");

    private final Queue<Scenario> queue;
    private final Path folder;
    private final String evidence;
    /** Whether the advice is followed, too. */
    private final boolean follows;

    private Laboratory(Queue<Scenario> queue, Path folder, String evidence) {
        this.queue = queue;
        this.folder = folder;
        this.evidence = evidence;
        this.follows = evidence.equals("normal");
    }

    /** The verdicts, in the order of the scenarios. */
    static List<Result> run(List<Scenario> scenarios, String evidence, int repetitions)
            throws IOException {
        Queue<Scenario> queue = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < repetitions; i++) {
            queue.addAll(scenarios);
        }
        Path folder = Files.createTempDirectory("probe-lab");
        try {
            Shell.script("chmod 755 %1$s; cp -a %2$s %1$s/probe".formatted(folder,
                    Objects.requireNonNull(System.getProperty("probe.home"))));
            List<Result> results = new Laboratory(queue, folder, evidence).work(
                    Math.min(SLOTS, queue.size()));
            results.sort(Comparator.comparingInt(result -> scenarios.indexOf(result.scenario())));
            return results;
        } finally {
            Shell.run(List.of("rm", "-r", folder.toString()));
        }
    }

    private List<Result> work(int slots) {
        List<Result> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(slots)) {
            List<Future<List<Result>>> futures = new ArrayList<>();
            for (int i = 0; i < slots; i++) {
                int number = i;
                futures.add(executor.submit(() -> serve(number)));
            }
            for (Future<List<Result>> future : futures) {
                results.addAll(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<Result> serve(int number) {
        List<Result> results = new ArrayList<>();
        Path root = folder.resolve("root" + number + ".pem");
        try (Slot slot = new Slot(number, root)) {
            slot.awaitFixtures();
            for (Scenario next = queue.poll(); next != null; next = queue.poll()) {
                results.add(probe(slot, next, root));
            }
        }
        return results;
    }

    private Result probe(Slot slot, Scenario scenario, Path root) {
        List<String> words = program(scenario.arguments(), root);
        words.addAll(scenario.arguments());
        if (!words.contains("--evidence=deep") || !evidence.equals("normal")) {
            words.removeIf(word -> word.startsWith("--evidence="));
            words.add("--evidence=" + evidence);
        }
        try {
            long acted = slot.acted();
            slot.arrange(scenario);
            long began = System.nanoTime();
            String said = slot.client(scenario, words);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Report report = read(said);
            Followed followed = report == null || report.advice() == null || !follows ? null
                    : new Follower(slot, scenario, acted, given -> program(given, root))
                            .follow(report, report.advice());
            return new Result(scenario, report, said, took, followed);
        } finally {
            slot.tidy(scenario);
        }
    }

    private List<String> program(List<String> arguments, Path root) {
        List<String> words = new ArrayList<>(List.of(folder.resolve("probe/bin/probe").toString()));
        LIMITS.stream()
                .filter(limit -> arguments.stream()
                        .noneMatch(
                                word -> word.startsWith(limit.substring(0, limit.indexOf('=')))))
                .forEach(words::add);
        if (arguments.stream().noneMatch(word -> word.startsWith("--deadline"))) {
            words.add("--deadline=8s");
        }
        words.add("--cacert=" + root);
        return words;
    }

    private static @Nullable Report read(String said) {
        try {
            return ReportReader.report(said);
        } catch (ReportFormatException e) {
            System.out.println(e.getMessage() + ": " + said);
            return null;
        }
    }
}
