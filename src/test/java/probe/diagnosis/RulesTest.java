package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import probe.diagnosis.Finding.Weight;

/** Each rule once where it speaks, with what it says, and once where it is silent; the rows are in {@link RuleRows}. */
class RulesTest {
    private static final List<Class<?>> ROOMS = List.of(OwnMachineRules.class, DeadlineRules.class,
            NameRules.class,
            ConnectRules.class, ProxyRules.class, ProxyStatusRules.class, HandshakeRules.class,
            CertificateRules.class,
            WireRules.class,
            ProtocolRules.class, HttpRules.class, RedirectRules.class,
            Http2Rules.class);
    /** Tried with evidence of their own, in {@link EvidenceRulesTest} and {@link DnsRulesTest}. */
    private static final List<Class<?>> OBSERVERS = List.of(RouteRules.class, CounterRules.class,
            IcmpRules.class, ControlRules.class, PathRules.class, KernelRules.class,
            KeptRules.class,
            DnsRules.class, DenialRules.class, AddressRules.class);

    /**
     * A row of the table.
     *
     * @param rule the rule's name
     * @param situation what is seen
     * @param facts of the situation
     * @param says what the rule makes of it, as {@code weight side locus}; empty where it is silent
     */
    record Row(String rule, String situation, Facts facts, String says) {
        @Override
        public String toString() {
            return rule + (says.isEmpty() ? " is silent: " : " speaks: ") + situation;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("probe.diagnosis.RuleRows#all")
    void a_rule_says_what_it_claims_and_no_more(Row row) throws ReflectiveOperationException {
        Incident incident = Diagnoser.incident(row.facts()).orElseThrow();
        assertEquals(row.says(), spoken(apply(row.rule(), incident)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("probe.diagnosis.RuleRows#speaking")
    void a_rule_is_registered_and_its_evidence_is_shown(Row row)
            throws ReflectiveOperationException {
        Incident incident = Diagnoser.incident(row.facts()).orElseThrow();
        List<Evidence> shown = Diagnoser.diagnose(row.facts()).orElseThrow().evidence();
        for (Finding finding : apply(row.rule(), incident)) {
            assertTrue(shown.contains(finding.evidence()), () -> finding + " is not in " + shown);
        }
    }

    @Test
    void every_rule_is_tried_where_it_speaks_and_where_it_is_silent() {
        assertEquals(rules(), names(RuleRows.all().filter(row -> !row.says().isEmpty())));
        assertEquals(rules(), names(RuleRows.all().filter(row -> row.says().isEmpty())));
        assertEquals(rules().size() + methods(OBSERVERS).count(), Rules.ALL.size());
    }

    private static Set<String> rules() {
        return methods().map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Stream<Row> rows) {
        return rows.map(Row::rule).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Method> methods() {
        return methods(ROOMS);
    }

    private static Stream<Method> methods(List<Class<?>> rooms) {
        return rooms.stream()
                .flatMap(room -> Arrays.stream(room.getDeclaredMethods()))
                .filter(method -> method.getReturnType() == List.class && !method.isSynthetic()
                        && (method.getModifiers() & java.lang.reflect.Modifier.PRIVATE) == 0
                        && Arrays.equals(method.getParameterTypes(),
                                new Class<?>[] {Incident.class}));
    }

    @SuppressWarnings("unchecked") // methods() lets through nothing that returns another list.
    private static List<Finding> apply(String rule, Incident incident)
            throws ReflectiveOperationException {
        Method method = methods().filter(one -> one.getName().equals(rule))
                .findFirst()
                .orElseThrow();
        return (List<Finding>) method.invoke(null, incident);
    }

    private static String spoken(List<Finding> findings) {
        return findings.stream().map(RulesTest::spoken).collect(Collectors.joining(", "));
    }

    private static String spoken(Finding finding) {
        @Nullable
        Side side = finding.evidence().supports();
        return finding.weight() == Weight.NOTE || side == null ? "note"
                : finding.weight().name().toLowerCase(java.util.Locale.ROOT) + " " + side.id() + " "
                        + finding.locus().id();
    }
}
