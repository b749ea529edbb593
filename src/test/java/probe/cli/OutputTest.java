package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import probe.testing.ClosedPort;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Moment;
import probe.testing.ValidReport;

/** Where reports go, in which order, and what else is said. */
class OutputTest {

    private static String refused(ClosedPort closed) {
        return "127.0.0.1:" + closed.port();
    }

    @Test
    void a_file_takes_its_place_whole_beside_standard_output(@TempDir Path folder)
            throws IOException {
        Path junit = folder.resolve("junit.xml");
        Files.writeString(junit, "what was there before");
        try (ClosedPort closed = ClosedPort.open()) {
            Ran ran = Ran.probe("--format", "text", "--format", "junit=" + junit, "--format",
                    "tap=" + folder.resolve("x.tap"), refused(closed));
            assertEquals(ExitCode.SERVER_FAULT, ran.code());
            assertTrue(ran.out().startsWith("FAILED 127.0.0.1"), ran.out());
            assertTrue(Files.readString(junit).startsWith("<?xml"), Files.readString(junit));
            assertTrue(Files.readString(folder.resolve("x.tap")).endsWith("1..1\n"));
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(2, files.count(), "no draft is left");
            }
        }
    }

    @Test
    void with_output_standard_output_stays_empty(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.json");
        try (ClosedPort closed = ClosedPort.open()) {
            Ran ran = Ran.probe("--output", file.toString(), refused(closed));
            assertEquals("", ran.out());
            ValidReport.check(Files.readString(file));
        }
    }

    @Test
    void ordered_reports_come_as_the_targets_were_given() {
        try (ClosedPort closed = ClosedPort.open();
                FaultServer slow = FaultServer.start(Fault.stall(Moment.ON_ACCEPT))) {
            String[] words = {"--ordered", "--evidence", "none", "--expect", "x",
                "--socket-timeout", "300ms", "--summary", "127.0.0.1:" + slow.port(),
                refused(closed)};
            List<String> lines = Ran.probe(words).out().lines().toList();
            assertEquals(3, lines.size());
            assertTrue(lines.get(0).contains("read-timeout"), lines.get(0));
            assertTrue(lines.get(1).contains("refused"), lines.get(1));
            assertTrue(lines.get(2)
                    .startsWith("{\"schema\":\"probe-summary/1\",\"targets\":2,"
                            + "\"healthy\":0,\"failed\":{\"client\":0,\"server\":2},\"notProbed\":0"),
                    lines.get(2));
        }
    }

    @Test
    void a_fault_that_is_wanted_is_as_good_as_health() {
        try (ClosedPort closed = ClosedPort.open();
                FaultServer healthy = FaultServer.builder().start()) {
            String open = "127.0.0.1:" + healthy.port();
            Ran refused = Ran.probe("--expect-kind", "refused", refused(closed));
            assertEquals(ExitCode.HEALTHY, refused.code());
            assertTrue(refused.out()
                    .contains("\"expectation\":{\"wanted\":[\"refused\"],\"met\":true}"));
            ValidReport.check(refused.out());
            assertEquals(ExitCode.SERVER_FAULT,
                    Ran.probe("--expect-kind", "connect-timeout", refused(closed)).code());
            assertEquals(ExitCode.HEALTHY,
                    Ran.probe("--expect-healthy=false", refused(closed)).code());
            assertEquals(ExitCode.SERVER_FAULT, Ran.probe("--expect-healthy=false", open).code());
            assertEquals(ExitCode.HEALTHY, Ran.probe("--expect-healthy=true", "--expect-kind",
                    "refused", open, refused(closed)).code());
            assertTrue(Ran.probe("--format", "tap", "--expect-kind", "refused", open)
                    .out()
                    .contains("not ok 1"));
            assertTrue(Ran.probe("--format", "junit", "--expect-kind", "refused", refused(closed))
                    .out()
                    .contains("failures=\"0\""));
        }
    }

    @Test
    void on_a_terminal_the_verdict_stands_on_standard_error_and_quiet_silences_it() {
        try (ClosedPort closed = ClosedPort.open()) {
            Ran told = Ran.probe(Console.Reader.TERMINAL, Map.of(), refused(closed));
            assertTrue(told.err().contains(": refused, server side"), told.err());
            assertEquals(1, told.err().lines().count());
            assertEquals("", Ran.probe(Console.Reader.TERMINAL, Map.of(), "-q", refused(closed))
                    .err());
            assertEquals("", Ran.probe(refused(closed)).err(), "a program is told nothing more");
        }
    }

    @Test
    void progress_is_shown_on_a_terminal_and_taken_away_again() {
        try (ClosedPort closed = ClosedPort.open()) {
            Ran ran = Ran.probe(Console.Reader.TERMINAL, Map.of(), "--format", "prometheus",
                    refused(closed), refused(closed));
            assertTrue(ran.err().contains("1/2 done, 0 failed here, 1 there"), ran.err());
            assertTrue(ran.err().endsWith("\r\033[K"), ran.err());
        }
    }

    @Test
    void verbose_says_what_is_done_and_debug_names_the_exception() {
        try (ClosedPort closed = ClosedPort.open()) {
            Ran verbose = Ran.probe("-v", refused(closed));
            assertTrue(verbose.err().contains("socket connects to 127.0.0.1 port"), verbose.err());
            assertTrue(verbose.err().contains("socket fails in connect: refused"), verbose.err());
            assertFalse(verbose.err().contains("ConnectException"), verbose.err());
            assertTrue(Ran.probe("--debug", refused(closed)).err().contains("ConnectException"));
        }
    }

    @Test
    void github_gets_a_table_where_it_wants_one(@TempDir Path folder) throws IOException {
        Path steps = folder.resolve("steps.md");
        Files.writeString(steps, "before\n");
        try (ClosedPort closed = ClosedPort.open()) {
            Ran.probe(Console.Reader.PROGRAM, Map.of("GITHUB_STEP_SUMMARY", steps.toString()),
                    "--format", "github", refused(closed));
            String page = Files.readString(steps);
            assertTrue(page.startsWith("before\n### probe\n"), page);
            assertTrue(page.contains("| refused | server (remote-service) | medium |"), page);
        }
    }

    @Test
    void colour_is_a_matter_of_choice() {
        try (ClosedPort closed = ClosedPort.open()) {
            assertTrue(Ran.probe("--format", "text", "--color", "always", refused(closed))
                    .out()
                    .contains("\033[31m"));
            assertFalse(Ran.probe(Console.Reader.TERMINAL, Map.of("TERM", "xterm"), "--format",
                    "text", "--color", "never", refused(closed)).out().contains("\033["));
        }
    }

    @Test
    void lists_are_read_from_standard_input_or_a_file(@TempDir Path folder) throws IOException {
        Path list = folder.resolve("list");
        try (ClosedPort closed = ClosedPort.open()) {
            Files.writeString(list, refused(closed) + " # one\n" + refused(closed) + " ci\n");
            Ran ran = Ran.probe("--targets", list.toString(), "--evidence", "none", "--attempts",
                    "1");
            assertEquals(2, ran.out().lines().count());
            assertTrue(ran.out().contains("\"from\":\"profile:ci\""), ran.out());
        }
    }
}
