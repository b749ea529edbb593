package probe.testing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A TCP server on loopback that goes wrong exactly as told, and remembers what it was sent.
 *
 * <pre>{@code
 * try (FaultServer server = FaultServer.start(Fault.reset(Moment.AFTER_REQUEST))) {
 *     … server.uri("/") …
 *     assertEquals(1, server.requestCount());
 * }
 * }</pre>
 */
public final class FaultServer implements AutoCloseable {
    /** What the server says to a request that waits for 100 (Continue). */
    public enum ContinueReply {
        SEND,
        /** Nothing: the client has to send its body unasked (RFC 9110 §10.1.1). */
        WITHHOLD
    }

    /** All that a builder can set. */
    record Settings(
            List<List<Fault>> connections,
            Payload greeting,
            Sequence<Reply> replies,
            RequestFraming framing,
            ContinueReply continueReply,
            Optional<ServerTls> tls) {}

    /** One after the other, the last one for ever. */
    record Sequence<T>(List<T> values, AtomicInteger taken) {
        Sequence(List<T> values) {
            this(List.copyOf(values), new AtomicInteger());
        }

        T next() {
            return values.get(Math.min(taken.getAndIncrement(), values.size() - 1));
        }
    }

    /** Smaller than any request worth stalling; the kernel raises it to its own minimum. */
    private static final int TINY_BUFFER = 1024;

    private final Settings settings;
    private final Sequence<List<Fault>> scripts;
    private final ServerThreads threads = new ServerThreads("fault-server");
    private final List<ConnectionLog> connections = new CopyOnWriteArrayList<>();
    private final LoopbackServer server;

    private FaultServer(Settings settings, InetSocketAddress bind) {
        this.settings = settings;
        this.scripts = new Sequence<>(settings.connections());
        this.server = LoopbackServer.start(threads, bind, receiveBuffer(settings), this::serve);
    }

    /** Every exchange of every connection goes this way; HTTP in plaintext on 127.0.0.1, {@code 200} with a short body. */
    public static FaultServer start(Fault fault) {
        return builder().connection(fault).start();
    }

    public static Builder builder() {
        return new Builder();
    }

    public int port() {
        return address().getPort();
    }

    public InetSocketAddress address() {
        return server.address();
    }

    /** {@code http} or {@code https}, with the address as a literal. */
    public URI uri(String path) {
        InetAddress address = address().getAddress();
        String literal = address instanceof Inet6Address ? "[::1]" : address.getHostAddress();
        return URI.create((settings.tls().isPresent() ? "https://" : "http://") + literal + ":"
                + port() + path);
    }

    /** One log for each connection accepted so far, in order. */
    public List<ConnectionLog> connections() {
        return List.copyOf(connections);
    }

    /** Connections accepted so far. More than the client admits to means a hidden retry. */
    public int connectionCount() {
        return connections.size();
    }

    /** Requests that were read in full, over all connections. */
    public int requestCount() {
        return connections.stream().mapToInt(log -> log.requests().size()).sum();
    }

    public long bytesReceived() {
        return connections.stream().mapToLong(ConnectionLog::bytesReceived).sum();
    }

    /** Waits until {@code count} connections were accepted and the server is through with all of them. */
    public void awaitFinished(int count) {
        Eventually.holds(
                () -> connections.size() >= count
                        && connections.stream().allMatch(ConnectionLog::isOver),
                () -> count + " finished connections: " + connections);
    }

    /** Waits until {@code count} requests were read in full. */
    public void awaitRequests(int count) {
        Eventually.holds(() -> requestCount() >= count, () -> count + " requests: " + connections);
    }

    private ServerThreads.Task serve(Socket socket) {
        ConnectionLog log = new ConnectionLog();
        List<Fault> script = scripts.next();
        connections.add(log);
        return () -> {
            try {
                new FaultConnection(settings, new Wire(socket, log), log, threads).run(script);
            } finally {
                log.over();
            }
        };
    }

    private static int receiveBuffer(Settings settings) {
        boolean tiny = settings.connections()
                .stream()
                .flatMap(List::stream)
                .anyMatch(fault -> fault.effect() instanceof Effect.NeverRead);
        return tiny ? TINY_BUFFER : 0;
    }

    @Override
    public void close() {
        server.close();
    }

    /** What is not set is: no fault, HTTP in plaintext, 127.0.0.1, a {@code 200} with a short body. */
    public static final class Builder {
        private final List<List<Fault>> connections = new ArrayList<>();
        private List<Reply> replies = List.of(HttpAnswers.ok("hello\n"));
        private Payload greeting = Payload.EMPTY;
        private RequestFraming framing = new RequestFraming.Http();
        private ContinueReply continueReply = ContinueReply.SEND;
        private Optional<ServerTls> tls = Optional.empty();
        private InetSocketAddress bind = new InetSocketAddress(Loopback.V4.address(), 0);

        private Builder() {}

        /**
         * The next connection: its exchanges in order, the last fault for all that follow. The last connection's
         * script holds for all further connections.
         */
        public Builder connection(Fault first, Fault... next) {
            List<Fault> script = new ArrayList<>(List.of(next));
            script.addFirst(first);
            connections.add(List.copyOf(script));
            return this;
        }

        /** What is answered: one after the other, over all connections, the last one for ever. */
        public Builder reply(Reply first, Reply... next) {
            List<Reply> all = new ArrayList<>(List.of(next));
            all.addFirst(first);
            replies = all;
            return this;
        }

        /** What the server says unasked on each connection, before the first exchange: a banner. */
        public Builder greeting(Payload value) {
            greeting = value;
            return this;
        }

        public Builder framing(RequestFraming value) {
            framing = value;
            return this;
        }

        public Builder continueReply(ContinueReply value) {
            continueReply = value;
            return this;
        }

        public Builder tls(ServerTls value) {
            tls = Optional.of(value);
            return this;
        }

        public Builder tls(SSLContext context) {
            return tls(ServerTls.of(context));
        }

        public Builder on(Loopback loopback) {
            return on(new InetSocketAddress(loopback.address(), 0));
        }

        /** A fixed address and port, for example the port of another fixture on 127.0.0.2. */
        public Builder on(InetSocketAddress address) {
            bind = address;
            return this;
        }

        /**
         * Listens when it returns.
         *
         * @throws java.io.UncheckedIOException when the address can't be bound
         */
        public FaultServer start() {
            List<List<Fault>> scripts = connections.isEmpty() ? List.of(List.of(Fault.none()))
                    : connections;
            return new FaultServer(
                    new Settings(List.copyOf(scripts), greeting, new Sequence<>(replies), framing,
                            continueReply, tls),
                    bind);
        }
    }
}
