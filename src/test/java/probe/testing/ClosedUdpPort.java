package probe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;

/**
 * A UDP port on which nobody hears: a name server that isn't there. The socket is bound, so no other
 * process can take the port, and connected, so Linux answers datagrams from anyone but its peer with
 * ICMP port unreachable, as if there were no socket (udp(7)).
 */
public final class ClosedUdpPort implements AutoCloseable {
    private final DatagramSocket reserved;

    private ClosedUdpPort(DatagramSocket reserved) {
        this.reserved = reserved;
    }

    /** Some port of 127.0.0.1. */
    public static ClosedUdpPort open() {
        return on(Loopback.V4);
    }

    /** Some port of the given address. */
    public static ClosedUdpPort on(Loopback loopback) {
        try {
            DatagramSocket socket = new DatagramSocket(
                    new InetSocketAddress(loopback.address(), 0));
            // Its only peer is itself.
            socket.connect(socket.getLocalSocketAddress());
            return new ClosedUdpPort(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("can't bind " + loopback, e);
        }
    }

    public int port() {
        return address().getPort();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) reserved.getLocalSocketAddress();
    }

    @Override
    public void close() {
        reserved.close();
    }
}
