package probe.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import probe.advice.Advice;
import probe.attempt.CertificateFault;
import probe.attempt.FailureName;
import probe.attempt.Http2Facts;
import probe.attempt.HttpFacts;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.Redirect;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts;
import probe.attempt.Via;
import probe.diagnosis.Confidence;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;
import probe.diagnosis.RequestProcessed;
import probe.diagnosis.Series;
import probe.diagnosis.Side;
import probe.evidence.ControlResult;
import probe.profile.TimeoutName;
import probe.target.Scheme;
import probe.testing.ValidReport;

class ReportSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Where a list of words stands in the schema, and the words of the program. */
    private static Map<String, List<String>> words() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("/$defs/kind", ids(Kind.values(), Kind::id));
        words.put("/$defs/phase", ids(Phase.values(), Phase::id));
        words.put("/$defs/side", ids(Side.values(), Side::id));
        words.put("/$defs/locus", ids(Locus.values(), Locus::id));
        words.put("/$defs/confidence", ids(Confidence.values(), Confidence::id));
        words.put("/$defs/timeoutName", ids(TimeoutName.values(), TimeoutName::id));
        words.put("/$defs/failureName", ids(FailureName.values(), FailureName::id));
        words.put("/$defs/target/properties/scheme", ids(Scheme.values(), Scheme::id));
        words.put("/$defs/diagnosis/properties/requestProcessed",
                ids(RequestProcessed.values(), RequestProcessed::id));
        words.put("/$defs/advice/properties/retry", ids(Advice.Retry.values(), Advice.Retry::id));
        words.put("/$defs/advice/properties/safeFor",
                ids(Advice.SafeFor.values(), Advice.SafeFor::id));
        words.put("/$defs/advice/properties/helps/properties/answer",
                ids(Advice.Retry.values(), Advice.Retry::id));
        words.put("/$defs/advice/properties/safe/properties/for",
                ids(Advice.SafeFor.values(), Advice.SafeFor::id));
        words.put("/$defs/phaseTiming/properties/outcome",
                ids(PhaseOutcome.values(), PhaseOutcome::id));
        words.put("/$defs/tls/properties/faults/items",
                ids(CertificateFault.values(), CertificateFault::id));
        words.put("/$defs/tls/properties/clientCertificate",
                ids(TlsFacts.ClientCertificate.values(), TlsFacts.ClientCertificate::id));
        words.put("/$defs/http/properties/answeredBy",
                ids(HttpFacts.AnsweredBy.values(), HttpFacts.AnsweredBy::id));
        words.put("/$defs/http/properties/redirect/properties/outcome",
                ids(Redirect.Outcome.values(), Redirect.Outcome::id));
        words.put("/$defs/http/properties/http2/properties/ending",
                ids(Http2Facts.Ending.values(), Http2Facts.Ending::id));
        words.put("/$defs/attempt/properties/via", ids(Via.values(), Via::id));
        words.put("/$defs/attempt/properties/conversation/properties/request",
                ids(RequestProgress.values(), RequestProgress::id));
        words.put("/$defs/attempt/properties/conversation/properties/peer",
                ids(PeerState.values(), PeerState::id));
        words.put("/$defs/control/properties/name",
                ids(ControlResult.Control.values(), ControlResult.Control::id));
        words.put("/$defs/control/properties/outcome",
                ids(ControlResult.Outcome.values(), ControlResult.Outcome::id));
        words.put("/$defs/series/properties/pattern",
                ids(Series.Pattern.values(), Series.Pattern::id));
        words.put("/$defs/series/properties/judgedBy",
                ids(Series.JudgedBy.values(), Series.JudgedBy::id));
        words.put("/$defs/series/properties/phases/items/properties/via",
                ids(Via.values(), Via::id));
        words.put("/$defs/series/properties/rounds/items/properties/outcome",
                ids(Series.RoundOutcome.values(), Series.RoundOutcome::id));
        words.put("/properties/outcome", List.of("healthy", "failed"));
        ObservationSamples.variants()
                .forEach(variant -> addWords(words,
                        "/$defs/" + JsonRecord.type(variant), variant));
        return words;
    }

    /** The closed lists among the components of an observation, and of the records in it. */
    private static void addWords(Map<String, List<String>> words, String where, Class<?> type) {
        if (!type.isRecord()) {
            return; // texts
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String field = where + "/properties/" + JsonRecord.field(component);
            if (component.getType().isEnum()) {
                words.put(field, Arrays.stream(component.getType().getEnumConstants())
                        .map(word -> JsonRecord.id((Enum<?>) word))
                        .toList());
            } else if (component.getType().isRecord()) {
                addWords(words, field, component.getType());
            } else if (component.getType() == List.class) {
                addWords(words, field + "/items",
                        (Class<?>) ((ParameterizedType) component.getGenericType())
                                .getActualTypeArguments()[0]);
            }
        }
    }

    @Test
    void its_word_lists_are_those_of_the_program_in_the_same_order_and_none_is_missed()
            throws IOException {
        Map<String, List<String>> inSchema = new TreeMap<>();
        collectEnums("", MAPPER.readTree(ReportSchema.text()), inSchema);
        assertEquals(new TreeMap<>(words()), inSchema);
    }

    @Test
    void every_object_is_closed_and_says_what_is_required() throws IOException {
        List<String> open = new ArrayList<>();
        collectOpenObjects("", MAPPER.readTree(ReportSchema.text()), open);
        assertEquals(List.of(), open);
    }

    @Test
    void a_report_with_a_field_missing_or_unknown_or_mistyped_is_refused() throws IOException {
        String good = Reports.json(Reports.full(), Layout.ONE_LINE);
        assertTrue(ValidReport.isValid(good));
        assertAll(
                () -> assertRefused(good, "", report -> report.remove("environment")),
                () -> assertRefused(good, "", report -> report.put("extra", 1)),
                () -> assertRefused(good, "", report -> report.put("schema", "probe/2")),
                () -> assertRefused(good, "", report -> report.put("outcome", "healthy")),
                () -> assertRefused(good, "", report -> report.putNull("advice")),
                () -> assertRefused(good, "/target", target -> target.put("userInfo", "u:p")),
                () -> assertRefused(good, "/diagnosis",
                        diagnosis -> diagnosis.put("kind", "on-fire")),
                () -> assertRefused(good, "/attempts/0", attempt -> attempt.put("port", 0)),
                () -> assertRefused(good, "/attempts/0", attempt -> attempt.remove("bytes")),
                () -> assertRefused(good, "/attempts/0/failure",
                        failure -> failure.put("elapsedMs", -1)),
                () -> assertRefused(good, "/attempts/0/timeouts",
                        timeouts -> timeouts.putObject("lunch")),
                () -> assertRefused(good, "/controls/0",
                        control -> control.put("outcome", "maybe")));
    }

    private static void assertRefused(String json, String where,
            Consumer<ObjectNode> change)
            throws IOException {
        JsonNode report = MAPPER.readTree(json);
        change.accept((ObjectNode) report.at(where));
        assertFalse(ValidReport.isValid(report.toString()), report.toString());
    }

    private static <E> List<String> ids(E[] values, Function<E, String> id) {
        return Arrays.stream(values).map(id).toList();
    }

    private static void collectEnums(String path, JsonNode node, Map<String, List<String>> found) {
        if (node.path("enum").isArray()) {
            List<String> words = new ArrayList<>();
            node.get("enum").forEach(word -> words.add(word.textValue()));
            found.put(path, words);
        }
        children(path, node).forEach((place, child) -> collectEnums(place, child, found));
    }

    private static void collectOpenObjects(String path, JsonNode node, List<String> found) {
        if (node.has("properties") && node.has("type")
                && !(node.path("additionalProperties").isBoolean() && node.has("required"))) {
            found.add(path);
        }
        children(path, node).forEach((place, child) -> collectOpenObjects(place, child, found));
    }

    private static Map<String, JsonNode> children(String path, JsonNode node) {
        Map<String, JsonNode> children = new LinkedHashMap<>();
        node.properties()
                .forEach(
                        field -> children.put(path + "/" + field.getKey(), field.getValue()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            children.put(path + "/" + i, node.get(i));
        }
        return children;
    }
}
