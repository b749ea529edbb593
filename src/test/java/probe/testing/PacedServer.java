package probe.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** A server that says its pieces one after the other, whatever the client says, and then holds the connection. */
public final class PacedServer implements AutoCloseable {
    private final ServerThreads threads = new ServerThreads("paced-server");
    private final LoopbackServer server;

    private PacedServer(List<Payload> pieces, Duration gap) {
        this.server = LoopbackServer.start(threads,
                new InetSocketAddress(Loopback.V4.address(), 0), 0,
                socket -> () -> serve(socket, pieces, gap));
    }

    /**
     * Listens when it returns.
     *
     * @param gap the pause before each piece
     */
    public static PacedServer start(List<Payload> pieces, Duration gap) {
        return new PacedServer(List.copyOf(pieces), gap);
    }

    public InetSocketAddress address() {
        return server.address();
    }

    private void serve(Socket socket, List<Payload> pieces, Duration gap)
            throws IOException, InterruptedException {
        socket.setTcpNoDelay(true);
        for (Payload piece : pieces) {
            threads.pause(gap);
            piece.writeTo(socket.getOutputStream());
        }
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() {
        server.close();
    }
}
