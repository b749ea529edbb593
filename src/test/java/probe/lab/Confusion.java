package probe.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import probe.diagnosis.Confidence;

/**
 * All verdicts of a run, counted against the truth.
 *
 * @param results one for each scenario
 */
record Confusion(List<Result> results) {

    /** How many of a hundred are right. */
    double percent(Predicate<Result> right) {
        return results.isEmpty() ? 100
                : 100.0 * results.stream().filter(right).count() / results.size();
    }

    /** The results for which it holds, as lines of the table. */
    List<String> lines(Predicate<Result> which) {
        return results.stream().filter(which).map(Result::line).toList();
    }

    /** A table for people, with the totals at its end. */
    String text() {
        StringBuilder text = new StringBuilder();
        results.forEach(result -> text.append(result.line()).append('\n'));
        return text.append(totals()).toString();
    }

    /** The scenarios in which the client can know. */
    Confusion decidable() {
        return new Confusion(results.stream()
                .filter(result -> result.scenario().truth().decidable())
                .toList());
    }

    private String totals() {
        StringBuilder text = new StringBuilder(
                "%d verdicts: kind %.1f %%, side %.1f %%, locus %.1f %%, repeat %.1f %%%n"
                        .formatted(
                                results.size(), percent(Result::kindIsRight),
                                percent(Result::sideIsRight),
                                percent(Result::locusIsRight), percent(Result::safetyIsRight)));
        for (Confidence confidence : Confidence.values()) {
            Confusion such = new Confusion(results.stream()
                    .filter(result -> result.confidence().equals(confidence.id()))
                    .toList());
            text.append("%-6s side right in %d of %d%n".formatted(confidence.id(),
                    such.results().stream().filter(Result::sideIsRight).count(),
                    such.results().size()));
        }
        text.append("decidable: %d, of these with high: %.1f %%%n".formatted(
                decidable().results().size(), decidable().percent(Result::isHigh)));
        return text.append("wrong with high: %d, high where nobody can know: %d%n".formatted(
                results.stream().filter(Result::isWrongHigh).count(),
                results.stream().filter(Result::isRashHigh).count())).toString();
    }

    /** Writes the table, the same for machines, and the last report of each scenario into a folder. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("confusion.txt"), text());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kindRight", percent(Result::kindIsRight));
        json.put("sideRight", percent(Result::sideIsRight));
        json.put("locusRight", percent(Result::locusIsRight));
        json.put("scenarios", results.stream().map(Result::asMap).toList());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("confusion.json").toFile(), json);
        Path reports = Files.createDirectories(folder.resolve("reports"));
        for (Result result : results) {
            Files.writeString(reports.resolve(result.scenario().id() + ".json"), result.said());
        }
    }
}
