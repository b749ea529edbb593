package probe.prober;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import probe.testing.Needs;
import probe.testing.Prerequisite;

/** What goes before the first connect of a process asks nobody and waits for nobody. */
@Needs(Prerequisite.LINUX)
class FirstConnectTest {

    @Test
    void the_kernel_refuses_to_connect_nowhere_instead_of_waiting_for_an_answer()
            throws IOException {
        try (TapSocket socket = new TapSocket(Ticker.SYSTEM)) {
            IOException refused = assertThrows(IOException.class,
                    () -> socket.connect(FirstConnect.NOWHERE, 60_000));
            assertFalse(refused instanceof SocketTimeoutException, refused::toString);
        }
        FirstConnect.isBehindUs(); // as often as one likes
    }
}
