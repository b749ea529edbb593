package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import probe.evidence.KernelAccess;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;
import probe.testing.Eventually;
import probe.testing.Loopback;

@EnabledOnOs(OS.LINUX)
class KernelViewTest {
    private final KernelView view = KernelView.system();

    @Test
    void linux_with_native_access_is_asked_over_sock_diag() {
        assertEquals(KernelAccess.SOCK_DIAG, view.access());
    }

    @ParameterizedTest
    @EnumSource(Loopback.class)
    void what_the_peer_acknowledged_is_counted_without_the_syn(Loopback loopback)
            throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, loopback.address());
                Socket client = new Socket(loopback.address(), listener.getLocalPort());
                Socket server = listener.accept()) {
            assertEquals(0L, view.acknowledged(client));
            client.getOutputStream().write(new byte[300]);
            assertEquals(300, server.getInputStream().readNBytes(300).length);
            Eventually.holds(() -> Long.valueOf(300).equals(view.acknowledged(client)),
                    () -> "acknowledged: " + view.acknowledged(client));
        }
    }

    @Test
    void what_came_is_counted_without_the_fin() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, Loopback.V4.address());
                Socket client = new Socket(Loopback.V4.address(), listener.getLocalPort());
                Socket server = listener.accept()) {
            server.getOutputStream().write(new byte[7]);
            server.shutdownOutput();
            assertEquals(7, client.getInputStream().readAllBytes().length);
            TcpInfo info = view.info(client);
            assertNotNull(info);
            assertEquals(TcpState.CLOSE_WAIT, info.state());
            assertEquals(7, info.bytesReceived());
        }
    }

    @Test
    void the_counters_survive_a_reset() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, Loopback.V4.address());
                Socket client = new Socket(Loopback.V4.address(), listener.getLocalPort())) {
            client.getOutputStream().write(new byte[5]);
            try (Socket server = listener.accept()) {
                assertEquals(5, server.getInputStream().readNBytes(5).length);
                server.setSoLinger(true, 0);
            }
            assertThrows(SocketException.class, () -> client.getInputStream().read());
            TcpInfo info = view.info(client);
            assertNotNull(info);
            assertEquals(TcpState.CLOSED, info.state());
            assertEquals(5, info.bytesAcked());
        }
    }

    @Test
    void a_socket_that_is_closed_or_was_never_opened_tells_nothing() throws IOException {
        Socket closed = new Socket();
        assertNull(view.info(closed));
        try (ServerSocket listener = new ServerSocket(0, 1, Loopback.V4.address())) {
            closed.connect(new InetSocketAddress(Loopback.V4.address(), listener.getLocalPort()));
        }
        closed.close();
        assertNull(view.info(closed));
        assertNull(view.acknowledged(closed));
    }

    @Test
    void elsewhere_nothing_can_be_asked() {
        assertEquals(KernelAccess.NONE, KernelView.NONE.access());
        assertNull(KernelView.NONE.acknowledged(new Socket()));
    }
}
