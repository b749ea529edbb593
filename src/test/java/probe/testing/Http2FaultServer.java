package probe.testing;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP/2 server on 127.0.0.1 that goes wrong as told, over TLS (ALPN {@code h2}) or in plaintext
 * with prior knowledge (RFC 9113 §3.3). It looks at the boundaries of requests and not into them.
 *
 * <p>For a server that speaks HTTP/1.1 only, or refuses the client's ALPN names, take a {@link
 * FaultServer} with {@link ServerTls#applicationProtocols}.
 */
public final class Http2FaultServer implements AutoCloseable {
    private final Http2Fault fault;
    private final Optional<ServerTls> tls;
    private final ServerThreads threads = new ServerThreads("http2-server");
    private final List<ConnectionLog> connections = new CopyOnWriteArrayList<>();
    private final LoopbackServer server;

    private Http2FaultServer(Http2Fault fault, Optional<ServerTls> tls) {
        this.fault = fault;
        this.tls = tls;
        this.server = LoopbackServer.start(threads,
                new InetSocketAddress(Loopback.V4.address(), 0), 0, this::serve);
    }

    /** In plaintext, for clients with prior knowledge. */
    public static Http2FaultServer plain(Http2Fault fault) {
        return new Http2FaultServer(fault, Optional.empty());
    }

    /** Over TLS, with {@code h2} as the only ALPN name. */
    public static Http2FaultServer over(ServerTls tls, Http2Fault fault) {
        return new Http2FaultServer(fault, Optional.of(tls.applicationProtocols("h2")));
    }

    public int port() {
        return address().getPort();
    }

    public InetSocketAddress address() {
        return server.address();
    }

    /** {@code http} or {@code https}, at 127.0.0.1. */
    public URI uri(String path) {
        return URI.create(
                (tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port() + path);
    }

    /** One log for each connection accepted so far; each request is one {@code stream N}. */
    public List<ConnectionLog> connections() {
        return List.copyOf(connections);
    }

    public int connectionCount() {
        return connections.size();
    }

    /** Requests that arrived in full, over all connections. */
    public int requestCount() {
        return connections.stream().mapToInt(log -> log.requests().size()).sum();
    }

    private ServerThreads.Task serve(Socket socket) {
        ConnectionLog log = new ConnectionLog();
        connections.add(log);
        return () -> {
            try {
                Wire wire = new Wire(socket, log);
                if (tls.isPresent()) {
                    wire.handshake(tls.get());
                }
                new Http2Connection(fault, wire, log).run();
            } finally {
                log.over();
            }
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
