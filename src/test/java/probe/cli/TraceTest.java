package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import probe.testing.ClosedPort;
import probe.testing.Loopback;
import probe.testing.Needs;
import probe.testing.Prerequisite;

@Needs(Prerequisite.LINUX)
class TraceTest {

    private static JsonNode json(Ran ran) throws IOException {
        assertEquals(ExitCode.HEALTHY, ran.code(), ran.err());
        JsonNode json = new ObjectMapper().readTree(ran.out());
        assertEquals("probe-trace/1", json.path("schema").asText());
        return json;
    }

    @Test
    void a_port_of_this_machine_is_one_hop_away() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, Loopback.V4.address())) {
            JsonNode json = json(Ran.probe("trace", "127.0.0.1:" + server.getLocalPort()));
            assertTrue(json.path("answered").asBoolean(), json::toString);
            assertEquals(1, json.path("hops").size());
            assertEquals("connected", json.path("hops").get(0).path("answer").asText());
            assertEquals("127.0.0.1", json.path("hops").get(0).path("from").asText());
            assertTrue(json.path("reading").get(0).asText().contains("takes connections at hop 1"),
                    json::toString);
        }
    }

    @Test
    void a_closed_port_resets() throws IOException {
        try (ClosedPort port = ClosedPort.open()) {
            JsonNode json = json(Ran.probe("trace", "127.0.0.1:" + port.port()));
            assertEquals("reset", json.path("hops").get(0).path("answer").asText());
        }
    }

    @Test
    void for_people_there_is_a_line_for_each_hop() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, Loopback.V4.address())) {
            String target = "127.0.0.1:" + server.getLocalPort();
            Ran ran = Ran.probe("trace", "--format", "text", target);
            assertEquals(ExitCode.HEALTHY, ran.code(), ran.err());
            assertTrue(ran.out().startsWith("The way to "), ran.out());
            assertTrue(ran.out()
                    .lines()
                    .anyMatch(line -> line.matches(
                            " +1 +connected +[0-9.]+ ms +127\\.0\\.0\\.1")),
                    ran.out());
        }
    }

    @Test
    void a_target_without_an_address_is_said_in_one_line() {
        Ran ran = Ran.probe("trace", "--ipv4", "[::1]:9");
        assertEquals(ExitCode.USAGE, ran.code());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains("no address for"), ran.err());
    }
}
