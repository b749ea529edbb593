package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Kind;
import probe.report.ReportReader;
import probe.testing.Needs;
import probe.testing.Prerequisite;
import probe.testing.ValidReport;

@Needs(value = {Prerequisite.LINUX, Prerequisite.ROOT, Prerequisite.NETWORK_NAMESPACES},
        commands = {"unshare", "ip", "nft"})
class NamespaceScenesTest {

    @TestFactory
    Stream<DynamicTest> each_fault_of_the_machine_or_its_name_servers_is_told() {
        return NamespaceScenes.all()
                .stream()
                .map(situation -> DynamicTest.dynamicTest(situation.name(), () -> {
                    String report = ValidReport.check(situation.scene().report());
                    Diagnosis diagnosis = ReportReader.report(report).diagnosis();
                    Kind kind = diagnosis == null ? null : diagnosis.kind();
                    assertEquals(situation.kind(), kind, report);
                }));
    }
}
