package probe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A port that is listening but whose accept queue is full, so that Linux drops every SYN (tcp_conn_request in
 * net/ipv4/tcp_input.c): a true connect timeout without leaving the machine. It was seen to be full before
 * {@link #open()} returns.
 *
 * <p>The queue is filled by one connection after the other. A burst would end differently: with SYN cookies the
 * surplus ones look established to the client while nothing they send is ever acknowledged.
 */
public final class FullBacklog implements AutoCloseable {
    /** Linux queues one more than it was told; 0 would mean the JDK's default of 50. */
    private static final int BACKLOG = 1;
    /** Far above the 2 that are needed. */
    private static final int MOST_CONNECTIONS = 16;
    /** Below the first retransmission of a SYN after 1 s (RFC 6298 §2.1), far above a loopback handshake. */
    private static final int FULL_AFTER_MILLIS = (int) Duration.ofMillis(300).toMillis();

    private final ServerSocket listener;
    private final List<Socket> filling = new ArrayList<>();
    private final List<Socket> accepted = new ArrayList<>();

    private FullBacklog(ServerSocket listener) {
        this.listener = listener;
    }

    /** Some port of 127.0.0.1. */
    public static FullBacklog open() {
        return on(Loopback.V4);
    }

    public static FullBacklog on(Loopback loopback) {
        return on(new InetSocketAddress(loopback.address(), 0));
    }

    /**
     * A given port, for example that of another fixture on 127.0.0.2.
     *
     * @throws UncheckedIOException when it is taken
     */
    public static FullBacklog on(InetSocketAddress address) {
        try {
            FullBacklog backlog = new FullBacklog(new ServerSocket());
            backlog.listener.bind(address, BACKLOG);
            backlog.fill();
            return backlog;
        } catch (IOException e) {
            throw new UncheckedIOException("can't fill the accept queue of " + address, e);
        }
    }

    private void fill() throws IOException {
        while (filling.size() < MOST_CONNECTIONS) {
            Socket socket = new Socket();
            filling.add(socket);
            try {
                socket.connect(address(), FULL_AFTER_MILLIS);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        close();
        throw new IOException("still not full after " + MOST_CONNECTIONS + " connections");
    }

    public int port() {
        return listener.getLocalPort();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Accepts the connections that fill the queue: the next SYN, first or repeated, gets its answer. */
    public void makeRoom() {
        long queued = filling.stream().filter(Socket::isConnected).count();
        try {
            while (accepted.size() < queued) {
                accepted.add(listener.accept());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On a thread of its own: the first SYN gets no answer, and its repeat does. */
    public Thread makeRoomAfterFirstSyn() {
        return Thread.ofPlatform().start(() -> {
            Eventually.holds(this::isAskedInVain, () -> "a first SYN");
            makeRoom();
        });
    }

    /** Whether the kernel has sent a SYN there and had no answer: state 02 of /proc/net/tcp. */
    private boolean isAskedInVain() {
        String row = String.format("(?s).*:%04X 02 .*", port());
        try {
            return Files.readString(Path.of("/proc/self/net/tcp6")).matches(row)
                    || Files.readString(Path.of("/proc/self/net/tcp")).matches(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : filling) {
                socket.close();
            }
            for (Socket socket : accepted) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
