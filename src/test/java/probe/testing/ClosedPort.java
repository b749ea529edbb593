package probe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port that refuses. The socket is bound and never listens: the kernel answers each SYN with RST, and as long as it
 * is open no other process can take the port, neither by name nor as the local end of a connection.
 */
public final class ClosedPort implements AutoCloseable {
    private final Socket reserved;

    private ClosedPort(Socket reserved) {
        this.reserved = reserved;
    }

    /** Some port of 127.0.0.1. */
    public static ClosedPort open() {
        return on(Loopback.V4);
    }

    public static ClosedPort on(Loopback loopback) {
        return on(new InetSocketAddress(loopback.address(), 0));
    }

    /**
     * A given port, for example that of another fixture on 127.0.0.2.
     *
     * @throws UncheckedIOException when it is taken
     */
    public static ClosedPort on(InetSocketAddress address) {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(false);
            socket.bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException("can't bind " + address, e);
        }
        return new ClosedPort(socket);
    }

    public int port() {
        return reserved.getLocalPort();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) reserved.getLocalSocketAddress();
    }

    @Override
    public void close() {
        try {
            reserved.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
