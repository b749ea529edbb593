package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void a_server_side_fault_outweighs_a_client_side_one_and_any_fault_outweighs_health() {
        assertEquals(ExitCode.SERVER_FAULT, ExitCode.CLIENT_FAULT.and(ExitCode.SERVER_FAULT));
        assertEquals(ExitCode.SERVER_FAULT, ExitCode.SERVER_FAULT.and(ExitCode.CLIENT_FAULT));
        assertEquals(ExitCode.CLIENT_FAULT, ExitCode.HEALTHY.and(ExitCode.CLIENT_FAULT));
        assertEquals(ExitCode.HEALTHY, ExitCode.HEALTHY.and(ExitCode.HEALTHY));
        assertEquals(ExitCode.DEFECT, ExitCode.DEFECT.and(ExitCode.SERVER_FAULT));
    }

    @Test
    void help_prints_every_code_with_its_meaning() {
        Ran ran = Ran.probe("help", "exit-codes");
        assertEquals(ExitCode.HEALTHY, ran.code());
        for (ExitCode code : ExitCode.values()) {
            assertTrue(ran.out()
                    .lines()
                    .anyMatch(line -> line.strip().startsWith(code.code() + " ")
                            && line.contains(code.meaning())),
                    "missing in help: " + code);
        }
        assertEquals(ExitCode.values().length,
                Arrays.stream(ExitCode.values()).map(ExitCode::code).distinct().count());
    }

    @Test
    void version_is_one_line_on_standard_output() {
        Ran ran = Ran.probe("--version");
        assertTrue(ran.out()
                .matches("probe \\d+\\.\\d+\\.\\d+(-\\w+)? \\(built for .*, Java 25.*\\)\\R"),
                ran.out());
        assertEquals("", ran.err());
    }
}
