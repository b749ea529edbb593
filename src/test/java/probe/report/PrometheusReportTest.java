package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PrometheusReportTest {
    /** The grammar of a sample line: name, labels, value. */
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-z_]+)\\{([a-z_]+=\"([^\"\\\\\\n]|\\\\\\\\|\\\\\"|\\\\n)*\"(,|(?=})))+\\} -?[0-9.]+");

    @Test
    void each_metric_is_told_once_and_its_samples_stand_together() throws IOException {
        String text = FormatTest.run(Format.PROMETHEUS,
                List.of(Reports.healthy(), Reports.full(), FormatTest.hostile()));
        List<String> order = new ArrayList<>();
        Set<String> series = new HashSet<>();
        for (String line : text.lines().toList()) {
            if (!line.startsWith("#")) {
                assertTrue(SAMPLE.matcher(line).matches(), line);
                assertTrue(series.add(line.substring(0, line.lastIndexOf(' '))), line);
                String name = line.substring(0, line.indexOf('{'));
                if (order.isEmpty() || !order.getLast().equals(name)) {
                    order.add(name);
                }
            }
        }
        assertEquals(new HashSet<>(order).size(), order.size(), order.toString());
        assertEquals(7, order.size(), order.toString());
    }

    @Test
    void a_fault_and_its_phases_are_samples() throws IOException {
        String text = FormatTest.run(Format.PROMETHEUS, List.of(Reports.full()));
        String target = "target=\"https://shop.example/cart\"";
        assertTrue(text.contains("\nprobe_success{" + target + "} 0\n"), text);
        assertTrue(text.contains("\nprobe_duration_seconds{" + target + "} 3.1042\n"), text);
        assertTrue(text.contains("\nprobe_start_time_seconds{" + target + "} 1767225600.123\n"),
                text);
        assertTrue(
                text.contains("\nprobe_fault_info{" + target
                        + ",kind=\"connect-timeout\",phase=\"connect\","
                        + "side=\"server\",locus=\"remote-host\",confidence=\"medium\"} 1\n"),
                text);
        assertTrue(
                text.contains("\nprobe_phase_duration_seconds{" + target
                        + ",attempt=\"1\",via=\"http-client\","
                        + "address=\"2001:db8::7\",phase=\"connect\",outcome=\"failed\"} 3.1\n"),
                text);
        assertTrue(
                text.contains(
                        "\nprobe_tls_certificate_not_after_seconds{" + target + ",attempt=\"1\","
                                + "via=\"http-client\",address=\"2001:db8::7\"} 1767312000\n"),
                text);
    }

    @Test
    void of_a_target_given_twice_the_last_report_counts() throws IOException {
        String text = FormatTest.run(Format.PROMETHEUS,
                List.of(Reports.failed(Reports.fullAttempt()),
                        Reports.healthy()));
        assertTrue(text.contains("\nprobe_success{target=\"db.example:5432\"} 1\n"), text);
        assertEquals(-1, text.indexOf("\nprobe_fault_info{"), text);
    }

    @Test
    void a_label_is_escaped_as_the_format_asks() {
        assertEquals("a\\\\b\\\"c\\\\u000ad", PrometheusReport.escape("a\\b\"c\nd"));
    }
}
