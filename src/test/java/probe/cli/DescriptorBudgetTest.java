package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import probe.profile.EvidenceLevel;
import probe.profile.Settings;
import probe.report.Concurrency;
import probe.target.HostPort;
import probe.target.TargetParser;
import probe.testing.ClosedPort;
import probe.testing.ValidSummary;

class DescriptorBudgetTest {

    private static List<Job> jobs(int count) {
        return Collections.nCopies(count,
                new Job(TargetParser.parse("h.example:80"), Settings.defaults()));
    }

    private static Concurrency concurrency(long limit, int asked, int perHost, int targets) {
        return new DescriptorBudget(22, OptionalLong.of(limit)).concurrency(asked, perHost,
                jobs(targets), false);
    }

    private static int atOnce(boolean proxied, EvidenceLevel evidence, String target,
            HostPort... controls) {
        Settings usual = Settings.defaults();
        Settings settings = new Settings(usual.timeouts(), usual.family(), usual.pins(),
                usual.http(), usual.exchange(), usual.tls(), null, evidence,
                List.of(controls), 1, usual.interval());
        return new DescriptorBudget(22, OptionalLong.of(1_262)).concurrency(2_000, 2_000,
                Collections.nCopies(2_000, new Job(TargetParser.parse(target), settings)), proxied)
                .used();
    }

    @Test
    void a_mere_connection_to_an_address_takes_fewer() {
        String target = "192.0.2.1:80";
        assertEquals(300, atOnce(false, EvidenceLevel.NORMAL, target));
        assertEquals(300, atOnce(false, EvidenceLevel.PASSIVE, "[2001:db8::1]:80"));
        assertEquals(400, atOnce(false, EvidenceLevel.NORMAL, "127.0.0.1:80"), "no comparison");
        assertEquals(400, atOnce(true, EvidenceLevel.NONE, target));
        assertEquals(200, atOnce(true, EvidenceLevel.NORMAL, target), "a proxy");
        assertEquals(200, atOnce(false, EvidenceLevel.DEEP, target), "a trace");
        assertEquals(200,
                atOnce(false, EvidenceLevel.NORMAL, target, new HostPort("192.0.2.9", 80)),
                "a control");
        assertEquals(200, atOnce(false, EvidenceLevel.NORMAL, "h.example:80"), "a name");
        assertEquals(200, atOnce(false, EvidenceLevel.NORMAL, "tls://192.0.2.1:80"), "TLS");
        assertEquals(200, atOnce(false, EvidenceLevel.NORMAL, "http://192.0.2.1/"), "a URL");
    }

    @Test
    void the_hungriest_target_of_a_list_counts() {
        List<Job> mixed = new ArrayList<>(jobs(1));
        mixed.addAll(Collections.nCopies(1_000,
                new Job(TargetParser.parse("192.0.2.1:80"), Settings.defaults())));
        assertEquals(new Concurrency(2_000, 200, 1_262L), new DescriptorBudget(22,
                OptionalLong.of(1_262)).concurrency(2_000, 2_000, mixed, false));
    }

    @Test
    void a_low_limit_lowers_the_number_and_is_named() {
        assertEquals(new Concurrency(256, 32, 256L), concurrency(256, 256, 256, 2_000));
        assertEquals("probe: 32 targets at once in place of 256, because this process may open 256"
                + " files (ulimit -n)",
                DescriptorBudget.note(concurrency(256, 256, 256, 2_000)));
    }

    @Test
    void without_evidence_a_target_takes_fewer() {
        Settings usual = Settings.defaults();
        Settings none = new Settings(usual.timeouts(), usual.family(), usual.pins(), usual.http(),
                usual.exchange(), usual.tls(), null, EvidenceLevel.NONE, List.of(), 1,
                usual.interval());
        List<Job> bare = Collections.nCopies(2_000,
                new Job(TargetParser.parse("h.example:80"), none));
        assertEquals(new Concurrency(256, 64, 256L),
                new DescriptorBudget(22, OptionalLong.of(256)).concurrency(256, 256, bare,
                        false));
    }

    @Test
    void one_target_is_probed_however_low_the_limit_is() {
        assertEquals(new Concurrency(256, 1, 30L), concurrency(30, 256, 256, 2));
    }

    @Test
    void what_was_asked_for_stays_where_so_many_are_never_under_way_together() {
        assertEquals(Concurrency.asAsked(256), concurrency(4_096, 256, 256, 2_000));
        assertEquals(Concurrency.asAsked(256), concurrency(256, 256, 256, 32), "few targets");
        assertEquals(Concurrency.asAsked(256), concurrency(256, 256, 32, 2_000), "one host");
        assertEquals(Concurrency.asAsked(20), concurrency(256, 20, 256, 2_000), "few at once");
    }

    @Test
    void no_limit_lowers_nothing() {
        assertEquals(Concurrency.asAsked(256),
                new DescriptorBudget(22, OptionalLong.empty()).concurrency(256, 256, jobs(2_000),
                        false));
    }

    @Test
    void the_summary_holds_to_its_schema_and_tells_the_concurrency() {
        try (ClosedPort closed = ClosedPort.open()) {
            String target = "127.0.0.1:" + closed.port();
            Ran ran = Ran.probe("--summary", "--concurrency", "7", "--evidence", "none", target,
                    target);
            String summary = ran.out().lines().toList().getLast();
            assertTrue(ValidSummary.check(summary)
                    .contains("\"concurrency\":{\"asked\":7,\"used\":7}"), summary);
            assertEquals("", ran.err());
        }
    }

    @Test
    void the_schema_that_is_printed_is_the_one_that_holds() {
        assertEquals(ValidSummary.schema(), Ran.probe("--summary-schema").out());
    }
}
