package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Kind;
import probe.report.GoldenCase;
import probe.report.ReportReader;
import probe.testing.ValidReport;

/**
 * Records the golden cases: brings each situation about, runs the program as a user would, and keeps the facts of its
 * report. By hand only, because every recording has other ports and times:
 *
 * <pre>{@code mvn test -Dtest=CaseRecorder -Dprobe.cases.record=true [-Dprobe.cases.only=silent-port]}</pre>
 */
@EnabledIfSystemProperty(named = "probe.cases.record", matches = "true")
class CaseRecorder {
    private static final List<String> ONLY = List
            .of(System.getProperty("probe.cases.only", "").split(",", -1));

    @TestFactory
    Stream<DynamicTest> record() {
        return Stream.concat(Situations.all().stream(), NamespaceScenes.all().stream())
                .filter(situation -> ONLY.equals(List.of("")) || ONLY.contains(situation.name()))
                .map(situation -> DynamicTest.dynamicTest(situation.name(),
                        () -> record(situation)));
    }

    private static void record(Situation situation) throws Exception {
        String report = ValidReport.check(situation.scene().report());
        GoldenCase.record(situation.name(), withoutBuildOfKernel(report));
        Diagnosis diagnosis = ReportReader.report(report).diagnosis();
        Kind kind = diagnosis == null ? null : diagnosis.kind();
        assertEquals(situation.kind(), kind, report);
    }

    /** The version of the kernel says enough; who built it does not belong in a case. */
    private static String withoutBuildOfKernel(String report) {
        return report.replaceFirst("(\"os\":\"\\w+ [0-9.]+)[^\"]*", "$1");
    }
}
