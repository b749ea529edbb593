import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whole processes, timed from outside; taken in turns, so that whatever else the machine does hits all of them alike. */
final class Runs {
    /** A ratio of medians says nothing where the middle half of the runs lies further apart than this. */
    static final double WIDEST = 0.25;
    private static final int WARM_UP = 2;
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, which Linux has everywhere

    private final Map<String, List<String>> commands = new LinkedHashMap<>();
    private final Map<String, List<Double>> walls = new LinkedHashMap<>();
    private final Map<String, Double> processor = new LinkedHashMap<>();

    /** A command, if its program is there. */
    Runs add(String name, String... command) {
        if (Files.isExecutable(Path.of(command[0]))) {
            commands.put(name, List.of(command));
        }
        return this;
    }

    /** Runs each so many times, after a warm-up. */
    Runs make(int times) throws IOException, InterruptedException {
        for (int i = -WARM_UP; i < times; i++) {
            for (var one : commands.entrySet()) {
                double before = childrenSeconds();
                double wall = wall(one.getValue());
                double cpu = childrenSeconds() - before;
                if (i >= 0) {
                    walls.computeIfAbsent(one.getKey(), name -> new ArrayList<>()).add(wall);
                    processor.merge(one.getKey(), cpu / times, Double::sum);
                }
            }
        }
        return this;
    }

    static double wall(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        process.waitFor();
        return (System.nanoTime() - start) / 1e9;
    }

    /** What all children that have ended have used, user and system (proc(5): cutime and cstime). */
    private static double childrenSeconds() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/self/stat")).replaceFirst(".*\\) ", "").trim().split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
    }

    private static double quantile(List<Double> values, double share) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
    }

    double median(String name) {
        return quantile(walls.get(name), 0.5);
    }

    boolean isSteady(String name) {
        List<Double> values = walls.get(name);
        return quantile(values, 0.75) - quantile(values, 0.25) <= WIDEST * median(name);
    }

    /** Lines of a table: median, middle half, processor time, ratio to the first command, and what was aimed at. */
    String table(Map<String, String> goals) {
        String first = walls.keySet().iterator().next();
        StringBuilder text = new StringBuilder("| run | median | middle half | processor | ratio | goal |\n"
                + "|---|---|---|---|---|---|\n");
        for (String name : walls.keySet()) {
            String ratio = isSteady(name) && isSteady(first)
                    ? format("%.1f ×", median(name) / median(first))
                    : "spread too wide";
            text.append(format("| %s | %.0f ms | %.0f to %.0f ms | %.0f ms | %s | %s |%n", name, 1e3 * median(name),
                    1e3 * quantile(walls.get(name), 0.25), 1e3 * quantile(walls.get(name), 0.75),
                    1e3 * processor.get(name), ratio, goals.getOrDefault(name, "")));
        }
        return text.toString();
    }

    static String format(String form, Object... arguments) {
        return String.format(Locale.ROOT, form, arguments);
    }

    /** The largest resident memory of a run, in MiB: looked at until it ends. */
    static double peakMebibytes(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        double peak = 0;
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        while (process.isAlive()) {
            try {
                peak = Math.max(peak, Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                        .findFirst().orElse(0));
            } catch (IOException ended) {
                break;
            }
            Thread.sleep(1);
        }
        process.waitFor();
        return peak;
    }

    static String machine() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name")).map(line -> line.replaceFirst(".*: ", ""))
                .findFirst().orElse("processor unknown");
        return format("%d × %s, Linux %s, Java %s, load %s", Runtime.getRuntime().availableProcessors(), model,
                System.getProperty("os.version"), Runtime.version(),
                Arrays.asList(Files.readString(Path.of("/proc/loadavg")).split(" ")).getFirst());
    }
}
