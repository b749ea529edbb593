package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static probe.report.Reports.json;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import probe.diagnosis.Facts;
import probe.evidence.ControlResult;
import probe.evidence.Observation;
import probe.evidence.SynSchedule;
import probe.profile.Origin;
import probe.profile.TimeoutName;

class ReportReaderTest {

    @ParameterizedTest
    @EnumSource(Layout.class)
    void what_was_read_is_written_again_as_it_was(Layout layout) {
        for (Report report : List.of(Reports.healthy(), Reports.full(), Reports.ofSeries())) {
            String json = json(report, layout);
            assertEquals(json, json(ReportReader.report(json), layout));
        }
    }

    @Test
    void a_report_comes_back_as_the_record_it_was() {
        assertEquals(Reports.full(), ReportReader.report(json(Reports.full(), Layout.ONE_LINE)));
        assertEquals(Reports.healthy(),
                ReportReader.report(json(Reports.healthy(), Layout.ONE_LINE)));
    }

    /** So that the test above cannot pass over what a record has learned to hold since. */
    @Test
    void nothing_that_a_record_can_hold_is_left_out_of_that_report()
            throws ReflectiveOperationException {
        Set<String> filled = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        visit(Reports.ofSeries(), all, filled);
        all.removeAll(filled);
        // Never written: it is a credential.
        assertEquals(Set.of("Target.userInfo"), all);
    }

    private static void visit(@Nullable Object value, Set<String> all, Set<String> filled)
            throws ReflectiveOperationException {
        if (value instanceof Collection<?> collection) {
            for (Object element : collection) {
                visit(element, all, filled);
            }
        } else if (value instanceof Map<?, ?> map) {
            visit(map.values(), all, filled);
        } else if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                Object part = component.getAccessor().invoke(value);
                String name = value.getClass().getSimpleName() + "." + component.getName();
                all.add(name);
                if (part != null && !part.equals(List.of()) && !part.equals("")) {
                    filled.add(name);
                }
                visit(part, all, filled);
            }
        }
    }

    /** Every variant of a fact from outside stands in that report. */
    @Test
    void no_variant_of_an_observation_is_left_out_of_that_report() {
        assertEquals(Set.of(Observation.class.getPermittedSubclasses()),
                Reports.full()
                        .observations()
                        .stream()
                        .map(Object::getClass)
                        .collect(Collectors.toSet()));
    }

    @Test
    void facts_are_read_without_a_judgement() {
        String json = json(Reports.full(), Layout.ONE_LINE);
        String factsOnly = json.substring(0, json.indexOf("\"diagnosis\""))
                + json.substring(json.indexOf("\"attempts\""));
        Facts facts = ReportReader.facts(factsOnly);
        assertEquals("shop.example", facts.target().host());
        assertEquals(2, facts.attempts().size());
        assertEquals(new Origin.FromProfile("ci"),
                Objects.requireNonNull(facts.attempts().get(0).timeouts().get(TimeoutName.DNS))
                        .origin());
        assertEquals(1, facts.observed(ControlResult.class).count());
        assertEquals(3,
                facts.observed(SynSchedule.class).findFirst().orElseThrow().instants().size());
    }

    @Test
    void a_field_that_is_not_known_is_passed_over() {
        Report report = Reports.full();
        String json = json(report, Layout.ONE_LINE);
        String newer = json.replace("\"via\":", "\"colour\":{\"of\":[\"hope\"]},\"via\":");
        assertEquals(json, json(ReportReader.report(newer), Layout.ONE_LINE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    "schema":"probe/1"          | "schema":"probe/9"       | schema is 'probe/9', not 'probe/1'
                    "port":443,"path"           | "port":"443","path"      | target.port is not a whole number
                    "port":443,"path"           | "port":4294967739,"path" | target.port is too large
                    "startedAt":"2026           | "startedAt":"soon2026    | startedAt is 'soon2026
                    "durationMs":3104.2         | "durationMs":-1          | durationMs is not a number of milliseconds
                    "durationMs":3104.2         | "durationMs":1e99        | durationMs is not a number of milliseconds
                    "durationMs":3104.2         | "duration":1             | durationMs is missing
                    "kind":"connect-timeout"    | "kind":"gremlins"        | diagnosis.kind is 'gremlins', not one of dns-not
                    "supports":"client"         | "supports":"moon"        | diagnosis.evidence[3].supports is 'moon', not one of client, server
                    ["192.0.2.7","192.0.2.8"]   | ["192.0.2.7",8]          | diagnosis.evidence[2].value[1] is not a text
                    "multiplier":2,             | "multiplier":"2",        | advice.backoff.multiplier is not a number
                    "current":"3100ms"          | "current":"3100"         | advice.timeouts[0].current is no duration: '3100' has no unit
                    "via":"socket"              | "via":"pigeon"           | attempts[1].via is 'pigeon', not one of socket, http-client
                    {"dns":{"ms":5000,          | {"tea":{"ms":5000,       | attempts[0].timeouts.tea is no timeout
                    "bytes":{"sent":10,         | "bytes":{"sent":1.5,     | attempts[0].bytes.sent is not a whole number
                    "name":"timed-out"          | "name":null              | attempts[0].failure.name is missing
                    "faults":["expired"]        | "faults":"expired"       | attempts[0].tls.faults is not an array
                    "exchange":{"steps":3       | "exchange":7,"x":{"s":3  | attempts[0].exchange is not a JSON object
                    "type":"answer-ttl"         | "type":"omen"            | observations[0].type is 'omen', which this version does not know
                    """)
    void foreign_json_is_refused_with_the_name_of_the_field(String from, String to,
            String message) {
        String json = json(Reports.full(), Layout.ONE_LINE);
        assertTrue(json.contains(from), from);
        String changed = json.replaceFirst(java.util.regex.Pattern.quote(from),
                java.util.regex.Matcher.quoteReplacement(to));
        ReportFormatException refused = assertThrows(ReportFormatException.class,
                () -> ReportReader.report(changed));
        assertTrue(String.valueOf(refused.getMessage()).startsWith(message), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"schema":                  | line 1, column 11: not JSON: Unexpected end-of-input
            []                          | a report is not a JSON object
            {"schema":"a","schema":"b"} | line 1, column 23: not JSON: Duplicate
            {"schema":"probe/1"} {}     | line 1, column 22: not JSON: Trailing token
            {}                          | schema is missing
            """)
    void text_that_is_no_report_is_refused_with_its_place(String text, String message) {
        ReportFormatException refused = assertThrows(ReportFormatException.class,
                () -> ReportReader.report(text));
        assertTrue(String.valueOf(refused.getMessage()).startsWith(message), refused.getMessage());
    }

    @Test
    void an_empty_text_is_refused() {
        assertThrows(ReportFormatException.class, () -> ReportReader.report(""));
    }
}
