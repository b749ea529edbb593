package probe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import probe.evidence.Observation;
import probe.evidence.SocketSnapshot;
import probe.report.ObservationSamples.Filled;
import probe.testing.ValidReport;

class JsonObservationsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<Class<?>> variants() {
        return ObservationSamples.variants().stream();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void every_variant_is_valid_by_the_schema_full_and_sparse(Class<?> variant) {
        ValidReport.check(written(ObservationSamples.sample(variant, Filled.ALL)));
        ValidReport.check(written(ObservationSamples.sample(variant, Filled.REQUIRED)));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void every_variant_is_read_back_as_it_was(Class<?> variant) {
        for (Filled filled : Filled.values()) {
            Observation one = ObservationSamples.sample(variant, filled);
            assertEquals(List.of(one), ReportReader.report(written(one)).observations());
        }
    }

    /** Those with a field that must be there. */
    static Stream<Class<?>> demanding() {
        return variants().filter(variant -> !Arrays.stream(variant.getRecordComponents())
                .allMatch(ObservationSamples::isOptional));
    }

    @ParameterizedTest
    @MethodSource("demanding")
    void a_missing_field_is_named(Class<?> variant) throws IOException {
        JsonNode json = MAPPER.readTree(
                written(ObservationSamples.sample(variant, Filled.REQUIRED)));
        ((ObjectNode) json.at("/observations/0")).retain("type");
        String said = assertThrows(ReportFormatException.class,
                () -> ReportReader.report(json.toString())).getMessage();
        assertTrue(said != null && said.startsWith("observations[0]."), said);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void the_schema_describes_every_field_of_a_variant(Class<?> variant) throws IOException {
        JsonNode schema = MAPPER.readTree(ReportSchema.text())
                .at("/$defs/" + JsonRecord.type(variant));
        List<String> fields = new ArrayList<>(List.of("type"));
        Arrays.stream(variant.getRecordComponents()).map(JsonRecord::field).forEach(fields::add);
        List<String> described = new ArrayList<>();
        schema.get("properties").fieldNames().forEachRemaining(described::add);
        assertEquals(fields, described);
    }

    @Test
    void there_are_variants_to_test() {
        assertTrue(ObservationSamples.variants().size() >= 14);
    }

    @Test
    void what_was_not_learned_is_not_written() throws IOException {
        Observation sparse = ObservationSamples.sample(SocketSnapshot.class,
                Filled.REQUIRED);
        JsonNode json = MAPPER.readTree(written(sparse)).at("/observations/0");
        assertEquals("socket-snapshot", json.get("type").textValue());
        assertTrue(json.path("info").isMissingNode());
    }

    private static String written(Observation observation) {
        Report base = Reports.full();
        return Reports.json(new Report(base.target(), base.startedAt(), base.duration(),
                base.diagnosis(), base.advice(), base.attempts(), List.of(observation),
                base.warnings(), base.environment()), Layout.ONE_LINE);
    }
}
