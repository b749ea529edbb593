package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import probe.testing.ClosedPort;
import probe.testing.Effect;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Moment;
import probe.testing.Needs;
import probe.testing.Payload;
import probe.testing.Prerequisite;

/** The written forms before programs that nobody here wrote; one target is hostile. */
class ForeignValidatorsTest {
    private static final String HOSTILE = "\u001b]0;x\u0007</failure>]]>&#0;\n::error::x\n# TODO\n"
            + "{a=\"b\"} 1\u0000\u0001\ufffe";

    /** A refused, a healthy and a hostile target. */
    private static String run(String format) {
        try (ClosedPort closed = ClosedPort.open();
                FaultServer healthy = FaultServer.builder().start();
                FaultServer hostile = FaultServer.builder()
                        .connection(Fault.say(Payload.utf8(HOSTILE), new Effect.Close(),
                                Moment.ON_ACCEPT))
                        .start()) {
            return Ran.probe("--format", format, "--evidence", "none",
                    "127.0.0.1:" + closed.port(), "127.0.0.1:" + healthy.port(),
                    hostile.uri("/").toString()).out();
        }
    }

    private static void holdsNoControl(String text) {
        assertTrue(text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'), text);
    }

    @Test
    @Needs(commands = "promtool")
    void prometheus_takes_the_metrics() throws Exception {
        String metrics = run("prometheus");
        Tool checked = Tool.run(metrics, "promtool", "check", "metrics");
        assertEquals(0, checked.exit(), checked.said() + metrics);
        holdsNoControl(metrics);
    }

    @Test
    @Needs(commands = "prove")
    void perls_harness_reads_the_protocol(@TempDir Path folder) throws Exception {
        String tap = run("tap");
        Path file = folder.resolve("probe.tap");
        Files.writeString(file, tap);
        Tool proved = Tool.run("", "prove", "-e", "cat", file.toString());
        assertTrue(proved.said().contains("Failed 2/3 subtests"), proved.said() + tap);
        assertTrue(!proved.said().contains("Parse errors"), proved.said() + tap);
        holdsNoControl(tap);
    }

    @Test
    @Needs(Prerequisite.JUNITPARSER)
    void junit_is_read_with_its_counts_and_messages() throws Exception {
        String xml = run("junit");
        Tool read = Tool.run(xml, "/usr/bin/python3", "-c", """
                import sys, junitparser
                suites = junitparser.JUnitXml.fromstring(sys.stdin.buffer.read())
                for suite in suites:
                    print(suite.tests, suite.failures, suite.errors, suite.skipped)
                    for case in suite:
                        for result in case.result:
                            print(result.type, "side" in result.text)
                """);
        assertEquals(0, read.exit(), read.said() + xml);
        assertTrue(read.said().startsWith("3 2 0 0\n"), read.said());
        assertTrue(read.said().contains("refused True\n"), read.said());
        holdsNoControl(xml);
    }
}
