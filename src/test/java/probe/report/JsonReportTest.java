package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static probe.report.Reports.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.testing.ValidReport;

class JsonReportTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @EnumSource(Layout.class)
    void a_healthy_and_a_full_report_are_valid_in_every_layout(Layout layout) {
        ValidReport.check(json(Reports.healthy(), layout));
        ValidReport.check(json(Reports.full(), layout));
    }

    @Test
    void fields_stand_in_the_order_of_the_contract() throws IOException {
        JsonNode report = MAPPER.readTree(json(Reports.full(), Layout.ONE_LINE));
        assertEquals(
                List.of("schema", "target", "startedAt", "durationMs", "outcome", "diagnosis",
                        "advice",
                        "warnings", "attempts", "controls", "observations", "environment"),
                names(report));
        assertEquals(List.of("input", "scheme", "host", "port", "path"),
                names(report.get("target")));
        assertEquals(List.of("kind", "phase", "side", "locus", "confidence", "summary", "evidence",
                "alternatives", "requestProcessed"), names(report.get("diagnosis")));
        assertEquals(
                List.of("retry", "safeFor", "backoff", "retryAfterMs", "timeouts", "actions",
                        "because", "safe", "helps"),
                names(report.get("advice")));
        assertEquals(List.of("via", "address", "port", "localPort", "timeouts", "phases", "bytes",
                "conversation", "failure", "received", "tls", "http", "exchange", "proxy"),
                names(report.at("/attempts/0")));
        assertEquals(
                List.of("name", "phase", "elapsedMs", "limit", "exception", "message",
                        "alsoKnownAs"),
                names(report.at("/attempts/0/failure")));
        assertEquals(List.of("dns", "connect", "deadline"),
                names(report.at("/attempts/0/timeouts")));
        assertEquals(List.of("os", "program", "kernelEvidence", "synScheduleMs", "synGivesUpMs"),
                names(report.get("environment")));
    }

    @Test
    void a_healthy_report_has_a_null_diagnosis_a_null_advice_and_every_array() throws IOException {
        JsonNode report = MAPPER.readTree(json(Reports.healthy(), Layout.ONE_LINE));
        assertEquals("healthy", report.get("outcome").textValue());
        assertTrue(report.get("diagnosis").isNull());
        assertTrue(report.get("advice").isNull());
        for (String name : List.of("attempts", "controls", "observations", "warnings")) {
            assertTrue(report.get(name).isArray(), name);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "499, 0", "500, 0.001", "812499, 0.812", "3100000000, 3100",
        "3104200499, 3104.2",
        "3104200500, 3104.201", "86400000000000, 86400000"})
    void a_duration_is_milliseconds_with_at_most_three_decimals(long nanos, String written) {
        Report base = Reports.healthy();
        String json = json(
                new Report(base.target(), base.startedAt(), Duration.ofNanos(nanos), null, null,
                        base.attempts(), base.observations(), base.warnings(), base.environment()),
                Layout.ONE_LINE);
        assertTrue(json.contains("\"durationMs\":" + written + ","), json);
    }

    @Test
    void one_line_is_one_line_and_both_layouts_say_the_same() throws IOException {
        String line = json(Reports.full(), Layout.ONE_LINE);
        assertEquals(line.length() - 1, line.indexOf('\n'));
        String indented = json(Reports.full(), Layout.INDENTED);
        assertEquals(MAPPER.readTree(line), MAPPER.readTree(indented));
        assertTrue(
                indented.contains(
                        """

                                  "controls": [
                                    {"name": "same-host-other-port", "target": "192.0.2.7:1", "outcome": "refused", \
                                "durationMs": 0.812}
                                  ],
                                  "observations": [
                                    {"type": "answer-ttl",\
                                """),
                indented);
        assertTrue(indented.endsWith("""

                  "environment": {
                    "os": "Linux 6.18",
                    "program": "probe 1.0",
                    "kernelEvidence": "sock_diag",
                    "synScheduleMs": [0, 1000, 3000],
                    "synGivesUpMs": 127000
                  }
                }
                """), indented);
    }

    @Test
    void no_secret_is_ever_written() {
        assertFalse(json(Reports.withSecrets(), Layout.ONE_LINE).contains("secret-word"));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 7, 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0xad, 0x200e, 0x2028, 0x2029, 0x202e,
                0x2066, 0xfeff, 0xe000, 0x1f600, 0xe0041})
    void a_character_that_could_harm_a_terminal_is_escaped_and_not_lost(int codePoint)
            throws IOException {
        String hostile = "a" + Character.toString(codePoint) + "b";
        String json = json(summary(hostile), Layout.ONE_LINE);
        assertTrue(json.chars().allMatch(c -> c == '\n' || !TerminalSafeEscapes.isUnsafe(c)), json);
        assertEquals(hostile, MAPPER.readTree(json).at("/diagnosis/summary").textValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\ud800b", "a\udfffb", "\ud800", "\udc00\ud800", "a\ud83d\ude00\ud83d"})
    void half_a_surrogate_pair_is_replaced_as_jq_refuses_it(String broken) throws IOException {
        String json = json(summary(broken), Layout.ONE_LINE);
        String read = MAPPER.readTree(json).at("/diagnosis/summary").textValue();
        assertEquals(
                new String(broken.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE),
                read);
        assertTrue(read.contains("\ufffd"), json);
    }

    @Test
    void letters_of_every_script_stay_readable() {
        assertTrue(json(summary("Größe Ж 日本 …"), Layout.ONE_LINE).contains("\"Größe Ж 日本 …\""));
    }

    @Test
    void any_text_whatever_comes_back_from_utf_8_as_it_was() throws IOException {
        Random random = new Random(20260101);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
            }
            String whole = new String(text.toString().getBytes(StandardCharsets.UTF_16BE),
                    StandardCharsets.UTF_16BE);
            byte[] utf8 = json(summary(text.toString()), Layout.INDENTED)
                    .getBytes(StandardCharsets.UTF_8);
            assertEquals(whole,
                    MAPPER.readTree(utf8).at("/diagnosis/summary").textValue());
        }
    }

    private static Report summary(String summary) {
        Report base = Reports.full();
        return new Report(base.target(), base.startedAt(), base.duration(),
                Reports.diagnosis(summary),
                base.advice(), base.attempts(), base.observations(), base.warnings(),
                base.environment());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
