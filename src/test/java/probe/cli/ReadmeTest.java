package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import probe.diagnosis.Kind;
import probe.profile.Durations;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;

/** The tables of the README are the lists of the program. */
class ReadmeTest {

    private static List<String> rows(String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void the_table_of_kinds_is_the_list_of_kinds() throws IOException {
        assertEquals(Arrays.stream(Kind.values())
                .map(
                        kind -> "| `" + kind.id() + "` | " + kind.meaning() + " | "
                                + kind.priorSide().id() + " |")
                .toList(),
                rows("^\\| `[a-z0-9-]+` \\| .* \\| (client|server) \\|$"));
    }

    @Test
    void the_table_of_exit_codes_is_the_list_of_exit_codes() throws IOException {
        assertEquals(
                Arrays.stream(ExitCode.values())
                        .map(code -> "| " + code.code() + " | " + code.meaning() + " |")
                        .toList(),
                rows("^\\| \\d+ \\| .* \\|$"));
    }

    @Test
    void the_table_of_timeouts_names_every_flag_and_default() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (TimeoutName name : TimeoutName.values()) {
            String shown = "| `" + name.flag() + "` | "
                    + (name == TimeoutName.TLS ? "as connect"
                            : Durations.format(Timeouts.defaults().get(name).value()))
                    + " |";
            assertTrue(readme.contains(shown), "missing: " + shown);
        }
    }
}
