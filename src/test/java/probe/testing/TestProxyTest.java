package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.testing.PlainClient.End;
import probe.testing.PlainClient.Heard;
import probe.testing.ProxyRequest.HostKind;

/** The proxies, by hand and by the JDK's own SOCKS client. */
class TestProxyTest {
    private static final int SHORT_SILENCE = 300;

    private static Payload connect(String target, String... headers) {
        return Payload.latin1("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"
                + String.join("", headers) + "\r\n");
    }

    private static FaultServer closing() {
        return FaultServer.builder().reply(HttpAnswers.keepAliveThenClose("through")).start();
    }

    @Needs(Prerequisite.IPV6)
    @ParameterizedTest
    @EnumSource
    void connect_leads_to_the_target(Loopback loopback) throws IOException {
        try (FaultServer target = FaultServer.builder()
                .on(loopback)
                .reply(HttpAnswers.keepAliveThenClose("through"))
                .start();
                TestProxy proxy = TestProxy.http().on(loopback).start();
                PlainClient client = PlainClient.connect(proxy.address())) {
            client.send(connect(target.uri("").getRawAuthority()));
            assertEquals("HTTP/1.1 200 Connected\r\n\r\n", client.hearBytes(26).text());
            client.send(PlainClient.GET);
            Heard heard = client.hear(5000);
            assertTrue(heard.text().endsWith("through"), heard::text);
            assertEquals(End.FIN, heard.end());
            HostKind kind = loopback == Loopback.V4 ? HostKind.IPV4 : HostKind.IPV6;
            assertEquals(List.of(new ProxyRequest("CONNECT",
                    loopback == Loopback.V4 ? "127.0.0.1" : "::1", kind, target.port(),
                    Optional.empty())), proxy.requests());
        }
    }

    @Test
    void a_plain_request_reaches_the_target_in_origin_form() throws IOException {
        try (FaultServer target = closing();
                TestProxy proxy = TestProxy.http()
                        .host("good.test", Loopback.V4.address())
                        .start()) {
            Payload request = Payload.latin1("GET http://good.test:" + target.port()
                    + "/a?b HTTP/1.1\r\nHost: good.test\r\nProxy-Connection: keep-alive\r\n\r\n");
            assertTrue(PlainClient.ask(proxy.address(), request).text().endsWith("through"));
            assertEquals("GET /a?b HTTP/1.1\r\nHost: good.test\r\n\r\n",
                    target.connections().getFirst().requests().getFirst().head());
            assertEquals(HostKind.NAME, proxy.requests().getFirst().kind());
        }
    }

    @Test
    void a_target_that_refuses_is_a_502_by_the_proxy() throws IOException {
        try (ClosedPort target = ClosedPort.open(); TestProxy proxy = TestProxy.http().start()) {
            Heard heard = PlainClient.ask(proxy.address(), connect("127.0.0.1:" + target.port()));
            assertTrue(heard.text().startsWith("HTTP/1.1 502 "), heard::text);
            assertTrue(heard.text().contains("; error=connection_refused\r\n"), heard::text);
        }
    }

    @Test
    void a_target_that_is_silent_is_a_504_by_the_proxy() throws IOException {
        try (FullBacklog target = FullBacklog.open();
                TestProxy proxy = TestProxy.http()
                        .connectTimeout(Duration.ofMillis(200))
                        .start()) {
            Heard heard = PlainClient.ask(proxy.address(), connect("127.0.0.1:" + target.port()));
            assertTrue(heard.text().startsWith("HTTP/1.1 504 "), heard::text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.test:80", "192.0.2.1:80"})
    void the_proxy_neither_asks_for_names_nor_leaves_the_machine(String target)
            throws IOException {
        try (TestProxy proxy = TestProxy.http().start()) {
            Heard heard = PlainClient.ask(proxy.address(), connect(target));
            assertTrue(heard.text().matches("(?s)HTTP/1.1 (502|403) .*Proxy-Status.*"),
                    heard::text);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 407, 502, 504})
    void the_proxy_can_refuse_with_any_answer(int status) throws IOException {
        try (TestProxy proxy = TestProxy.http().refusing(HttpAnswers.status(status)).start()) {
            Heard heard = PlainClient.ask(proxy.address(), connect("good.test:443"),
                    SHORT_SILENCE);
            assertTrue(heard.text().startsWith("HTTP/1.1 " + status), heard::text);
            assertEquals("good.test", proxy.requests().getFirst().host());
        }
    }

    @Test
    void credentials_are_asked_for_and_taken() throws IOException {
        try (FaultServer target = closing();
                TestProxy proxy = TestProxy.http().credentials("me", "secret").start()) {
            String name = "127.0.0.1:" + target.port();
            Heard without = PlainClient.ask(proxy.address(), connect(name));
            assertTrue(without.text().startsWith("HTTP/1.1 407 "), without::text);
            assertTrue(without.text().contains("\r\nProxy-Authenticate: Basic"), without::text);
            String encoded = Base64.getEncoder()
                    .encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));
            Heard with = PlainClient.ask(proxy.address(),
                    connect(name, "Proxy-Authorization: Basic " + encoded + "\r\n"),
                    SHORT_SILENCE);
            assertTrue(with.text().startsWith("HTTP/1.1 200 Connected"), with::text);
            assertEquals(Optional.of("me:secret"), proxy.requests().getLast().credentials());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ON_ACCEPT", "AFTER_REQUEST"})
    void the_proxy_can_be_silent_or_reset(Moment moment) throws IOException {
        try (TestProxy silent = TestProxy.http().fault(Fault.stall(moment)).start();
                TestProxy resetting = TestProxy.http().fault(Fault.reset(moment)).start()) {
            assertEquals(new Heard(Payload.EMPTY, End.SILENCE),
                    PlainClient.ask(silent.address(), connect("good.test:443"), SHORT_SILENCE));
            Heard heard = moment == Moment.AFTER_REQUEST
                    ? PlainClient.ask(resetting.address(), connect("good.test:443"))
                    : PlainClient.listen(resetting.address());
            assertEquals(End.RESET, heard.end());
        }
    }

    @Test
    void the_tunnel_can_stand_and_lead_nowhere() throws IOException {
        try (TestProxy proxy = TestProxy.http().tunnelling(new Effect.Stall()).start()) {
            assertEquals(new Heard(Payload.latin1("HTTP/1.1 200 Connected\r\n\r\n"), End.SILENCE),
                    PlainClient.ask(proxy.address(), connect("good.test:443"), SHORT_SILENCE));
        }
    }

    @Test
    void a_reset_of_the_target_is_carried_through() throws IOException {
        try (FaultServer target = FaultServer.start(Fault.reset(Moment.AFTER_REQUEST));
                TestProxy proxy = TestProxy.http().start();
                PlainClient client = PlainClient.connect(proxy.address())) {
            client.send(connect("127.0.0.1:" + target.port()));
            client.hearBytes(26);
            client.send(PlainClient.GET);
            assertEquals(End.RESET, client.hear(5000).end());
        }
    }

    /** What the JDK's SOCKS client gets to hear. */
    private static Heard askThrough(TestProxy proxy, InetSocketAddress target)
            throws IOException {
        try (Socket socket = new Socket(new Proxy(Proxy.Type.SOCKS, proxy.address()))) {
            socket.connect(target, 5000);
            PlainClient.GET.writeTo(socket.getOutputStream());
            return PlainClient.hear(socket, 5000);
        }
    }

    @Test
    void socks_leads_to_addresses() throws IOException {
        try (FaultServer target = closing(); TestProxy proxy = TestProxy.socks().start()) {
            assertTrue(askThrough(proxy, target.address()).text().endsWith("through"));
            assertEquals(HostKind.IPV4, proxy.requests().getFirst().kind());
        }
    }

    @Test
    void socks_leads_to_names_that_the_proxy_resolves() throws IOException {
        try (FaultServer target = closing();
                TestProxy proxy = TestProxy.socks()
                        .host("good.test", Loopback.V4.address())
                        .start()) {
            InetSocketAddress name = InetSocketAddress.createUnresolved("good.test", target.port());
            assertTrue(askThrough(proxy, name).text().endsWith("through"));
            assertEquals(new ProxyRequest("CONNECT", "good.test", HostKind.NAME, target.port(),
                    Optional.empty()), proxy.requests().getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void socks_can_refuse_with_each_code(int code) throws IOException {
        try (TestProxy proxy = TestProxy.socks().refusing(code).start();
                PlainClient client = PlainClient.connect(proxy.address())) {
            client.send(Payload.hex("05 01 00"));
            assertEquals(Payload.hex("05 00"), client.hearBytes(2));
            client.send(Payload.hex("05 01 00 01 7f000001 0050"));
            Heard heard = client.hear(5000);
            assertEquals(code, heard.bytes().bytes()[1]);
            assertEquals(End.FIN, heard.end());
            InetSocketAddress target = new InetSocketAddress(Loopback.V4.address(), 80);
            assertThrows(SocketException.class, () -> askThrough(proxy, target));
        }
    }

    @Test
    void socks_can_accept_no_method() throws IOException {
        try (TestProxy proxy = TestProxy.socks().acceptingNoMethod().start()) {
            assertEquals(new Heard(Payload.hex("05 ff"), End.FIN),
                    PlainClient.ask(proxy.address(), Payload.hex("05 01 00")));
        }
    }

    @Test
    void socks_says_when_the_target_refuses() throws IOException {
        try (ClosedPort target = ClosedPort.open(); TestProxy proxy = TestProxy.socks().start()) {
            assertThrows(SocketException.class, () -> askThrough(proxy, target.address()));
            assertEquals(target.port(), proxy.requests().getFirst().port());
        }
    }

    @Test
    void socks_can_ask_for_user_and_password() throws IOException {
        try (FaultServer target = closing();
                TestProxy proxy = TestProxy.socks().credentials("me", "secret").start()) {
            for (String password : List.of("secret", "wrong!")) {
                try (PlainClient client = PlainClient.connect(proxy.address())) {
                    client.send(Payload.hex("05 02 00 02"));
                    assertEquals(Payload.hex("05 02"), client.hearBytes(2));
                    client.send(Payload.hex("01 02")
                            .plus(Payload.latin1("me"))
                            .plus(Payload.hex("06"))
                            .plus(Payload.latin1(password)));
                    assertEquals(Payload.hex(password.equals("secret") ? "01 00" : "01 01"),
                            client.hearBytes(2));
                }
            }
            assertEquals(0, target.connectionCount());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ON_ACCEPT", "AFTER_REQUEST_HEAD"})
    void socks_can_be_silent(Moment moment) throws IOException {
        try (TestProxy proxy = TestProxy.socks().fault(Fault.stall(moment)).start()) {
            assertEquals(new Heard(Payload.EMPTY, End.SILENCE),
                    PlainClient.ask(proxy.address(), Payload.hex("05 01 00"), SHORT_SILENCE));
        }
    }
}
