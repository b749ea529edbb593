package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import probe.profile.TimeoutName;
import probe.testing.ClosedPort;
import probe.testing.FaultServer;

/** {@code --explain-timeouts} against real ports. */
class TimeoutExplanationTest {

    @Test
    void people_see_the_six_timers_on_one_line_of_time() {
        try (FaultServer server = FaultServer.builder().start()) {
            Ran ran = Ran.probe("--explain-timeouts", "--attempts", "2", "--interval", "1ms",
                    server.uri("/").toString());
            assertEquals(ExitCode.HEALTHY, ran.code(), ran.err());
            for (TimeoutName name : TimeoutName.values()) {
                assertTrue(ran.out().contains("\n" + name.flag() + " "), ran.out());
                assertTrue(
                        ran.out().lines().anyMatch(line -> line.startsWith("  " + name.id() + " ")),
                        ran.out());
            }
            assertTrue(ran.out().contains("--connect-timeout would fire first"), ran.out());
            assertTrue(ran.out().lines().allMatch(line -> line.length() <= 80), ran.out());
        }
    }

    @Test
    void programs_get_one_object_also_of_a_target_that_fails() throws Exception {
        try (ClosedPort closed = ClosedPort.open()) {
            Ran ran = Ran.probe("--explain-timeouts", "--format", "json", "--evidence", "none",
                    "127.0.0.1:" + closed.port());
            assertEquals(ExitCode.SERVER_FAULT, ran.code());
            JsonNode plan = new ObjectMapper().readTree(ran.out());
            assertEquals("probe-timeouts/1", plan.at("/schema").textValue());
            assertEquals(TimeoutName.values().length, plan.at("/timers").size());
            assertTrue(plan.at("/roundTripMs").isNull());
        }
    }

    @Test
    void other_forms_are_refused() {
        Ran ran = Ran.probe("--explain-timeouts", "--format", "junit", "127.0.0.1:1");
        assertEquals(ExitCode.USAGE, ran.code());
        assertEquals(1, ran.err().lines().count());
    }
}
