package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What stays is seen, and the fixtures leave nothing. */
class LeaksTest {
    @Test
    void an_open_socket_is_a_leak_until_it_is_closed() throws IOException {
        Leaks before = Leaks.snapshot();
        try (ServerSocket socket = new ServerSocket(0, 1, Loopback.V4.address())) {
            List<String> left = before.since();
            assertEquals(1, left.size(), left::toString);
            assertTrue(left.getFirst().contains("socket:["), left::toString);
            assertTrue(socket.isBound());
        }
        before.assertNoneSince();
    }

    @Test
    void a_running_thread_is_a_leak_until_it_ends() {
        Leaks before = Leaks.snapshot();
        CountDownLatch end = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("lingering").start(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertEquals(List.of("thread lingering"), before.since());
        end.countDown();
        before.assertNoneSince();
    }

    @Test
    void the_fixtures_leave_nothing_behind() throws IOException {
        Leaks before = Leaks.snapshot();
        try (FaultServer server = FaultServer.start(Fault.stall(Moment.ON_ACCEPT));
                FaultServer secure = FaultServer.builder()
                        .tls(TestCertificates.serverTls(TestCertificate.VALID))
                        .start();
                FullBacklog full = FullBacklog.open();
                ClosedPort closed = ClosedPort.open();
                ClosedUdpPort closedUdp = ClosedUdpPort.open();
                TestDnsServer dns = TestDnsServer.start();
                TestProxy proxy = TestProxy.http().start();
                Http2FaultServer http2 = Http2FaultServer.plain(Http2Fault.none());
                PlainClient stalled = PlainClient.connect(server.address());
                PlainClient shaking = PlainClient.connect(secure.address());
                PlainClient framed = PlainClient.connect(http2.address());
                PlainClient tunnelled = PlainClient.connect(proxy.address())) {
            stalled.send(PlainClient.GET);
            shaking.send(PlainClient.GET);
            framed.send(Http2Frame.PREFACE);
            assertEquals(9, framed.hearBytes(9).length());
            tunnelled.send(Payload.latin1(
                    "CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\r\n\r\n"));
            tunnelled.hearBytes(26);
            assertTrue(before.since().size() > 10, () -> "too few to be true: " + before.since());
            assertTrue(full.port() > 0 && closed.port() > 0 && closedUdp.port() > 0);
            assertTrue(dns.queries().isEmpty());
        }
        before.assertNoneSince();
    }
}
