package probe.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How long people wait for a verdict once its failure is there. With several programs side by side it tells of the
 * machine's load; {@code -Dprobe.lab.slots=1} tells of one program.
 *
 * @param results of the scenarios
 */
record Delays(List<Result> results) {

    /** One line for each scenario, the longest delay first. */
    String text() {
        return known().stream()
                .map(result -> "%5d ms  %s".formatted(delay(result).toMillis(), result.line()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The middle one, the last tenth and the longest. */
    String totals() {
        List<Result> known = known();
        return known.isEmpty() ? "no verdict of a failure"
                : "from the failure to the end of the program, its start included: median %d ms, 90 %% %d ms, longest %d ms"
                        .formatted(delay(known.get(known.size() / 2)).toMillis(),
                                delay(known.get(known.size() / 10)).toMillis(),
                                delay(known.getFirst()).toMillis());
    }

    /** Writes the lines, and the totals behind them. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("delays.txt"), text() + totals() + "\n");
    }

    private List<Result> known() {
        return results.stream()
                .filter(result -> result.delay().isPresent())
                .sorted(Comparator.comparing(Delays::delay).reversed())
                .toList();
    }

    private static Duration delay(Result result) {
        return result.delay().orElseThrow();
    }
}
