package probe.lab;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import probe.testing.Needs;
import probe.testing.Prerequisite;

/**
 * The verdicts on faults that were really made.
 *
 * <p>{@code -Dprobe.lab.repetitions=5} runs everything five times, {@code -Dprobe.lab.evidence=none} without
 * evidence, {@code -Dprobe.lab.only=id,id} these scenarios alone. The table is in {@code target/lab}.
 */
@Needs(value = {Prerequisite.LINUX, Prerequisite.ROOT, Prerequisite.NETWORK_NAMESPACES,
    Prerequisite.PACKAGED}, commands = {"ip", "nft", "setpriv", "ss", "sysctl"})
class FaultLaboratoryIT {
    private static final String EVIDENCE = System.getProperty("probe.lab.evidence", "normal");

    /** As many sides of a hundred are right at least, measured with room for a busy machine. */
    private static final int LEAST_SIDES = EVIDENCE.equals("normal") ? 85 : 50;
    private static final int LEAST_HIGH = EVIDENCE.equals("normal") ? 65 : 0;
    private static final int LEAST_KINDS = EVIDENCE.equals("normal") ? 90 : 50;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void nothing_wrong_is_said_with_certainty_and_most_is_right() throws IOException {
        Confusion confusion = new Confusion(Laboratory.run(scenarios(), EVIDENCE,
                Integer.getInteger("probe.lab.repetitions", 1)));
        confusion.write(Path.of(Objects.requireNonNull(System.getProperty("probe.home")))
                .resolveSibling("lab"));
        System.out.println(confusion.text());
        assertAll(() -> assertEquals(List.of(), confusion.lines(Result::isWrongHigh)),
                () -> assertEquals(List.of(), confusion.lines(Result::isRashHigh)),
                () -> assertEquals(List.of(), confusion.lines(result -> result.report() == null)),
                () -> assertTrue(
                        confusion.decidable().percent(Result::isHigh) >= LEAST_HIGH,
                        confusion::text),
                () -> assertTrue(confusion.percent(Result::sideIsRight) >= LEAST_SIDES,
                        confusion::text),
                () -> assertTrue(confusion.percent(Result::kindIsRight) >= LEAST_KINDS,
                        confusion::text));
    }

    private static List<Scenario> scenarios() {
        String only = System.getProperty("probe.lab.only", "");
        List<String> wanted = List.of(only.split(","));
        return Scenarios.all()
                .stream()
                .filter(scenario -> only.isEmpty() || wanted.contains(scenario.id()))
                .toList();
    }
}
