package probe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void version_goes_to_standard_output_alone() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString(UTF_8).matches("probe \\d+\\.\\d+\\.\\d+(-\\w+)?\\R"),
                out.toString(UTF_8));
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void anything_else_is_a_usage_error_that_leaves_standard_output_empty() {
        assertEquals(2, run("--nonsense"));
        assertEquals("", out.toString(UTF_8));
        assertTrue(err.toString(UTF_8).startsWith("usage: probe"), err.toString(UTF_8));
    }

    private int run(String... args) {
        return Main.run(List.of(args), new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }
}
