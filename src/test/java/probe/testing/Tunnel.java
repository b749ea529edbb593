package probe.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The far side of a proxy: finding the target, connecting to it, and carrying bytes both ways. */
final class Tunnel {
    private static final int BLOCK = 8192;

    private final ServerThreads threads;
    private final Map<String, InetAddress> hosts;
    private final Duration connectTimeout;

    Tunnel(ServerThreads threads, Map<String, InetAddress> hosts, Duration connectTimeout) {
        this.threads = threads;
        this.hosts = hosts;
        this.connectTimeout = connectTimeout;
    }

    /** From the table, or a literal; empty for a name that isn't known. Nobody is asked. */
    Optional<InetAddress> resolve(String host) {
        if (hosts.containsKey(host)) {
            return Optional.of(hosts.get(host));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Connects to the target.
     *
     * @throws IllegalArgumentException when the address is not on loopback: no test leaves the machine
     */
    Socket connect(InetAddress address, int port) throws IOException {
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException("not on this machine: " + address);
        }
        Socket socket = threads.own(new Socket());
        try {
            socket.connect(new InetSocketAddress(address, port), (int) connectTimeout.toMillis());
            return socket;
        } catch (IOException e) {
            threads.release(socket);
            throw e;
        }
    }

    /** Carries bytes, ends and resets both ways until both sides have ended. */
    void carry(Wire client, Socket target) throws IOException, InterruptedException {
        CountDownLatch answered = new CountDownLatch(1);
        try {
            Wire server = new Wire(target, new ConnectionLog());
            threads.start(() -> {
                try {
                    copy(server, client);
                } finally {
                    answered.countDown();
                }
            });
            copy(client, server);
            answered.await();
        } finally {
            threads.release(target);
        }
    }

    private static void copy(Wire from, Wire to) throws IOException {
        byte[] block = new byte[BLOCK];
        try {
            while (true) {
                int count = from.read(block, BLOCK);
                to.write(Payload.of(block).slice(0, count));
            }
        } catch (EOFException e) {
            to.finish();
        } catch (SocketException e) {
            // Either side was reset: so is the other.
            from.reset();
            to.reset();
        }
    }
}
