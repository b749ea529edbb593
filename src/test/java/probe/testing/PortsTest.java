package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link ClosedPort}, {@link ClosedUdpPort} and {@link FullBacklog}, seen by a plain socket. */
class PortsTest {
    private static final int ENOUGH_MILLIS = 5000;

    @Needs(Prerequisite.IPV6)
    @ParameterizedTest
    @EnumSource
    void a_closed_port_refuses(Loopback loopback) throws IOException {
        try (ClosedPort port = ClosedPort.on(loopback);
                Socket socket = new Socket()) {
            assertThrows(ConnectException.class,
                    () -> socket.connect(port.address(), ENOUGH_MILLIS));
        }
    }

    @Test
    void a_closed_port_cannot_be_taken_by_a_server() throws IOException {
        try (ClosedPort port = ClosedPort.open()) {
            assertThrows(
                    UncheckedIOException.class,
                    () -> FaultServer.builder().on(port.address()).start());
        }
    }

    @Needs(Prerequisite.IPV6)
    @ParameterizedTest
    @EnumSource
    void a_closed_udp_port_is_unreachable(Loopback loopback) throws IOException {
        try (ClosedUdpPort port = ClosedUdpPort.on(loopback);
                DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(ENOUGH_MILLIS);
            socket.connect(port.address());
            socket.send(new DatagramPacket(new byte[1], 1));
            assertThrows(PortUnreachableException.class,
                    () -> socket.receive(new DatagramPacket(new byte[1], 1)));
        }
    }

    @Needs(Prerequisite.IPV6)
    @ParameterizedTest
    @EnumSource
    void a_full_backlog_is_a_connect_timeout(Loopback loopback) throws IOException {
        try (FullBacklog backlog = FullBacklog.on(loopback)) {
            for (int i = 0; i < 3; i++) {
                try (Socket socket = new Socket()) {
                    assertThrows(SocketTimeoutException.class,
                            () -> socket.connect(backlog.address(), 200));
                }
            }
        }
    }

    @Test
    void a_backlog_with_room_answers_again() throws IOException {
        try (FullBacklog backlog = FullBacklog.open();
                Socket socket = new Socket()) {
            backlog.makeRoom();
            backlog.makeRoom();
            socket.connect(backlog.address(), ENOUGH_MILLIS);
            assertTrue(socket.isConnected());
        }
    }

    @Test
    void one_port_number_can_behave_differently_at_each_address() throws IOException {
        InetAddress other = InetAddress.ofLiteral("127.0.0.2");
        try (FaultServer server = FaultServer.start(Fault.none());
                ClosedPort closed = ClosedPort.on(new InetSocketAddress(other, server.port()));
                Socket socket = new Socket()) {
            assertThrows(ConnectException.class,
                    () -> socket.connect(closed.address(), ENOUGH_MILLIS));
            assertEquals(
                    "hello\n",
                    PlainClient.ask(server.address(), PlainClient.GET, 200)
                            .text()
                            .split("\r\n\r\n", 2)[1]);
        }
    }
}
