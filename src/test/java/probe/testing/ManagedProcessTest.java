package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import probe.testing.PlainClient.End;
import probe.testing.PlainClient.Heard;

/** A real server, the one that comes with every JDK. */
class ManagedProcessTest {
    private static final String JWEBSERVER = Path
            .of(System.getProperty("java.home"), "bin", "jwebserver")
            .toString();

    private static ManagedProcess.Builder server() {
        return ManagedProcess.of(JWEBSERVER, "-b", "127.0.0.1", "-p", "{port}", "-d", "{dir}")
                .file("hello.txt", "hello from {port}\n");
    }

    private static final Payload GET = Payload
            .latin1("GET /hello.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    @Test
    void a_server_answers_once_started_and_is_gone_once_closed() throws IOException {
        ManagedProcess process = server().start();
        try (process) {
            Heard heard = PlainClient.ask(process.address(), GET);
            assertTrue(heard.text().endsWith("hello from " + process.port() + "\n"), heard::text);
            Eventually.holds(() -> process.log().contains("/hello.txt"), process::log);
        }
        assertFalse(ProcessHandle.of(process.pid()).map(ProcessHandle::isAlive).orElse(false));
        assertFalse(Files.exists(process.directory()));
    }

    @Test
    void a_frozen_server_accepts_and_is_silent_until_it_thaws() throws IOException {
        try (ManagedProcess process = server().start();
                PlainClient client = connectFrozen(process)) {
            client.send(GET);
            assertEquals(new Heard(Payload.EMPTY, End.SILENCE), client.hear(300));
            process.thaw();
            assertTrue(client.hear(10_000).text().startsWith("HTTP/1.1 200"));
            process.freeze();
        }
    }

    private static PlainClient connectFrozen(ManagedProcess process) {
        process.freeze();
        return PlainClient.connect(process.address());
    }

    @Test
    void a_killed_server_leaves_a_closed_port() {
        try (ManagedProcess process = server().start()) {
            process.kill();
            assertThrows(UncheckedIOException.class,
                    () -> PlainClient.connect(process.address()));
        }
    }

    @Test
    void a_program_that_does_not_come_up_fails_with_its_log() {
        ManagedProcess.Builder failing = ManagedProcess.of("sh", "-c",
                "echo no such thing; exit 1");
        AssertionError error = assertThrows(AssertionError.class, failing::start);
        assertTrue(String.valueOf(error.getMessage()).contains("no such thing"));
    }
}
