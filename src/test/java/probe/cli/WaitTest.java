package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.testing.ClosedPort;
import probe.testing.FaultServer;
import probe.testing.HttpAnswers;
import probe.testing.Needs;
import probe.testing.ValidReport;

/** {@code probe wait}. */
class WaitTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static Ran waiting(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "wait";
        all[1] = "--interval";
        all[2] = "1ms";
        System.arraycopy(words, 0, all, 3, words.length);
        return Ran.probe(all);
    }

    private static JsonNode only(Ran ran) throws Exception {
        assertEquals(1, ran.out().lines().count(), ran.out() + ran.err());
        return MAPPER.readTree(ValidReport.check(ran.out()));
    }

    private static FaultServer answering(int first, int then) {
        return FaultServer.builder()
                .reply(HttpAnswers.status(first), HttpAnswers.status(then))
                .start();
    }

    @Test
    void it_ends_when_the_target_is_healthy_and_prints_the_last_report() throws Exception {
        try (FaultServer server = answering(503, 200)) {
            Ran ran = waiting("--for", "30s", server.uri("/").toString());
            JsonNode report = only(ran);
            assertEquals(ExitCode.HEALTHY, ran.code(), ran.out());
            assertEquals("healthy", report.at("/outcome").textValue());
            assertEquals("recovered", report.at("/series/pattern").textValue());
            assertEquals("http-unavailable", report.at("/series/rounds/0/kind").textValue());
            assertEquals("last-round", report.at("/series/judgedBy").textValue());
        }
    }

    @ParameterizedTest
    @CsvSource({"401, http-unauthorized", "404, http-not-found"})
    void it_stops_at_once_on_what_waiting_does_not_cure(int status, String kind) throws Exception {
        try (FaultServer server = answering(status, 200)) {
            Ran ran = waiting("--for", "50s", server.uri("/").toString());
            assertEquals(kind, only(ran).at("/diagnosis/kind").textValue());
            assertEquals(1, only(ran).at("/series/made").intValue());
            assertEquals(ExitCode.CLIENT_FAULT, ran.code());
        }
        try (FaultServer server = answering(status, 200)) {
            Ran ran = waiting("--for", "30s", "--keep-waiting-for", kind,
                    server.uri("/").toString());
            assertEquals(ExitCode.HEALTHY, ran.code(), ran.out());
        }
    }

    @Test
    void what_cannot_be_cured_ends_the_wait_for_the_others_too() {
        try (ClosedPort closed = ClosedPort.open(); FaultServer server = answering(401, 401)) {
            long began = System.nanoTime();
            Ran ran = Ran.probe("wait", "--for", "300s", "--interval", "60s", "--evidence", "none",
                    "127.0.0.1:" + closed.port(), server.uri("/").toString());
            assertTrue(System.nanoTime() - began < 60e9, "it went on");
            assertEquals(2, ran.out().lines().count(), ran.out());
            assertEquals(ExitCode.SERVER_FAULT, ran.code());
        }
    }

    @Test
    void when_the_time_is_over_the_last_failure_is_told() throws Exception {
        try (ClosedPort closed = ClosedPort.open()) {
            Ran ran = Ran.probe("wait", "--for", "1500ms", "--interval", "300ms", "--evidence",
                    "none", "127.0.0.1:" + closed.port());
            JsonNode report = only(ran);
            assertEquals("refused", report.at("/diagnosis/kind").textValue());
            assertTrue(report.at("/series/made").intValue() >= 2, ran.out());
            assertEquals(ExitCode.SERVER_FAULT, ran.code());
        }
    }

    @Test
    void a_terminal_shows_one_line_that_is_taken_away_again() {
        try (ClosedPort closed = ClosedPort.open()) {
            String err = Ran.probe(Console.Reader.TERMINAL, Map.of(), "wait", "--for", "2s",
                    "--format", "text", "--evidence", "none", "127.0.0.1:" + closed.port()).err();
            assertTrue(err.contains("s of 2 s, 0/1 ready, waiting for 127.0.0.1:" + closed.port()
                    + " (refused)"), err);
            assertTrue(err.endsWith("\r\033[K"), err);
            assertFalse(err.contains("\n"), err);
        }
    }

    /** What the process would exit with, and what it wrote to standard output. */
    private static String exit(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(new ByteArrayInputStream(new byte[0]), out,
                new ByteArrayOutputStream(), Console.Reader.PROGRAM, Console.Reader.PROGRAM,
                Map.of());
        return new Program(console).exitCode(words) + ":"
                + (out.toString(StandardCharsets.UTF_8).isEmpty() ? "silent" : "report");
    }

    @Test
    @Needs(commands = "sh")
    void a_command_is_run_when_all_are_ready_and_its_exit_code_handed_on(@TempDir Path folder)
            throws Exception {
        Path ran = folder.resolve("ran");
        try (FaultServer server = FaultServer.builder().start()) {
            assertEquals("7:silent", exit("wait", "127.0.0.1:" + server.port(), "--", "sh", "-c",
                    "echo \"$1\" > " + ran + "; exit 7", "sh", "--for"));
            assertEquals("--for\n", Files.readString(ran));
            assertEquals("127:silent",
                    exit("wait", "127.0.0.1:" + server.port(), "--", folder + "/no-such-program"));
        }
    }

    @Test
    @Needs(commands = "sh")
    void a_command_is_not_run_when_one_is_not_ready(@TempDir Path folder) {
        Path ran = folder.resolve("ran");
        try (FaultServer server = FaultServer.builder().start();
                ClosedPort closed = ClosedPort.open()) {
            assertEquals("1:report", exit("wait", "--for", "200ms", "--evidence", "none",
                    "127.0.0.1:" + server.port(), "127.0.0.1:" + closed.port(), "--", "sh", "-c",
                    "echo > " + ran));
            assertFalse(Files.exists(ran));
        }
    }
}
