package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import probe.evidence.linux.DiagEntry;
import probe.testing.Loopback;
import probe.testing.Needs;
import probe.testing.Prerequisite;

@Needs(Prerequisite.LINUX)
class ListenersTest {
    private static boolean has(List<DiagEntry> listeners, int port) {
        return listeners.stream().anyMatch(one -> one.local().getPort() == port);
    }

    @Test
    void nothing_from_before_the_failure_is_used() throws IOException {
        for (int i = 0; i < 50; i++) {
            int port;
            try (ServerSocket open = new ServerSocket(0, 5, Loopback.V4.address())) {
                port = open.getLocalPort();
                assertTrue(has(Listeners.after(System.nanoTime()), port), "open");
            }
            assertFalse(has(Listeners.after(System.nanoTime()), port), "closed");
        }
    }

    @Test
    void what_is_later_than_the_failure_is_shared_while_it_is_fresh() throws Exception {
        long failure = System.nanoTime();
        int asked = 0;
        List<DiagEntry> last = List.of();
        for (int i = 0; i < 1_000; i++) {
            List<DiagEntry> now = Listeners.after(failure);
            asked += System.identityHashCode(now) == System.identityHashCode(last) ? 0 : 1;
            last = now;
        }
        assertTrue(asked < 500, "asked " + asked + " times");

        Thread.sleep(50);
        try (ServerSocket open = new ServerSocket(0, 5, Loopback.V4.address())) {
            assertTrue(has(Listeners.after(failure), open.getLocalPort()), "grown stale");
        }
    }
}
