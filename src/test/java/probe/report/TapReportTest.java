package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapReportTest {

    @Test
    void each_target_is_a_test_point_and_the_plan_comes_last() throws IOException {
        assertEquals("""
                TAP version 13
                ok 1 - db.example:5432
                  ---
                  duration_ms: 12.346
                  ...
                not ok 2 - https://shop.example/cart: connect-timeout
                  ---
                  duration_ms: 3104.200
                  message: "A summary."
                  severity: fail
                  phase: connect
                  side: server
                  locus: remote-host
                  confidence: medium
                  warnings:
                    - "The certificate ends in 9 days."
                  ...
                1..2
                """, FormatTest.run(Format.TAP, List.of(Reports.healthy(), Reports.full())));
    }

    @Test
    void a_run_without_targets_is_an_empty_plan() throws IOException {
        assertEquals("TAP version 13\n1..0\n", FormatTest.run(Format.TAP, List.of()));
    }

    @Test
    void hostile_text_makes_no_directive_and_no_line_of_its_own() throws IOException {
        List<String> lines = FormatTest.run(Format.TAP, List.of(FormatTest.hostile()))
                .lines()
                .toList();
        assertEquals(14, lines.size(), lines.toString());
        assertTrue(lines.get(1).contains("'\\#::%\\\\u000d\\\\u000a\\\\\\\\uffff"), lines.get(1));
        assertTrue(lines.get(4).startsWith("  message: \"a\\\\u001b[2J"), lines.get(4));
        assertTrue(lines.get(4).contains("<&\\\">]]>'#::%"), lines.get(4));
    }
}
