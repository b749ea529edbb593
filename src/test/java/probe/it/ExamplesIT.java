package probe.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import probe.testing.ClosedPort;
import probe.testing.FaultServer;
import probe.testing.Needs;
import probe.testing.Prerequisite;

/** The ways of reading reports that {@code --examples} prints, with the real jq. */
@Needs(value = Prerequisite.PACKAGED, commands = {"bash", "jq"})
class ExamplesIT {

    @Test
    void every_example_reads_a_healthy_and_a_failed_target() {
        List<String> examples = PackagedProbe.run("--examples")
                .out()
                .lines()
                .filter(line -> line.startsWith("probe "))
                .toList();
        assertEquals(10, examples.size());
        try (ClosedPort closed = ClosedPort.open();
                FaultServer healthy = FaultServer.builder().start()) {
            for (String example : examples) {
                PackagedProbe.Result result = PackagedProbe.shell(
                        "set +o pipefail; list() { printf '127.0.0.1:%%d\\n' %d %d; };"
                                .formatted(closed.port(), healthy.port())
                                + example.replace("--targets list", "--targets <(list) --ordered"));
                assertEquals("", result.err(), example);
                boolean asks = example.contains("jq -e");
                boolean certificates = example.contains("notAfter");
                boolean doubts = example.contains("settleWith");
                boolean limits = example.contains("timeouts[]");
                assertEquals(asks ? 1 : 0, result.exit(), example); // of the last, healthy one
                assertTrue(certificates || doubts || limits || !result.out().isBlank(), example);
            }
        }
    }

    @Test
    void the_readme_carries_them_all() throws java.io.IOException {
        String readme = java.nio.file.Files.readString(java.nio.file.Path.of("README.md"));
        PackagedProbe.run("--examples")
                .out()
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> assertTrue(readme.contains(line), "missing: " + line));
    }
}
