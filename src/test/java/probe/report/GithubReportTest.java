package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GithubReportTest {

    @Test
    void a_fault_is_an_error_a_warning_a_warning_and_health_a_plain_line() throws IOException {
        List<String> lines = FormatTest
                .run(Format.GITHUB, List.of(Reports.full(), Reports.healthy()))
                .lines()
                .toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0)
                .startsWith(
                        "::error title=https%3A//shop.example/cart%3A connect-timeout%2C server "
                                + "side%2C medium confidence::FAILED https://shop.example/cart: connect-timeout"),
                lines.get(0));
        assertTrue(lines.get(0).endsWith("%0A  server Look at the accept queue."), lines.get(0));
        assertEquals("::warning title=https%3A//shop.example/cart%3A certificate-ends-soon::"
                + "The certificate ends in 9 days.", lines.get(1));
        assertEquals("probe: db.example:5432 is healthy", lines.get(2));
    }

    @Test
    void hostile_text_opens_no_command_of_its_own() throws IOException {
        List<String> lines = FormatTest.run(Format.GITHUB, List.of(FormatTest.hostile()))
                .lines()
                .toList();
        assertEquals(2, lines.size());
        assertTrue(lines.stream()
                .allMatch(line -> line.startsWith("::error ") || line.startsWith("::warning ")));
    }

    @ParameterizedTest
    @CsvSource({"50% off, 50%25 off", "a:b, a:b", "%0A, %250A"})
    void a_message_is_escaped(String text, String escaped) {
        assertEquals(escaped, GithubReport.data(text));
    }

    /** What GitHub's own library writes for the same title and message: issueCommand of @actions/core. */
    @Test
    void titles_and_messages_are_written_as_githubs_own_library_does() throws IOException {
        try (InputStream recorded = GithubReportTest.class
                .getResourceAsStream("/github/actions-core-3.0.1.json")) {
            JsonNode cases = new ObjectMapper().readTree(recorded);
            assertEquals(5, cases.size());
            for (JsonNode one : cases) {
                assertEquals(one.path("command").asText(), "::" + one.path("name").asText()
                        + " title=" + GithubReport.property(one.path("title").asText()) + "::"
                        + GithubReport.data(one.path("message").asText()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"##[error]x, ##\\u005berror]x", "a ##[x, a ##\\u005bx",
        "::error::x, \\u003a:error::x",
        "and ::set-output name=a::b, and \\u003a:set-output name=a::b",
        "a::error::x, a::error::x", "::1 and ::2, ::1 and ::2", "# [x] ::, # [x] ::"})
    void what_a_runner_would_obey_is_disarmed(String text, String disarmed) {
        assertEquals(disarmed, WorkflowCommands.disarmed(text));
    }

    @Test
    void a_line_break_is_kept_as_its_escape() {
        assertEquals("one%0Atwo%0A%0Athree", GithubReport.data("one\ntwo\r\n\nthree\n"));
        assertEquals("%0Aone", GithubReport.data("\none"));
    }
}
