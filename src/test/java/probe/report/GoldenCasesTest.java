package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import probe.testing.ValidReport;

/**
 * What was recorded once is judged again, without a network. The list of folders is the list of tests.
 *
 * <p>When a rule changes on purpose, {@code mvn test -Dtest=GoldenCasesTest -Dprobe.cases.update=true} writes the
 * expectations anew, for review as a diff; never in continuous integration.
 */
class GoldenCasesTest {
    private static final boolean UPDATE = Boolean.getBoolean("probe.cases.update");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** How many there were when this was written: fewer means that the list is not read. */
    private static final int AT_LEAST = 90;

    @TestFactory
    Stream<DynamicNode> each_case() throws IOException {
        return GoldenCase.all()
                .stream()
                .map(golden -> dynamicContainer(golden.name(), List.of(
                        dynamicTest("is_whole", () -> assertWhole(golden)),
                        dynamicTest("has_facts_that_come_back_as_they_were_written",
                                () -> assertFactsComeBack(golden)),
                        dynamicTest("is_judged_as_expected", () -> compare(golden, "diagnosis.json",
                                GoldenCase.judgement(golden.report()))),
                        dynamicTest("is_reported_as_expected", () -> compare(golden, "report.json",
                                ValidReport.check(GoldenCase.whole(golden.report())))),
                        dynamicTest("has_a_report_that_comes_back_as_it_was_written",
                                () -> assertEquals(
                                        golden.read("report.json"),
                                        GoldenCase.whole(ReportReader
                                                .report(golden.read("report.json"))))))));
    }

    @Test
    void the_list_of_cases_is_read() throws IOException {
        assertTrue(GoldenCase.all().size() >= AT_LEAST, GoldenCase.all().toString());
    }

    @Test
    void expectations_are_never_rewritten_in_continuous_integration() {
        if (UPDATE) {
            assertNull(System.getenv("CI"), "probe.cases.update is for a developer's machine");
        }
    }

    private static void assertWhole(GoldenCase golden) throws IOException {
        if (UPDATE) {
            golden.expectToday();
        }
        try (Stream<Path> files = Files.list(golden.folder())) {
            assertEquals(GoldenCase.FILES,
                    files.map(file -> String.valueOf(file.getFileName())).sorted().toList());
        }
    }

    private static void assertFactsComeBack(GoldenCase golden) throws IOException {
        assertEquals(golden.read("facts.json"), GoldenCase.facts(golden.report()));
    }

    private static void compare(GoldenCase golden, String file, String actual) throws IOException {
        assertEquals(pretty(golden.read(file)), pretty(actual));
    }

    private static String pretty(String json) throws IOException {
        return MAPPER.readTree(json).toPrettyString();
    }
}
