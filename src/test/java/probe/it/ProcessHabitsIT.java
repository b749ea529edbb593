package probe.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import probe.testing.ClosedPort;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Moment;
import probe.testing.Needs;
import probe.testing.Prerequisite;
import probe.testing.ValidReport;
import probe.testing.ValidSummary;

/** How the program behaves among other programs: pipes, signals, exit codes. */
@Needs(value = Prerequisite.PACKAGED, commands = {"bash", "jq", "timeout"})
class ProcessHabitsIT {
    /** For this long a Java virtual machine waits for threads that are inside a system call when it halts. */
    private static final Duration HALTING = Duration.ofMillis(300);
    /** How often something is tried that a busy machine may delay. */
    private static final int BUSY_TRIES = 5;

    @Test
    void one_line_a_target_goes_through_jq_and_the_exit_code_says_the_worst_side() {
        try (ClosedPort closed = ClosedPort.open();
                FaultServer healthy = FaultServer.builder().start()) {
            PackagedProbe.Result result = PackagedProbe.shell("probe 127.0.0.1:%d 127.0.0.1:%d"
                    .formatted(closed.port(), healthy.port()) + " | jq -r '.outcome' | sort");
            assertEquals("failed\nhealthy\n", result.out());
            assertEquals(1, result.exit(), "pipefail hands on the exit code of probe");
        }
    }

    @Test
    void a_closed_pipe_ends_the_run_quietly() {
        try (ClosedPort closed = ClosedPort.open()) {
            String target = " 127.0.0.1:" + closed.port();
            PackagedProbe.Result result = PackagedProbe
                    .shell("probe" + target.repeat(200) + " | head -1");
            assertEquals(1, result.out().lines().count());
            ValidReport.check(result.out());
            assertEquals("", result.err());
        }
    }

    @Test
    void a_report_that_cannot_be_written_is_said(@TempDir Path folder) {
        try (ClosedPort closed = ClosedPort.open()) {
            PackagedProbe.Result result = PackagedProbe.shell(
                    "cd %s; ulimit -f 0; probe 127.0.0.1:%d > report; echo $?; probe --version > version"
                            .formatted(folder, closed.port()));
            assertEquals("1", result.out().strip());
            assertEquals(2, result.err()
                    .lines()
                    .filter(line -> line.startsWith("probe: cannot write to standard output"))
                    .count(), result.err());
        }
    }

    @Test
    void a_pipe_that_is_named_as_a_file_gets_the_report_and_stays_a_pipe(@TempDir Path folder) {
        try (ClosedPort closed = ClosedPort.open()) {
            PackagedProbe.Result result = PackagedProbe
                    .shell(("cd %s; mkfifo pipe; cat pipe > got &"
                            + " probe --output pipe 127.0.0.1:%d; wait; test -p pipe && cat got")
                            .formatted(folder, closed.port()));
            assertEquals("", result.err());
            ValidReport.check(result.out());
        }
    }

    @Test
    void a_link_to_a_file_stays_a_link(@TempDir Path folder) throws IOException {
        try (ClosedPort closed = ClosedPort.open()) {
            PackagedProbe.Result result = PackagedProbe
                    .shell(("cd %s; echo old > file; ln -s file link;"
                            + " probe --output link 127.0.0.1:%d; test -L link && cat file")
                            .formatted(folder, closed.port()));
            ValidReport.check(result.out());
            try (var left = Files.list(folder)) {
                assertEquals(2, left.count());
            }
        }
    }

    @Test
    void sigterm_ends_with_143_and_sigint_with_130_and_what_had_finished_is_reported()
            throws IOException,
            InterruptedException {
        assertEquals(143, signalled("TERM"));
        assertEquals(130, signalled("INT"));
    }

    private static int signalled(String signal) throws IOException, InterruptedException {
        try (ClosedPort closed = ClosedPort.open();
                FaultServer silent = FaultServer.start(Fault.stall(Moment.ON_ACCEPT))) {
            Process process = new ProcessBuilder(PackagedProbe.bin().resolve("probe").toString(),
                    "--expect", "x",
                    "--socket-timeout", "60s", "--deadline", "60s", "127.0.0.1:" + closed.port(),
                    "127.0.0.1:" + silent.port()).redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var lines = process.inputReader()) {
                String finished = lines.readLine(); // blocks until the refused target has been reported
                ValidReport.check(String.valueOf(finished));
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start()
                        .waitFor();
                assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still running");
                assertEquals(0, lines.lines().count(), "no half report");
            } finally {
                process.destroyForcibly();
            }
            return process.exitValue();
        }
    }

    @Test
    void a_run_ends_with_its_last_line_though_threads_still_wait_for_the_network()
            throws IOException {
        List<Duration> after = new ArrayList<>();
        try (FaultServer silent = FaultServer.start(Fault.stall(Moment.AFTER_REQUEST))) {
            for (int i = 0; i < BUSY_TRIES && (after.isEmpty()
                    || after.getLast().compareTo(HALTING) >= 0); i++) {
                after.add(afterLastLine("--evidence", "none", "--socket-timeout", "300ms",
                        silent.uri("/").toString(), silent.uri("/").toString()));
            }
        }
        assertTrue(after.getLast().compareTo(HALTING) < 0, after::toString);
    }

    private static Duration afterLastLine(String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(PackagedProbe.bin().resolve("probe").toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = process.inputReader()) {
            List<String> reports = List.of(String.valueOf(lines.readLine()),
                    String.valueOf(lines.readLine()));
            long last = System.nanoTime();
            String more = lines.readLine();
            Duration after = Duration.ofNanos(System.nanoTime() - last);
            assertNull(more);
            reports.forEach(ValidReport::check);
            return after;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_signal_ends_a_wait_with_its_last_report() throws IOException, InterruptedException {
        assertEquals(143, signalledWait("TERM"));
        assertEquals(130, signalledWait("INT"));
    }

    private static int signalledWait(String signal) throws IOException, InterruptedException {
        try (FaultServer server = FaultServer.start(Fault.close(Moment.AFTER_REQUEST))) {
            Process process = new ProcessBuilder(PackagedProbe.bin().resolve("probe").toString(),
                    "wait", "--for", "5m", "--interval", "10ms", "--evidence", "none",
                    server.uri("/").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var lines = process.inputReader()) {
                server.awaitRequests(3); // a first round is over by then
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start()
                        .waitFor();
                String report = lines.readLine();
                ValidReport.check(String.valueOf(report));
                assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still running");
                assertEquals(0, lines.lines().count(), "no second report");
            } finally {
                process.destroyForcibly();
            }
            return process.exitValue();
        }
    }

    @Test
    void a_signal_ends_a_search_with_what_was_found() throws IOException, InterruptedException {
        try (FaultServer server = FaultServer.builder().start()) {
            Process process = new ProcessBuilder(PackagedProbe.bin().resolve("probe").toString(),
                    "idle-limit", "--for", "50s", server.uri("/").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var lines = process.inputReader()) {
                server.awaitRequests(14); // a dozen connections, and two of them used again
                new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start()
                        .waitFor();
                String found = String.valueOf(lines.readLine());
                assertTrue(found.contains("\"ending\":\"alive\""), found);
                assertTrue(found.contains("\"longestAliveMs\":"), found);
                assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still running");
                assertEquals(0, lines.lines().count(), "nothing is told twice");
            } finally {
                process.destroyForcibly();
            }
            assertEquals(130, process.exitValue());
        }
    }

    @Test
    void the_launcher_works_through_a_link_from_any_folder_without_java_on_the_path() {
        PackagedProbe.Result result = PackagedProbe.shell("""
                dir=$(mktemp -d) && ln -s "$(command -v probe)" "$dir/p" && cd / && \
                env -i PATH=/usr/bin:/bin "$dir/p" --version; code=$?; rm -r "$dir"; exit $code""");
        assertTrue(result.out().startsWith("probe "), result.out() + result.err());
        assertEquals(0, result.exit());
    }

    @Test
    void a_low_limit_on_open_files_is_kept_to_and_no_target_is_blamed_for_it(@TempDir Path folder)
            throws IOException {
        try (FaultServer silent = FaultServer.start(Fault.stall(Moment.ON_ACCEPT))) {
            Path list = Files.writeString(folder.resolve("targets"),
                    "%s\n".formatted(silent.uri("/")).repeat(2_000));
            // Two descriptors each: 256 at once need twice as many as there are.
            PackagedProbe.Result result = PackagedProbe.shell("ulimit -n 256; exec probe"
                    + " --per-host 256 --socket-timeout 300ms --evidence none --summary --targets "
                    + list);
            assertEquals(1, result.exit(), result.err());
            List<String> lines = result.out().lines().toList();
            String summary = ValidSummary.check(lines.getLast());
            assertTrue(summary.contains("\"kinds\":{\"read-timeout\":2000}"), summary);
            assertTrue(summary.contains("\"asked\":256") && summary.contains(
                    "\"openFilesLimit\":256"), summary);
            assertEquals(2_001, lines.size());
            assertTrue(result.err().matches("probe: \\d+ targets at once in place of 256, .*\n"),
                    result.err());
        }
    }

    @Test
    void a_usage_error_leaves_standard_output_empty() {
        PackagedProbe.Result result = PackagedProbe.run("db.example");
        assertEquals(2, result.exit());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
    }
}
