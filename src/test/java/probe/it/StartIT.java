package probe.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import probe.testing.ClosedPort;
import probe.testing.FaultServer;
import probe.testing.Needs;
import probe.testing.Prerequisite;
import probe.testing.ValidReport;

/**
 * What a start loads and opens, so that it does not rot unseen. Counts and not times, as those depend on the machine;
 * {@code src/bench} measures times.
 */
@Needs(value = {Prerequisite.PACKAGED, Prerequisite.LINUX}, commands = "bash")
class StartIT {
    /** All in the record, whether a run uses them or not: the JVM loads them at once, for 15 to 20 µs each. */
    private static final int LOADED = 5_200;
    /** Those that are not in the record, which cost ten to a hundred times as much: by far most used to be. */
    private static final int NOT_RECORDED = 12;
    /** The same, where the system calls are linked, which no record holds. */
    private static final int NOT_RECORDED_WITH_CALLS = 60;
    /** Streams, the runtime's files and one jar take ten; a shell needs one above ten. */
    private static final int DESCRIPTORS = 12;

    @Test
    void the_version_comes_from_the_record(@TempDir Path folder) throws IOException {
        check(loads(folder, "--version"), NOT_RECORDED);
    }

    @Test
    void a_healthy_target_comes_from_the_record(@TempDir Path folder) throws IOException {
        try (FaultServer healthy = FaultServer.builder().start()) {
            check(loads(folder, "127.0.0.1:" + healthy.port()), NOT_RECORDED);
        }
    }

    @Test
    void a_healthy_url_comes_from_the_record(@TempDir Path folder) throws IOException {
        try (FaultServer healthy = FaultServer.builder().start()) {
            check(loads(folder, healthy.uri("/").toString()), NOT_RECORDED);
        }
    }

    @Test
    void a_refusal_with_its_evidence_comes_from_the_record(@TempDir Path folder)
            throws IOException {
        try (ClosedPort closed = ClosedPort.open()) {
            check(loads(folder, "127.0.0.1:" + closed.port()), NOT_RECORDED_WITH_CALLS);
        }
    }

    /**
     * The tables of decimal numbers and the locale's words are made when they are first touched, in 16 and 5 ms, and
     * the readers of dates that picocli has, in 3 ms.
     */
    @Test
    void nothing_costly_is_made_for_a_start(@TempDir Path folder) throws IOException {
        try (FaultServer healthy = FaultServer.builder().start();
                ClosedPort closed = ClosedPort.open()) {
            for (String word : List.of("127.0.0.1:" + healthy.port(),
                    healthy.uri("/").toString(), "127.0.0.1:" + closed.port())) {
                List<String> made = logged(folder, "class+init", word);
                assertTrue(made.stream().anyMatch(line -> line.contains("'probe/report/JsonOut'")),
                        word + ": " + made.size());
                assertEquals(List.of(), made.stream()
                        .filter(line -> line.contains("'java/math/BigDecimal'")
                                || line.contains("'java/util/Formatter'")
                                || line.contains("'java/time/MonthDay'"))
                        .toList(), word);
            }
        }
    }

    @Test
    void a_dozen_descriptors_are_enough() {
        try (FaultServer healthy = FaultServer.builder().start();
                ClosedPort closed = ClosedPort.open()) {
            assertTrue(within("--version", 0).startsWith("probe "));
            ValidReport.check(within("127.0.0.1:" + healthy.port(), 0));
            String refused = ValidReport.check(within("127.0.0.1:" + closed.port(), 1));
            assertTrue(refused.contains("\"kernelEvidence\":\"sock_diag\""), refused);
        }
    }

    private static String within(String word, int exit) {
        PackagedProbe.Result result = PackagedProbe
                .shell("ulimit -n " + DESCRIPTORS + "; exec probe " + word);
        assertEquals(exit, result.exit(), result.err());
        return result.out();
    }

    /** The JVM's own list of what it loads. */
    private static List<String> loads(Path folder, String word) throws IOException {
        return logged(folder, "class+load", word);
    }

    private static List<String> logged(Path folder, String what, String word) throws IOException {
        Path home = PackagedProbe.bin().resolveSibling("lib");
        Path list = folder.resolve("loaded");
        PackagedProbe.shell("%s/../runtime/bin/java @%1$s/java.options -XX:AOTCache=%1$s/probe.aot"
                .formatted(home) + " -Xlog:" + what + ":file=" + list + ":none -cp " + home
                + "/probe.jar probe.cli.Main " + word);
        return Files.readAllLines(list);
    }

    private static void check(List<String> loaded, int limit) {
        assertTrue(loaded.size() > 500 && loaded.size() < LOADED, "loaded: " + loaded.size());
        List<String> late = loaded.stream()
                .filter(line -> !line.contains("source: shared objects file"))
                .toList();
        assertTrue(late.size() <= limit,
                () -> late.size() + " are not in the record:\n" + String.join("\n", late));
        assertEquals(List.of(), late.stream()
                .filter(line -> line.contains("source: file:")) // a jar that is opened for it
                .toList());
    }
}
