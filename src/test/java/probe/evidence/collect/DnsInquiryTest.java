package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import probe.evidence.HostsEntry;
import probe.evidence.NameServerAnswer;
import probe.evidence.NameServerAnswer.Outcome;
import probe.evidence.NameServerAnswer.Purpose;
import probe.evidence.NameServerAnswer.RecordType;
import probe.evidence.NameServerAnswer.Transport;
import probe.evidence.Observation;
import probe.evidence.ResolverConfig;
import probe.testing.ClosedUdpPort;
import probe.testing.DnsRecord;
import probe.testing.DnsReply;
import probe.testing.DnsReply.Rcode;
import probe.testing.DnsType;
import probe.testing.Garbage;
import probe.testing.TestDnsServer;

/** Real questions to a scripted name server on loopback. */
@Timeout(60)
class DnsInquiryTest {
    private static final String NAME = "db.shop.test";

    @TempDir
    Path folder;

    private DnsInquiry inquiry(int port, String resolvConf, String hosts) throws IOException {
        return new DnsInquiry(new DnsFiles(
                Files.writeString(folder.resolve("resolv.conf"), resolvConf),
                Files.writeString(folder.resolve("hosts"), hosts), folder.resolve("nsswitch.conf"),
                folder.resolve("hostname")), port);
    }

    private List<NameServerAnswer> ask(TestDnsServer server) throws IOException {
        return answers(
                inquiry(server.port(), "nameserver 127.0.0.1\n", "").ask(NAME, DnsInquiry.BUDGET));
    }

    private static List<NameServerAnswer> answers(List<Observation> observations) {
        return observations.stream()
                .filter(NameServerAnswer.class::isInstance)
                .map(NameServerAnswer.class::cast)
                .toList();
    }

    private static NameServerAnswer only(List<NameServerAnswer> answers, Purpose purpose,
            RecordType type) {
        List<NameServerAnswer> found = answers.stream()
                .filter(answer -> answer.purpose() == purpose && answer.recordType() == type)
                .toList();
        assertEquals(1, found.size(), answers::toString);
        return found.getFirst();
    }

    private NameServerAnswer aboutName(DnsReply reply) throws IOException {
        try (TestDnsServer server = TestDnsServer.start().otherwise(reply)) {
            return only(ask(server), Purpose.NAME, RecordType.A);
        }
    }

    @Test
    void addresses_of_both_families_and_the_control_are_asked_for() throws IOException {
        try (TestDnsServer server = TestDnsServer.start()
                .reply(NAME, DnsReply.addresses("192.0.2.7", "192.0.2.8", "2001:db8::7"))
                .reply("", DnsReply.noData(""))) {
            List<NameServerAnswer> answers = ask(server);
            NameServerAnswer four = only(answers, Purpose.NAME, RecordType.A);
            assertEquals(new NameServerAnswer("127.0.0.1", NAME, Purpose.NAME, RecordType.A,
                    Transport.UDP,
                    Outcome.ANSWERED, 0, List.of("192.0.2.7", "192.0.2.8"), List.of(), null, null,
                    null,
                    four.duration()), four);
            assertEquals(List.of("2001:db8::7"),
                    only(answers, Purpose.NAME, RecordType.AAAA).addresses());
            assertEquals(".", only(answers, Purpose.CONTROL, RecordType.SOA).name());
            assertEquals(3, answers.size());
            assertEquals(Set.of(1, 28, 6), server.queries()
                    .stream()
                    .map(TestDnsServer.Query::type)
                    .collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @CsvSource({"FORMERR, ERROR, 1", "SERVFAIL, SERVER_FAILURE, 2", "NXDOMAIN, NOT_FOUND, 3",
        "NOTIMP, ERROR, 4",
        "REFUSED, REFUSED, 5", "NOERROR, NO_DATA, 0"})
    void each_response_code_is_told_from_the_others(Rcode rcode, Outcome outcome, int code)
            throws IOException {
        NameServerAnswer answer = aboutName(DnsReply.failure(rcode));
        assertEquals(outcome, answer.outcome());
        assertEquals(code, answer.rcode());
    }

    @Test
    void the_zone_that_denies_a_name_is_told() throws IOException {
        assertEquals("shop.test", aboutName(DnsReply.notFound("shop.test")).zone());
        assertEquals(".", aboutName(DnsReply.notFound(".")).zone());
        NameServerAnswer noData = aboutName(DnsReply.noData("test"));
        assertEquals(Outcome.NO_DATA, noData.outcome());
        assertEquals("test", noData.zone());
    }

    @Test
    void an_extended_error_is_told_and_made_harmless() throws IOException {
        NameServerAnswer answer = aboutName(
                DnsReply.failure(Rcode.SERVFAIL).because(22, "at \u001b[31mns.shop.test\n"));
        assertEquals(22, answer.extendedError());
        assertEquals("at \\u001b[31mns.shop.test\\u000a", answer.extendedErrorText());
        assertNull(aboutName(DnsReply.failure(Rcode.SERVFAIL).because(22, "")).extendedErrorText());
    }

    @Test
    void aliases_are_told_also_when_they_lead_nowhere() throws IOException {
        NameServerAnswer circle = aboutName(DnsReply.aliasLoop(NAME, "b.test"));
        assertEquals(List.of("b.test", NAME), circle.aliases());
        assertEquals(Outcome.NO_DATA, circle.outcome());
        assertEquals(List.of("x\\027y.test"), aboutName(
                DnsReply.answer(DnsRecord.alias("x\u001by.test"))).aliases());
    }

    @Test
    void silence_ends_after_the_budget_and_was_asked_twice() throws IOException {
        try (TestDnsServer server = TestDnsServer.start().otherwise(new DnsReply.Silence())) {
            long begun = System.nanoTime();
            NameServerAnswer answer = only(ask(server), Purpose.NAME, RecordType.A);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertEquals(Outcome.TIMED_OUT, answer.outcome());
            assertNull(answer.rcode());
            assertTrue(answer.duration().compareTo(Duration.ofMillis(1_400)) > 0, answer::toString);
            assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, took::toString);
            assertEquals(2,
                    server.queries()
                            .stream()
                            .filter(query -> query.type() == DnsType.A.code())
                            .count());
        }
    }

    @Test
    void a_short_budget_is_kept() throws IOException {
        try (TestDnsServer server = TestDnsServer.start().otherwise(new DnsReply.Silence())) {
            List<NameServerAnswer> answers = answers(
                    inquiry(server.port(), "nameserver 127.0.0.1\n", "")
                            .ask(NAME, Duration.ofMillis(50)));
            assertTrue(answers.stream().allMatch(one -> one.outcome() == Outcome.TIMED_OUT),
                    answers::toString);
        }
    }

    @Test
    void an_answer_to_the_second_packet_counts() throws IOException {
        DnsReply late = new DnsReply.Late(Duration.ofMillis(700), DnsReply.addresses("192.0.2.7"));
        assertEquals(Outcome.ANSWERED, aboutName(late).outcome());
    }

    @Test
    void a_closed_port_is_told_at_once() throws IOException {
        try (ClosedUdpPort closed = ClosedUdpPort.open()) {
            NameServerAnswer answer = only(
                    answers(inquiry(closed.port(), "nameserver 127.0.0.1\n", "")
                            .ask(NAME, DnsInquiry.BUDGET)),
                    Purpose.NAME, RecordType.A);
            assertEquals(Outcome.UNREACHABLE, answer.outcome());
            assertTrue(answer.duration().compareTo(Duration.ofMillis(1_400)) < 0, answer::toString);
        }
    }

    @Test
    void a_server_that_is_no_address_is_unreachable() throws IOException {
        assertTrue(answers(
                inquiry(53, "nameserver fe80::1%nosuchlink\n", "").ask(NAME, DnsInquiry.BUDGET))
                .stream()
                .allMatch(answer -> answer.outcome() == Outcome.UNREACHABLE));
    }

    @ParameterizedTest
    @EnumSource
    void garbage_is_no_answer_and_breaks_nothing(Garbage garbage) throws IOException {
        assertEquals(Outcome.BAD_RESPONSE,
                aboutName(new DnsReply.Garbage(garbage.payload())).outcome());
    }

    @Test
    void an_answer_with_the_wrong_id_is_no_answer() throws IOException {
        assertEquals(Outcome.BAD_RESPONSE,
                aboutName(new DnsReply.WrongId(DnsReply.addresses("192.0.2.66"))).outcome());
    }

    @Test
    void a_truncated_answer_is_fetched_over_tcp() throws IOException {
        NameServerAnswer answer = aboutName(
                new DnsReply.Truncated(DnsReply.addresses("192.0.2.7")));
        assertEquals(Outcome.ANSWERED, answer.outcome());
        assertEquals(Transport.TCP, answer.transport());
        assertEquals(List.of("192.0.2.7"), answer.addresses());
    }

    @Test
    void a_server_that_stalls_or_hangs_up_over_tcp_is_told_so() throws IOException {
        NameServerAnswer stalled = aboutName(new DnsReply.Truncated(new DnsReply.Silence()));
        assertEquals(Outcome.TIMED_OUT, stalled.outcome());
        assertEquals(Transport.TCP, stalled.transport());
        assertEquals(Outcome.BAD_RESPONSE,
                aboutName(new DnsReply.Truncated(new DnsReply.Hangup())).outcome());
        assertEquals(Outcome.BAD_RESPONSE,
                aboutName(new DnsReply.Truncated(new DnsReply.Garbage(Garbage.ESCAPES.payload())))
                        .outcome());
    }

    @Test
    void several_servers_are_asked_side_by_side() throws IOException {
        try (TestDnsServer silent = TestDnsServer.start().otherwise(new DnsReply.Silence());
                TestDnsServer good = TestDnsServer
                        .on(new InetSocketAddress("127.0.0.2", silent.port()))
                        .otherwise(DnsReply.addresses("192.0.2.7"))) {
            List<NameServerAnswer> answers = answers(
                    inquiry(good.port(), "nameserver 127.0.0.1\nnameserver 127.0.0.2\n", "")
                            .ask(NAME, DnsInquiry.BUDGET));
            assertEquals(6, answers.size());
            for (NameServerAnswer answer : answers) {
                assertEquals(answer.server().equals("127.0.0.1"),
                        answer.outcome() == Outcome.TIMED_OUT,
                        answer::toString);
            }
        }
    }

    @Test
    void search_domains_are_tried_unless_the_name_ends_with_a_dot() throws IOException {
        try (TestDnsServer server = TestDnsServer.start()
                .reply("db.corp.test", DnsReply.addresses("192.0.2.7"))) {
            DnsInquiry inquiry = inquiry(server.port(),
                    "nameserver 127.0.0.1\nsearch corp.test lan.test\n", "");
            List<NameServerAnswer> searched = answers(inquiry.ask("db", DnsInquiry.BUDGET)).stream()
                    .filter(answer -> answer.purpose() == Purpose.SEARCH)
                    .toList();
            assertEquals(List.of("db.corp.test", "db.lan.test"),
                    searched.stream().map(NameServerAnswer::name).toList());
            assertEquals(List.of(Outcome.ANSWERED, Outcome.NOT_FOUND),
                    searched.stream().map(NameServerAnswer::outcome).toList());
            List<NameServerAnswer> absolute = answers(inquiry.ask("db.", DnsInquiry.BUDGET));
            assertTrue(absolute.stream().noneMatch(answer -> answer.purpose() == Purpose.SEARCH));
            assertEquals("db", only(absolute, Purpose.NAME, RecordType.A).name());
        }
    }

    @Test
    void a_name_too_long_with_a_search_domain_is_left_out() throws IOException {
        try (TestDnsServer server = TestDnsServer.start()) {
            String longest = ("a".repeat(61) + ".").repeat(4) + "test";
            List<NameServerAnswer> answers = answers(
                    inquiry(server.port(), "nameserver 127.0.0.1\nsearch corp.test\n", "")
                            .ask(longest, DnsInquiry.BUDGET));
            assertEquals(3, answers.size(), answers::toString);
        }
    }

    @Test
    void looking_reads_files_and_sends_nothing() throws IOException {
        try (TestDnsServer server = TestDnsServer.start()) {
            List<Observation> found = inquiry(server.port(), "nameserver 127.0.0.1\n",
                    "192.0.2.9 " + NAME + "\n")
                    .look(NAME);
            assertEquals(List.of(
                    new ResolverConfig(ResolverConfig.File.NAMES_SERVERS, List.of("127.0.0.1"),
                            List.of(), 1, List.of("dns", "files")),
                    new HostsEntry(NAME, List.of("192.0.2.9"))), found);
            assertEquals(List.of(), server.queries());
        }
    }

    @Test
    void without_a_configured_server_this_machine_is_asked() throws IOException {
        try (TestDnsServer server = TestDnsServer.start()
                .otherwise(DnsReply.addresses("192.0.2.7"))) {
            List<Observation> found = inquiry(server.port(), "", "").ask(NAME, DnsInquiry.BUDGET);
            assertTrue(found.stream()
                    .anyMatch(one -> one instanceof ResolverConfig config
                            && config.file() == ResolverConfig.File.NAMES_NO_SERVER));
            assertEquals("127.0.0.1", answers(found).getFirst().server());
        }
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays_set() throws IOException {
        try (TestDnsServer server = TestDnsServer.start().otherwise(new DnsReply.Silence())) {
            Thread.currentThread().interrupt();
            assertFalse(inquiry(server.port(), "nameserver 127.0.0.1\n", "")
                    .ask(NAME, DnsInquiry.BUDGET)
                    .isEmpty());
            assertTrue(Thread.interrupted());
        }
    }
}
