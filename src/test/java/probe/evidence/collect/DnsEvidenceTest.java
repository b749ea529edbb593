package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    @TempDir
    Path folder;

    private TestDnsServer server;
    private DnsEvidence evidence;

    @BeforeEach
    void start() throws IOException {
        server = TestDnsServer.start().otherwise(DnsReply.addresses("192.0.2.7"));
        evidence = new DnsEvidence(new DnsInquiry(new DnsFiles(
                Files.writeString(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\n"),
                Files.writeString(folder.resolve("hosts"), "192.0.2.9 old.test\n"),
                folder.resolve("nsswitch.conf"), folder.resolve("hostname")), server.port()));
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
}
