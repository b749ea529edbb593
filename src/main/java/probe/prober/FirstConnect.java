package probe.prober;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * What this process does when it connects for the first time: it loads and links Java's socket code, which takes 2 to
 * 30 ms. Done before the clock of the connect phase starts, so that nobody takes it for the network's time.
 */
final class FirstConnect {
    /** The limited broadcast address: the kernel refuses to connect there, at once, and sends nothing (tcp_v4_connect). */
    static final InetSocketAddress NOWHERE = new InetSocketAddress("255.255.255.255", 9);
    private static final int MILLIS = 1;

    static {
        try (TapSocket socket = new TapSocket(Ticker.SYSTEM)) {
            socket.connect(NOWHERE, MILLIS);
        } catch (IOException refused) {
            // As intended; what else is wrong here, such as a lack of descriptors, the attempt itself will meet.
        }
    }

    private FirstConnect() {}

    /** Returns when it is done; later calls cost nothing. */
    static void isBehindUs() {
        // The class is initialised.
    }
}
