package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.testing.ClosedPort;
import probe.testing.Needs;

/** {@code probe help}, {@code config}, {@code completion} and {@code man}, and what stands in for options. */
class CommandsTest {

    private static Ran with(Map<String, String> environment, String... words) {
        return Ran.probe(Console.Reader.PROGRAM, environment, words);
    }

    private static String line(String text, String option) {
        return text.lines()
                .filter(line -> line.startsWith(option + " "))
                .findFirst()
                .orElseThrow()
                .replaceAll(" +", " ");
    }

    @Test
    void help_fits_a_screen_and_names_every_topic() {
        String help = Ran.probe("--help").out();
        assertTrue(help.lines().count() <= 30, help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
        for (String topic : Help.topics()) {
            Ran told = Ran.probe("help", topic);
            assertEquals(ExitCode.HEALTHY, told.code());
            assertTrue(!told.out().isBlank(), topic);
        }
    }

    @Test
    void every_option_is_told_by_help_all() {
        String help = Ran.probe("help", "all").out();
        OptionTable.names().forEach(name -> assertTrue(help.contains(name), name));
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
    }

    @Test
    void an_unknown_topic_is_a_usage_error_with_a_hint() {
        Ran ran = Ran.probe("help", "timeout");
        assertEquals(ExitCode.USAGE, ran.code());
        assertTrue(ran.err().contains("did you mean timeouts?"), ran.err());
    }

    @Test
    void flags_outweigh_the_environment_and_that_the_profile_and_that_the_own_file(
            @TempDir Path folder) throws IOException {
        Path file = Files.createDirectories(folder.resolve("probe")).resolve("config.json");
        Files.writeString(file, """
                {"timeouts": {"connect": "1s", "socket": "2s", "dns": "4s"}, "attempts": 7}""");
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", folder.toString(),
                "PROBE_SOCKET_TIMEOUT", "21s", "PROBE_DEADLINE", "22s", "PROBE_CONTROL",
                "a.example:1 b.example:2");
        String told = with(environment, "config", "--deadline", "23s", "--profile", "ci").out();
        assertEquals("--deadline 23s flag", line(told, "--deadline"));
        assertEquals("--socket-timeout 21s env:PROBE_SOCKET_TIMEOUT",
                line(told, "--socket-timeout"));
        assertEquals("--control a.example:1 b.example:2 env:PROBE_CONTROL",
                line(told, "--control"));
        assertEquals("profile:ci", line(told, "--dns-timeout").split(" ", -1)[2]);
        String bare = with(environment, "config").out();
        assertEquals("--connect-timeout 1s profile:config", line(bare, "--connect-timeout"));
        assertEquals("--attempts 7 profile:config", line(bare, "--attempts"));
        assertEquals("--interval 1s default", line(bare, "--interval"));
        assertEquals("own file " + file, line(bare, "own").substring(0, ("own file " + file)
                .length()));
    }

    @Test
    void a_report_names_the_variable_and_the_own_file(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.json");
        Files.writeString(file, "{\"timeouts\": {\"deadline\": \"20s\"}}");
        try (ClosedPort closed = ClosedPort.open()) {
            String report = with(Map.of("PROBE_CONFIG", file.toString(),
                    "PROBE_CONNECT_TIMEOUT", "2s", "PROBE_EVIDENCE", "none"),
                    "127.0.0.1:" + closed.port()).out();
            assertTrue(report.contains("{\"ms\":2000,\"from\":\"env:PROBE_CONNECT_TIMEOUT\"}"),
                    report);
            assertTrue(report.contains("{\"ms\":20000,\"from\":\"profile:config\"}"), report);
        }
    }

    @Test
    void what_is_wrong_in_the_environment_is_said_by_the_name_of_the_variable() {
        Ran ran = with(Map.of("PROBE_CONNECT_TIMEOUT", "3"), "127.0.0.1:1");
        assertEquals(ExitCode.USAGE, ran.code());
        assertTrue(ran.err().startsWith("probe: PROBE_CONNECT_TIMEOUT: '3' has no unit"),
                ran.err());
        assertTrue(with(Map.of("PROBE_CONFIG", "no-such.json"), "127.0.0.1:1").err()
                .startsWith("probe: PROBE_CONFIG: cannot read the file 'no-such.json'"));
        assertEquals(ExitCode.HEALTHY,
                with(Map.of("PROBE_CONFIG", "", "PROBE_DEADLINE", ""), "config").code());
    }

    @ParameterizedTest
    @CsvSource({"bash", "zsh", "fish"})
    void every_option_is_in_every_completion(String shell) {
        String script = Ran.probe("completion", shell).out();
        OptionTable.names()
                .forEach(name -> assertTrue(script.contains(name.replaceFirst("^-+", "")), name));
    }

    @Test
    @Needs(commands = "bash")
    void bash_completes_options_values_and_topics() throws Exception {
        String script = Ran.probe("completion", "bash").out() + """
                try() { COMP_WORDS=(probe "$@"); COMP_CWORD=$#; _probe; echo "${COMPREPLY[@]}"; }
                try --format ju; try --dns; try help exit; try comp; try --profile red
                """;
        assertEquals("junit\n--dns-timeout\nexit-codes\ncompletion\nredis\n",
                Tool.run(script, "bash").said());
    }

    @Test
    @Needs(commands = "zsh")
    void zsh_takes_the_completion() throws Exception {
        Tool zsh = Tool.run("autoload -U compinit; compinit -u -D\n"
                + Ran.probe("completion", "zsh").out() + "\necho $_comps[probe]\n", "zsh", "-f");
        assertEquals("_probe\n", zsh.said());
    }

    @Test
    @Needs(commands = "fish")
    void fish_completes_options_and_values(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("probe.fish");
        Files.writeString(file, Ran.probe("completion", "fish").out());
        Tool fish = Tool.run("", "fish", "--no-config", "-c", "source " + file
                + "; complete -C 'probe --format ju'; complete -C 'probe --dns'");
        assertEquals(java.util.List.of("junit", "--dns-timeout"),
                fish.said().lines().map(line -> line.split("\t", -1)[0]).toList());
    }

    @Test
    @Needs(commands = "mandoc")
    void the_manual_page_is_well_formed_and_tells_every_option() throws Exception {
        String page = Ran.probe("man").out();
        Tool linted = Tool.run(page, "mandoc", "-Tlint", "-Wwarning");
        assertEquals("", linted.said());
        String shown = Tool.run(page, "mandoc", "-Tascii").said().replaceAll(".\b", "");
        OptionTable.names().forEach(name -> assertTrue(shown.contains(name), name));
    }
}
