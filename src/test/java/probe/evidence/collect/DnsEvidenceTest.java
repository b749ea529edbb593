package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.Conversation;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.Via;
import probe.evidence.HostsEntry;
import probe.evidence.NameServerAnswer;
import probe.evidence.Observation;
import probe.evidence.ResolverConfig;
import probe.profile.EvidenceLevel;
import probe.profile.Origin;
import probe.profile.Pin;
import probe.profile.ProxySettings;
import probe.profile.Settings;
import probe.target.HostPort;
import probe.target.TargetParser;
import probe.testing.DnsReply;
import probe.testing.TestDnsServer;

/** When the name of a failed target is looked into, and how far. */
@Timeout(60)
class DnsEvidenceTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private TestDnsServer server;
    private DnsInquiry inquiry;
    private DnsEvidence evidence;

    @BeforeEach
    void start() throws IOException {
        server = TestDnsServer.start().otherwise(DnsReply.addresses("192.0.2.7"));
        inquiry = new DnsInquiry(new DnsFiles(
                Files.writeString(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\n"),
                Files.writeString(folder.resolve("hosts"), "192.0.2.9 old.test\n"),
                folder.resolve("nsswitch.conf"), folder.resolve("hostname")), server.port());
        evidence = new DnsEvidence(inquiry, null);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Settings settings(EvidenceLevel level, ProxySettings... proxy) {
        Settings base = Settings.defaults();
        return new Settings(base.timeouts(), base.family(),
                List.of(new Pin("pinned.test", 0, List.of("192.0.2.1"))),
                base.http(), base.exchange(), base.tls(), proxy.length == 0 ? null : proxy[0],
                level,
                base.controls(), 1, base.interval());
    }

    private static Attempt failed(Phase phase) {
        return new Attempt(Via.SOCKET, phase == Phase.RESOLVE ? null : "192.0.2.9", 1, null,
                Map.of(), List.of(),
                Bytes.NONE, Conversation.NONE,
                new Failure(FailureName.UNKNOWN, phase, Duration.ZERO, null, null, null), null,
                null, null, null,
                null);
    }

    private List<Class<?>> about(String target, Settings settings, Phase phase) {
        return evidence
                .about(TargetParser.parse(target), settings, List.of(failed(phase)),
                        DnsInquiry.BUDGET)
                .stream()
                .<Class<?>>map(Observation::getClass)
                .distinct()
                .toList();
    }

    @Test
    void a_failed_lookup_is_looked_into_as_far_as_the_level_allows() {
        assertEquals(List.of(), about("db.test:1", settings(EvidenceLevel.NONE), Phase.RESOLVE));
        assertEquals(List.of(ResolverConfig.class),
                about("db.test:1", settings(EvidenceLevel.PASSIVE), Phase.RESOLVE));
        assertEquals(List.of(), server.queries());
        assertEquals(List.of(ResolverConfig.class, NameServerAnswer.class),
                about("db.test:1", settings(EvidenceLevel.NORMAL), Phase.RESOLVE));
        assertTrue(server.queries().stream().anyMatch(query -> query.name().equals("db.test")));
    }

    @Test
    void no_time_left_means_no_question() {
        evidence.about(TargetParser.parse("db.test:1"), settings(EvidenceLevel.NORMAL),
                List.of(failed(Phase.RESOLVE)), Duration.ZERO);
        assertEquals(List.of(), server.queries());
    }

    @Test
    void after_a_lookup_that_succeeded_only_the_hosts_file_matters() {
        assertEquals(List.of(), about("db.test:1", settings(EvidenceLevel.NORMAL), Phase.CONNECT));
        assertEquals(List.of(), server.queries());
        assertEquals(List.of(ResolverConfig.class, HostsEntry.class),
                about("old.test:1", settings(EvidenceLevel.PASSIVE), Phase.CONNECT));
        assertEquals(List.of(ResolverConfig.class, HostsEntry.class, NameServerAnswer.class),
                about("old.test:1", settings(EvidenceLevel.NORMAL), Phase.CONNECT));
    }

    @Test
    void what_was_not_looked_up_is_not_asked_about() {
        for (String target : List.of("192.0.2.9:1", "[2001:db8::1]:1", "pinned.test:1")) {
            assertEquals(List.of(), about(target, settings(EvidenceLevel.NORMAL), Phase.RESOLVE));
        }
        assertEquals(List.of(), server.queries());
    }

    @Test
    void behind_a_proxy_it_is_the_proxys_name_that_was_looked_up() {
        ProxySettings proxy = new ProxySettings(ProxySettings.Kind.HTTP,
                new HostPort("proxy.test", 3128), null,
                new Origin.Flag());
        about("http://db.test/", settings(EvidenceLevel.NORMAL, proxy), Phase.RESOLVE);
        assertTrue(server.queries().stream().noneMatch(query -> query.name().equals("db.test")));
        assertTrue(server.queries().stream().anyMatch(query -> query.name().equals("proxy.test")));
    }

    private List<Observation> aboutLate(LateLookup late, Duration budget) {
        return new DnsEvidence(inquiry, late).about(TargetParser.parse("db.test:1"),
                settings(EvidenceLevel.NORMAL), List.of(failed(Phase.RESOLVE)), budget);
    }

    private void waitForQuestions(int count) throws InterruptedException {
        for (int i = 0; i < 1_000 && server.queries().size() < count; i++) {
            Thread.sleep(10);
        }
        assertEquals(count, server.queries().size());
    }

    @Test
    void a_late_lookup_has_the_name_servers_asked_before_it_fails_and_not_again()
            throws InterruptedException {
        LateLookup late = new LateLookup("db.test", Duration.ofSeconds(1), LONG, inquiry);
        waitForQuestions(3);
        List<Observation> found = aboutLate(late, DnsInquiry.BUDGET);
        assertEquals(3,
                found.stream().filter(NameServerAnswer.class::isInstance).count(),
                found::toString);
        assertEquals(List.of(), aboutLate(late, Duration.ZERO).stream()
                .filter(one -> !found.contains(one))
                .toList());
        assertEquals(3, server.queries().size());
    }

    @Test
    void silence_is_heard_soon_after_the_limit_of_a_late_lookup() throws InterruptedException {
        server.otherwise(new DnsReply.Silence());
        Duration limit = Duration.ofMillis(1_500);
        long begun = System.nanoTime();
        LateLookup late = new LateLookup("db.test", limit, LONG, inquiry);
        Thread.sleep(limit);
        List<Observation> found = aboutLate(late, DnsInquiry.BUDGET);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertEquals(3, found.stream()
                .filter(one -> one instanceof NameServerAnswer answer
                        && answer.outcome() == NameServerAnswer.Outcome.TIMED_OUT)
                .count(), found::toString);
        assertTrue(took.compareTo(limit.plus(DnsInquiry.BUDGET)) < 0, took::toString);
    }

    @Test
    void silence_under_a_short_deadline_is_heard_before_the_last_look_is_over()
            throws InterruptedException {
        server.otherwise(new DnsReply.Silence());
        Duration deadline = Duration.ofMillis(600);
        LateLookup late = new LateLookup("db.test", Duration.ofSeconds(5), deadline, inquiry);
        Thread.sleep(deadline);
        List<Observation> found = late.answers("db.test", Duration.ofMillis(800)).orElseThrow();
        assertEquals(3, found.stream()
                .filter(one -> one instanceof NameServerAnswer answer
                        && answer.outcome() == NameServerAnswer.Outcome.TIMED_OUT
                        && answer.duration().compareTo(Duration.ofMillis(900)) < 0)
                .count(), found::toString);
    }

    @Test
    void a_resolver_that_is_about_to_give_up_is_not_waited_for_and_old_silence_is_not_believed()
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("resolv.conf"),
                "nameserver 127.0.0.1\noptions timeout:1\n");
        server.otherwise(new DnsReply.Silence());
        LateLookup late = new LateLookup("db.test", Duration.ofSeconds(60), LONG, inquiry);
        waitForQuestions(3);
        assertEquals(3, late.answers("db.test", DnsInquiry.BUDGET)
                .orElseThrow()
                .stream()
                .filter(NameServerAnswer.class::isInstance)
                .count());
        Thread.sleep(Duration.ofMillis(2_500));
        assertEquals(Optional.empty(), late.answers("db.test", DnsInquiry.BUDGET));
    }

    @Test
    void a_lookup_that_ended_in_time_and_another_name_are_not_asked_about_early()
            throws InterruptedException {
        LateLookup late = new LateLookup("other.test", Duration.ofSeconds(1), LONG, inquiry);
        late.over();
        LateLookup other = new LateLookup("other.test", Duration.ofSeconds(1), LONG, inquiry);
        waitForQuestions(3);
        assertEquals(Optional.empty(), late.answers("other.test", DnsInquiry.BUDGET));
        assertEquals(Optional.empty(), other.answers("db.test", DnsInquiry.BUDGET));
        assertTrue(aboutLate(other, DnsInquiry.BUDGET).stream()
                .anyMatch(NameServerAnswer.class::isInstance));
        assertTrue(server.queries().stream().anyMatch(query -> query.name().equals("db.test")));
    }
}
