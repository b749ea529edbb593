package probe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A listening TCP socket that serves each connection on a thread of its own. */
final class LoopbackServer implements AutoCloseable {
    /**
     * What to do with one connection. Called for one connection after the other, in the order they were accepted; the
     * task it gives runs on a thread of its own, and the socket is closed when the task ends.
     */
    interface Handler {
        ServerThreads.Task serve(Socket socket);
    }

    /** Longer than any test's burst of connections, as an overflow would look like packet loss. */
    private static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final ServerThreads threads;

    private LoopbackServer(ServerSocket listener, ServerThreads threads) {
        this.listener = listener;
        this.threads = threads;
    }

    /**
     * Binds, listens and begins to accept.
     *
     * @param receiveBuffer bytes, inherited by each connection; 0 leaves the kernel's own size
     * @throws UncheckedIOException when the address can't be bound
     */
    static LoopbackServer start(
            ServerThreads threads, InetSocketAddress bind, int receiveBuffer, Handler handler) {
        try {
            ServerSocket listener = threads.own(new ServerSocket());
            if (receiveBuffer > 0) {
                // Must precede bind and listen: the window is fixed in the SYN-ACK (tcp(7), SO_RCVBUF).
                listener.setReceiveBufferSize(receiveBuffer);
            }
            listener.bind(bind, BACKLOG);
            LoopbackServer server = new LoopbackServer(listener, threads);
            threads.start(() -> server.accept(handler));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("can't listen on " + bind, e);
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void accept(Handler handler) throws IOException {
        while (!threads.isClosing()) {
            Socket socket = threads.own(listener.accept());
            ServerThreads.Task task = handler.serve(socket);
            threads.start(() -> {
                try {
                    task.run();
                } finally {
                    threads.release(socket);
                }
            });
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
