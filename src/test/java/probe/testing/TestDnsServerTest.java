package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attributes;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import probe.testing.DnsReply.Rcode;
import probe.testing.TestDnsServer.Query;
import probe.testing.TestDnsServer.Transport;

/** The name server, asked by hand and by the JDK's own DNS client. */
class TestDnsServerTest {
    private static final int ID = 0x1234;
    private static final int SHORT_SILENCE = 200;

    private static Payload question(String name, DnsType type, boolean edns) {
        Payload header = Payload.hex("1234 0100 0001 0000 0000 000" + (edns ? 1 : 0));
        Payload opt = edns ? Payload.hex("00 0029 04d0 00000000 0000") : Payload.EMPTY;
        return header.plus(DnsWire.name(name))
                .plus(Payload.of(new byte[] {0, (byte) type.code(), 0, 1}))
                .plus(opt);
    }

    private static Payload askUdp(TestDnsServer server, Payload question, int silence)
            throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(silence);
            socket.send(new DatagramPacket(question.bytes(), question.length(), server.address()));
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);
            return Payload.of(answer.getData()).slice(0, answer.getLength());
        }
    }

    private static Payload askUdp(TestDnsServer server, String name) throws IOException {
        return askUdp(server, question(name, DnsType.A, false), 5000);
    }

    private static Payload askTcp(TestDnsServer server, String name, int silence)
            throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server.address());
            socket.setSoTimeout(silence);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            Payload question = question(name, DnsType.A, false);
            out.writeShort(question.length());
            out.write(question.bytes());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return Payload.of(in.readNBytes(in.readUnsignedShort()));
        }
    }

    private static int shortAt(Payload message, int offset) {
        return ByteBuffer.wrap(message.bytes()).getShort(offset) & 0xffff;
    }

    private static int rcode(Payload message) {
        return shortAt(message, 2) & 0xf;
    }

    private static int answers(Payload message) {
        return shortAt(message, 6);
    }

    /**
     * What the JDK's DNS client gets, which knows nothing of this server's code. JNDI is a danger with
     * names from outside; these are from inside, and Hashtable is what its constructor takes.
     */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private static Attributes ask(TestDnsServer server, String name, String type)
            throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + server.port());
        InitialDirContext context = new InitialDirContext(environment);
        try {
            return context.getAttributes(name, new String[] {type});
        } finally {
            context.close();
        }
    }

    @Test
    void the_jdk_reads_addresses_texts_and_aliases() throws NamingException {
        try (TestDnsServer server = TestDnsServer.start()
                .reply("good.test", DnsReply.addresses("127.0.0.1", "127.0.0.2", "::1"))
                .reply("text.test", DnsReply.answer(DnsRecord.text(Payload.latin1("hi there"))))
                .reply("alias.test", DnsReply.answer(
                        DnsRecord.alias("good.test"),
                        DnsRecord.address("127.0.0.3").of("good.test")))) {
            assertEquals(2, ask(server, "good.test", "A").get("A").size());
            assertEquals("127.0.0.1", ask(server, "good.test", "A").get("A").get(0));
            assertEquals("::1", ask(server, "good.test", "AAAA").get("AAAA").get(0));
            assertEquals("\"hi there\"", ask(server, "text.test", "TXT").get("TXT").get(0));
            assertEquals("good.test.", ask(server, "alias.test", "CNAME").get("CNAME").get(0));
            assertEquals(new Query("good.test", DnsType.A.code(), Transport.UDP),
                    server.queries().getFirst());
        }
    }

    @Test
    void an_unknown_name_does_not_exist() {
        try (TestDnsServer server = TestDnsServer.start()) {
            assertThrows(NameNotFoundException.class, () -> ask(server, "missing.test", "A"));
        }
    }

    @Test
    void names_are_found_in_any_letter_case_and_repeated_as_asked() throws IOException {
        try (TestDnsServer server = TestDnsServer.start()
                .reply("good.test", DnsReply.addresses("127.0.0.1"))) {
            Payload answer = askUdp(server, "GoOd.TeSt");
            assertEquals(1, answers(answer));
            assertEquals(DnsWire.name("GoOd.TeSt"), answer.slice(12, 23));
        }
    }

    @ParameterizedTest
    @CsvSource({"FORMERR,1", "SERVFAIL,2", "NXDOMAIN,3", "NOTIMP,4", "REFUSED,5"})
    void each_failure_has_its_code(Rcode rcode, int code) throws IOException {
        try (TestDnsServer server = TestDnsServer.start().otherwise(DnsReply.failure(rcode))) {
            Payload answer = askUdp(server, "any.test");
            assertEquals(ID, shortAt(answer, 0));
            assertEquals(code, rcode(answer));
            assertEquals(0, answers(answer));
        }
    }

    @Test
    void no_data_is_no_error_with_an_authority() throws IOException {
        try (TestDnsServer server = TestDnsServer.start()
                .reply("v4.test", DnsType.AAAA, DnsReply.noData("test"))
                .reply("v4.test", DnsType.A, DnsReply.addresses("127.0.0.1"))) {
            Payload answer = askUdp(server, question("v4.test", DnsType.AAAA, false), 5000);
            assertEquals(0, rcode(answer));
            assertEquals(0, answers(answer));
            assertEquals(1, shortAt(answer, 8));
            assertEquals(1, answers(askUdp(server, "v4.test")));
        }
    }

    @Test
    void silence_is_recorded_and_not_answered() {
        try (TestDnsServer server = TestDnsServer.start().otherwise(new DnsReply.Silence())) {
            assertThrows(SocketTimeoutException.class, () -> askUdp(server,
                    question("any.test", DnsType.A, false), SHORT_SILENCE));
            assertEquals(List.of(new Query("any.test", 1, Transport.UDP)), server.queries());
        }
    }

    @Test
    void a_late_answer_is_late() throws IOException {
        DnsReply late = new DnsReply.Late(Duration.ofMillis(300), DnsReply.addresses("127.0.0.1"));
        try (TestDnsServer server = TestDnsServer.start().otherwise(late)) {
            long start = System.nanoTime();
            assertEquals(1, answers(askUdp(server, "any.test")));
            assertTrue(System.nanoTime() - start >= Duration.ofMillis(300).toNanos());
        }
    }

    @Test
    void a_wrong_id_is_not_the_one_asked_with() throws IOException {
        try (TestDnsServer server = TestDnsServer.start()
                .otherwise(new DnsReply.WrongId(DnsReply.addresses("127.0.0.1")))) {
            assertNotEquals(ID, shortAt(askUdp(server, "any.test"), 0));
        }
    }

    @Test
    void garbage_arrives_as_it_is() throws IOException {
        Payload garbage = Garbage.ESCAPES.payload();
        try (TestDnsServer server = TestDnsServer.start()
                .otherwise(new DnsReply.Garbage(garbage))) {
            assertEquals(garbage, askUdp(server, "any.test"));
            assertEquals(garbage, askTcp(server, "any.test", 5000));
        }
    }

    @Needs(Prerequisite.IPV6)
    @ParameterizedTest
    @EnumSource
    void a_truncated_answer_is_whole_over_tcp(Loopback loopback) throws IOException {
        try (TestDnsServer server = TestDnsServer.on(loopback)
                .otherwise(new DnsReply.Truncated(DnsReply.addresses("127.0.0.1")))) {
            Payload udp = askUdp(server, "any.test");
            assertEquals(0x0200, shortAt(udp, 2) & 0x0200);
            assertEquals(0, answers(udp));
            assertEquals(1, answers(askTcp(server, "any.test", 5000)));
            assertEquals(List.of(Transport.UDP, Transport.TCP),
                    server.queries().stream().map(Query::transport).toList());
        }
    }

    @Test
    void tcp_can_stall_or_hang_up() {
        try (TestDnsServer server = TestDnsServer.start()
                .reply("stall.test", new DnsReply.Truncated(new DnsReply.Silence()))
                .reply("gone.test", new DnsReply.Truncated(new DnsReply.Hangup()))) {
            assertThrows(SocketTimeoutException.class,
                    () -> askTcp(server, "stall.test", SHORT_SILENCE));
            assertThrows(EOFException.class, () -> askTcp(server, "gone.test", 5000));
        }
    }

    @Test
    void aliases_can_go_in_a_circle() throws IOException {
        try (TestDnsServer server = TestDnsServer.start()
                .reply("a.test", DnsReply.aliasLoop("a.test", "b.test"))) {
            assertEquals(2, answers(askUdp(server, "a.test")));
        }
    }

    @Test
    void an_extended_error_is_told_to_those_who_speak_edns() throws IOException {
        String hostile = "blocked\u001b[31m\nby policy";
        try (TestDnsServer server = TestDnsServer.start()
                .otherwise(DnsReply.failure(Rcode.SERVFAIL).because(15, hostile))) {
            Payload answer = askUdp(server, question("any.test", DnsType.A, true), 5000);
            Payload option = Payload.hex("000f 0018 000f").plus(Payload.utf8(hostile));
            assertEquals(option, answer.slice(answer.length() - option.length(), answer.length()));
            assertEquals(1, shortAt(answer, 10));
            assertEquals(0, shortAt(askUdp(server, "any.test"), 10));
        }
    }
}
