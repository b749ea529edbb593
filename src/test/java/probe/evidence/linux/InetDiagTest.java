package probe.evidence.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import probe.evidence.SocketQueues;
import probe.evidence.TcpState;
import probe.testing.Loopback;

@EnabledOnOs(OS.LINUX)
class InetDiagTest {

    @ParameterizedTest
    @EnumSource(Loopback.class)
    void a_connection_is_found_by_its_addresses(Loopback loopback) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, loopback.address());
                Socket client = new Socket(loopback.address(), listener.getLocalPort());
                Socket server = listener.accept()) {
            InetSocketAddress local = (InetSocketAddress) client.getLocalSocketAddress();
            InetSocketAddress remote = (InetSocketAddress) client.getRemoteSocketAddress();
            server.getOutputStream().write(new byte[9]);
            DiagEntry entry = InetDiag.find(local, remote).orElseThrow();
            assertEquals(local, entry.local());
            assertEquals(remote, entry.remote());
            assertEquals(TcpState.ESTABLISHED, entry.state());
            assertEquals(9, entry.queues().receiveQueue(), "nothing was read");
            assertNotNull(entry.info());
            assertTrue(entry.inode() > 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Loopback.class)
    void a_listener_is_in_the_list_with_the_size_of_its_queue(Loopback loopback)
            throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 7, loopback.address());
                Socket waiting = new Socket(loopback.address(), listener.getLocalPort())) {
            Optional<DiagEntry> entry = InetDiag.inState(TcpState.LISTEN)
                    .stream()
                    .filter(e -> e.local().equals(listener.getLocalSocketAddress()))
                    .findFirst();
            SocketQueues queues = entry.orElseThrow().queues();
            assertEquals(7, queues.sendQueue());
            assertEquals(1, queues.receiveQueue(), "one connection waits for accept: " + waiting);
        }
    }

    @ParameterizedTest
    @EnumSource(Loopback.class)
    void no_connection_is_no_error(Loopback loopback) throws IOException {
        InetSocketAddress nowhere = new InetSocketAddress(loopback.address(), 1);
        assertTrue(InetDiag.find(nowhere, nowhere).isEmpty());
    }
}
