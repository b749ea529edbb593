package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import probe.diagnosis.Diagnosis;
import probe.report.GoldenCase;

class SituationsTest {

    @TestFactory
    Stream<DynamicTest> each_situation_was_recorded_and_is_judged_as_what_it_is() {
        return all()
                .map(situation -> DynamicTest.dynamicTest(situation.name(), () -> {
                    Diagnosis diagnosis = GoldenCase.named(situation.name()).report().diagnosis();
                    assertEquals(situation.kind(), diagnosis == null ? null : diagnosis.kind());
                }));
    }

    private static Stream<Situation> all() {
        return Stream.concat(Situations.all().stream(), NamespaceScenes.all().stream());
    }

    @Test
    void names_are_unlike() {
        Set<String> names = new HashSet<>();
        all().forEach(situation -> names.add(situation.name()));
        assertEquals(all().count(), names.size());
    }
}
