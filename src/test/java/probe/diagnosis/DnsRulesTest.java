package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.evidence.HostsEntry;
import probe.evidence.NameServerAnswer;
import probe.evidence.NameServerAnswer.Outcome;
import probe.evidence.NameServerAnswer.Purpose;
import probe.evidence.NameServerAnswer.RecordType;
import probe.evidence.NameServerAnswer.Transport;
import probe.evidence.Observation;
import probe.evidence.ResolverConfig;
import probe.profile.TimeoutName;

/** What becomes of a failed lookup when the name servers have been asked: kind, side, confidence, reason. */
class DnsRulesTest {
    private static final String NAME = "db.shop.de";
    private static final String ONE = "10.0.0.2";
    private static final String TWO = "10.0.0.3";

    /** Builds the answers of a server, one to each question. */
    private static final class Server {
        private final String address;
        private final List<Observation> answers = new ArrayList<>();

        Server(String address) {
            this.address = address;
        }

        Server says(Outcome outcome) {
            return says(Purpose.NAME, RecordType.A, outcome).says(Purpose.NAME, RecordType.AAAA,
                    outcome);
        }

        Server control(Outcome outcome) {
            return says(Purpose.CONTROL, RecordType.SOA, outcome);
        }

        Server says(Purpose purpose, RecordType type, Outcome outcome) {
            return add(purpose, type, outcome, List.of(), null, null, 1_500);
        }

        Server add(Purpose purpose, RecordType type, Outcome outcome, List<String> aliases,
                @Nullable String zone, @Nullable Integer error, long millis) {
            String name = switch (purpose) {
                case NAME -> NAME;
                case SEARCH -> NAME + ".corp.de";
                case CONTROL -> ".";
            };
            answers.add(new NameServerAnswer(address, name, purpose, type, Transport.UDP, outcome,
                    outcome.isResponse() ? 0 : null,
                    outcome == Outcome.ANSWERED && type != RecordType.SOA
                            ? List.of(type == RecordType.A ? "93.184.216.34" : "2606:2800::1")
                            : List.of(),
                    aliases, zone, error, error == null ? null : "why", Duration.ofMillis(millis)));
            return this;
        }
    }

    private static Server server(String address) {
        return new Server(address);
    }

    private static Facts facts(FailureName name, Server... servers) {
        List<Observation> observations = new ArrayList<>();
        for (Server server : servers) {
            observations.addAll(server.answers);
        }
        return with(name, observations.toArray(Observation[]::new));
    }

    private static Facts with(FailureName name, Observation... observations) {
        return Given.target(NAME + ":5432")
                .at(null)
                .fails(name, Phase.RESOLVE, 20,
                        name == FailureName.TIMED_OUT ? TimeoutName.DNS : null)
                .facts(observations);
    }

    private static Diagnosis judged(Facts facts) {
        return Diagnoser.diagnose(facts).orElseThrow();
    }

    private static void verdict(String expected, Diagnosis diagnosis) {
        assertEquals(expected,
                diagnosis.kind().id() + " " + diagnosis.side().id() + " " + diagnosis.locus().id()
                        + " "
                        + diagnosis.confidence().id(),
                diagnosis::summary);
        assertTrue(
                diagnosis.confidence() == Confidence.HIGH || !diagnosis.alternatives().isEmpty());
        assertFalse(diagnosis.summary().contains("null"), diagnosis::summary);
    }

    private static boolean tells(Diagnosis diagnosis, String fact) {
        return diagnosis.evidence().stream().anyMatch(one -> one.fact().equals(fact));
    }

    @Test
    void without_an_inquiry_nothing_is_refined() {
        verdict("dns-failed client resolver low", judged(facts(FailureName.NAME_LOOKUP_FAILED)));
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_FAILURE, ANSWERED, dns-server-failure server remote-service medium",
        "SERVER_FAILURE, SERVER_FAILURE, dns-server-failure client resolver medium",
        "SERVER_FAILURE, TIMED_OUT, dns-server-failure client resolver medium",
        "REFUSED, REFUSED, dns-refused client resolver high",
        "REFUSED, ANSWERED, dns-refused client resolver medium",
        "TIMED_OUT, TIMED_OUT, dns-timeout client resolver high",
        "TIMED_OUT, ANSWERED, dns-timeout server remote-service medium",
        "UNREACHABLE, UNREACHABLE, dns-unreachable client resolver high",
        "BAD_RESPONSE, BAD_RESPONSE, dns-bad-response client resolver medium",
        "ERROR, ERROR, dns-server-failure client resolver medium",
        "NOT_FOUND, ANSWERED, dns-not-found client configuration medium",
        "NO_DATA, ANSWERED, dns-no-address client configuration low",
        "ANSWERED, ANSWERED, dns-failed client resolver low"})
    void what_the_system_cannot_tell_apart_its_name_servers_can(Outcome name, Outcome control,
            String verdict) {
        for (Server[] servers : List.of(new Server[] {server(ONE).says(name).control(control)},
                new Server[] {server(ONE).says(name).control(control),
                    server(TWO).says(name).control(control)})) {
            verdict(verdict, judged(facts(FailureName.NAME_LOOKUP_FAILED, servers)));
        }
    }

    @ParameterizedTest
    @CsvSource({"BAD_RESPONSE, dns-bad-response", "UNREACHABLE, dns-unreachable",
        "SERVER_FAILURE, dns-timeout",
        "TIMED_OUT, dns-timeout", "ANSWERED, dns-timeout"})
    void a_lookup_that_timed_out_stays_one_unless_nothing_ever_spoke_dns(Outcome said,
            String kind) {
        assertEquals(kind,
                judged(facts(FailureName.TIMED_OUT, server(ONE).says(said))).kind().id());
    }

    @Test
    void an_error_code_that_glibc_takes_for_no_such_name_is_found_out() {
        verdict("dns-server-failure client resolver medium",
                judged(facts(FailureName.NAME_NOT_FOUND, server(ONE).says(Outcome.ERROR))));
        assertEquals(Kind.DNS_NOT_FOUND,
                judged(facts(FailureName.NAME_NOT_FOUND, server(ONE).says(Outcome.SERVER_FAILURE)))
                        .kind());
    }

    @Test
    void silence_of_one_server_is_heard_past_when_another_speaks() {
        Diagnosis diagnosis = judged(facts(FailureName.NAME_LOOKUP_FAILED,
                server(ONE).says(Outcome.TIMED_OUT).control(Outcome.TIMED_OUT),
                server(TWO).says(Outcome.SERVER_FAILURE).control(Outcome.ANSWERED)));
        verdict("dns-server-failure server remote-service medium", diagnosis);
        assertFalse(tells(diagnosis, "name-servers-silent"));
    }

    @Test
    void silence_that_was_cut_short_by_the_deadline_is_none() {
        Server hurried = server(ONE)
                .add(Purpose.NAME, RecordType.A, Outcome.TIMED_OUT, List.of(), null, null, 50)
                .add(Purpose.CONTROL, RecordType.SOA, Outcome.TIMED_OUT, List.of(), null, null, 50);
        verdict("dns-timeout client resolver low", judged(facts(FailureName.TIMED_OUT, hurried)));
    }

    @Test
    void servers_that_disagree_are_the_clients() {
        Diagnosis diagnosis = judged(facts(FailureName.NAME_NOT_FOUND,
                server(ONE).says(Outcome.NOT_FOUND).control(Outcome.ANSWERED),
                server(TWO).says(Outcome.ANSWERED).control(Outcome.ANSWERED)));
        verdict("dns-not-found client resolver medium", diagnosis);
        assertTrue(diagnosis.summary()
                .endsWith("The name servers of this machine disagree: 10.0.0.2 says that it does"
                        + " not exist, 10.0.0.3 has the address."),
                diagnosis::summary);
    }

    @Test
    void a_resolver_that_says_it_blocks_is_believed() {
        Server blocking = server(ONE).add(Purpose.NAME, RecordType.A, Outcome.NOT_FOUND, List.of(),
                null, 15, 3);
        Diagnosis diagnosis = judged(facts(FailureName.NAME_NOT_FOUND, blocking));
        verdict("dns-not-found client resolver high", diagnosis);
        assertTrue(diagnosis.summary().contains("extended error 15, blocked: \"why\""),
                diagnosis::summary);
        Server dnssec = server(ONE)
                .add(Purpose.NAME, RecordType.A, Outcome.SERVER_FAILURE, List.of(), null, 6, 3)
                .control(Outcome.ANSWERED);
        Diagnosis bogus = judged(facts(FailureName.NAME_LOOKUP_FAILED, dnssec));
        verdict("dns-server-failure server remote-service medium", bogus);
        assertTrue(bogus.summary().contains("(extended error 6, DNSSEC bogus: \"why\")"),
                bogus::summary);
    }

    private static Server denying(@Nullable String zone) {
        return server(ONE)
                .add(Purpose.NAME, RecordType.A, Outcome.NOT_FOUND, List.of(), zone, null, 3)
                .add(Purpose.NAME, RecordType.AAAA, Outcome.NOT_FOUND, List.of(), zone, null, 3);
    }

    @Test
    void the_zone_that_denies_says_how_much_of_the_name_is_wrong() {
        verdict("dns-not-found client configuration high",
                judged(facts(FailureName.NAME_NOT_FOUND, denying("."))));
        Diagnosis unregistered = judged(facts(FailureName.NAME_NOT_FOUND, denying("de")));
        verdict("dns-not-found client configuration medium", unregistered);
        assertTrue(unregistered.summary().contains("the domain is not registered"),
                unregistered::summary);
        Diagnosis host = judged(facts(FailureName.NAME_NOT_FOUND, denying("shop.de")));
        verdict("dns-not-found client configuration medium", host);
        assertTrue(host.summary().contains("by word of the zone shop.de"), host::summary);
        assertEquals(Locus.REMOTE_SERVICE, host.alternatives().getFirst().locus());
        verdict("dns-not-found client configuration medium",
                judged(facts(FailureName.NAME_NOT_FOUND, denying(null))));
    }

    @Test
    void an_alias_to_nowhere_is_the_zones() {
        Server dangling = server(ONE).add(Purpose.NAME, RecordType.A, Outcome.NOT_FOUND,
                List.of("old.cloud.de"), null,
                null, 3);
        Diagnosis diagnosis = judged(facts(FailureName.NAME_NOT_FOUND, dangling));
        verdict("dns-not-found server remote-service medium", diagnosis);
        assertTrue(diagnosis.summary().contains("as an alias of old.cloud.de, which does not"),
                diagnosis::summary);
    }

    @Test
    void an_alias_that_leads_back_to_itself_can_only_be_the_zones() {
        Server circle = server(ONE).add(Purpose.NAME, RecordType.A, Outcome.NO_DATA,
                List.of("b.shop.de", "DB.shop.de"),
                null, null, 3);
        verdict("dns-not-found server remote-service high",
                judged(facts(FailureName.NAME_NOT_FOUND, circle)));
    }

    @Test
    void a_family_that_was_not_wanted_is_named() {
        Server other = server(ONE).says(Purpose.NAME, RecordType.A, Outcome.ANSWERED)
                .says(Purpose.NAME, RecordType.AAAA, Outcome.NO_DATA);
        Diagnosis diagnosis = judged(facts(FailureName.NAME_NO_ADDRESS, other));
        verdict("dns-no-address client configuration medium", diagnosis);
        assertTrue(
                diagnosis.summary()
                        .contains("(93.184.216.34), but none of the family that -4 or -6 asks for"),
                diagnosis::summary);
    }

    @Test
    void one_family_that_fails_leaves_the_name_open() {
        Server half = server(ONE).says(Purpose.NAME, RecordType.A, Outcome.NO_DATA)
                .says(Purpose.NAME, RecordType.AAAA, Outcome.SERVER_FAILURE)
                .control(Outcome.ANSWERED);
        verdict("dns-server-failure server remote-service medium",
                judged(facts(FailureName.NAME_LOOKUP_FAILED, half)));
    }

    @Test
    void a_broken_search_domain_is_noted() {
        Server server = denying("shop.de").says(Purpose.SEARCH, RecordType.A,
                Outcome.SERVER_FAILURE);
        Diagnosis diagnosis = judged(facts(FailureName.NAME_LOOKUP_FAILED, server));
        verdict("dns-not-found client configuration medium", diagnosis);
        assertTrue(tells(diagnosis, "search-domain-fails"));
    }

    private static ResolverConfig config(ResolverConfig.File file, String... sources) {
        return new ResolverConfig(file, List.of(), List.of(), 1, List.of(sources));
    }

    @Test
    void a_machine_without_name_servers_can_ask_nobody() {
        verdict("dns-failed client resolver high", judged(with(FailureName.NAME_LOOKUP_FAILED,
                config(ResolverConfig.File.NAMES_NO_SERVER, "files", "dns"))));
        List<Observation> asked = new ArrayList<>(
                server("127.0.0.1").says(Outcome.UNREACHABLE).answers);
        asked.add(config(ResolverConfig.File.UNREADABLE, "files", "dns"));
        Diagnosis diagnosis = judged(
                with(FailureName.NAME_LOOKUP_FAILED, asked.toArray(Observation[]::new)));
        verdict("dns-unreachable client resolver high", diagnosis);
        assertTrue(tells(diagnosis, "resolver-config"));
        List<Observation> local = new ArrayList<>(
                server("127.0.0.1").says(Outcome.NOT_FOUND).answers);
        local.add(config(ResolverConfig.File.NAMES_NO_SERVER, "files", "dns"));
        assertFalse(
                tells(judged(with(FailureName.NAME_NOT_FOUND, local.toArray(Observation[]::new))),
                        "resolver-config"));
    }

    @Test
    void a_machine_that_is_told_not_to_ask_dns_is_found_out() {
        verdict("dns-not-found client local-host high", judged(with(FailureName.NAME_NOT_FOUND,
                config(ResolverConfig.File.NAMES_SERVERS, "files", "mdns4_minimal"))));
        assertFalse(tells(
                judged(with(FailureName.NAME_NOT_FOUND,
                        config(ResolverConfig.File.NAMES_SERVERS, "files", "resolve",
                                "[!UNAVAIL=return]"))),
                "resolver-sources"));
    }

    private static Diagnosis refusedAt(String address, Observation... observations) {
        return judged(Given.target(NAME + ":5432")
                .at(address)
                .fails(FailureName.REFUSED, Phase.CONNECT, 1, null)
                .facts(observations));
    }

    @Test
    void a_hosts_entry_that_contradicts_the_name_servers_is_the_clients() {
        List<Observation> observations = new ArrayList<>(
                server(ONE).says(Outcome.ANSWERED).answers);
        observations.add(new HostsEntry(NAME, List.of("81.2.69.142")));
        Diagnosis diagnosis = refusedAt("81.2.69.142", observations.toArray(Observation[]::new));
        assertEquals(Kind.REFUSED, diagnosis.kind());
        assertTrue(tells(diagnosis, "hosts-entry-overrides"));
        assertEquals(Side.CLIENT, diagnosis.side());
        assertTrue(diagnosis.alternatives()
                .stream()
                .anyMatch(one -> one.settleWith()
                        .equals("probe --resolve db.shop.de:5432:93.184.216.34 tcp://db.shop.de:5432")),
                diagnosis::toString);
    }

    @Test
    void a_hosts_entry_alone_explains_and_accuses_nobody() {
        Diagnosis diagnosis = refusedAt("81.2.69.142",
                new HostsEntry(NAME, List.of("81.2.69.142")));
        assertEquals(Side.SERVER, diagnosis.side());
        assertTrue(tells(diagnosis, "hosts-entry"));
        assertFalse(tells(refusedAt("81.2.69.143", new HostsEntry(NAME, List.of("81.2.69.142"))),
                "hosts-entry"));
    }

    @Test
    void a_name_collision_is_the_clients_beyond_doubt() {
        Diagnosis diagnosis = refusedAt("127.0.53.53");
        assertEquals(Side.CLIENT, diagnosis.side());
        assertEquals(Confidence.HIGH, diagnosis.confidence());
        assertTrue(tells(diagnosis, "address-hint"));
    }

    @Test
    void a_private_address_for_a_public_name_is_a_hint_only() {
        Diagnosis diagnosis = refusedAt("10.1.2.3");
        assertEquals(Side.SERVER, diagnosis.side());
        assertTrue(tells(diagnosis, "address-hint"));
        assertTrue(diagnosis.alternatives()
                .stream()
                .anyMatch(one -> one.locus() == Locus.LOCAL_NETWORK));
        assertFalse(tells(refusedAt("93.184.216.34"), "address-hint"));
    }

    @Test
    void every_sentence_reads_well_for_one_server_and_for_two() {
        for (Outcome outcome : Outcome.values()) {
            String one = judged(facts(FailureName.NAME_LOOKUP_FAILED,
                    server(ONE).says(outcome).control(outcome)))
                    .summary();
            assertFalse(one.contains("name servers 10.0.0.2 "), one);
            String two = judged(facts(FailureName.NAME_LOOKUP_FAILED,
                    server(ONE).says(outcome).control(outcome),
                    server(TWO).says(outcome).control(outcome))).summary();
            assertFalse(two.contains("name server 10"), two);
            assertTrue(Objects.requireNonNull(two).endsWith("."));
        }
    }
}
