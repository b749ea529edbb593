package probe.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All advice that was followed, counted.
 *
 * @param results of the scenarios
 */
record Loop(List<Result> results) {

    /** The advice for which it holds, as lines of the table. */
    List<String> lines(Predicate<Followed> which) {
        return all(which).map(Loop::line).toList();
    }

    /** How often it holds. */
    long count(Predicate<Followed> which) {
        return all(which).count();
    }

    /** A table for people, with the totals at its end. */
    String text() {
        StringBuilder text = new StringBuilder();
        all(_ -> true).forEach(result -> text.append(line(result)).append('\n'));
        for (Followed.Way way : Followed.Way.values()) {
            text.append("%-12s held in %d of %d%n".formatted(way,
                    count(one -> one.way() == way && one.held()),
                    count(one -> one.way() == way)));
        }
        return text.append("the service had acted: %d, of these called safe for any request: %d%n"
                .formatted(count(one -> one.acted() > 0), count(Followed::isDoneTwice)))
                .toString();
    }

    /** Writes the table. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("followed.txt"), text());
    }

    private Stream<Result> all(Predicate<Followed> which) {
        return results.stream()
                .filter(result -> result.followed() != null && which.test(result.followed()));
    }

    private static String line(Result result) {
        return "%-30s %s".formatted(result.scenario().id(),
                Objects.requireNonNull(result.followed()).line());
    }
}
