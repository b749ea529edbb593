package probe.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy on loopback, HTTP or SOCKS 5, that really forwards, to loopback alone, or goes wrong as
 * told, and remembers what it was asked for.
 */
public final class TestProxy implements AutoCloseable {
    /** Which protocol it speaks. */
    enum Protocol {
        HTTP,
        SOCKS;

        boolean has(Moment moment) {
            return switch (this) {
                case HTTP -> moment == Moment.ON_ACCEPT || moment == Moment.AFTER_REQUEST;
                case SOCKS -> HTTP.has(moment) || moment == Moment.AFTER_REQUEST_HEAD;
            };
        }
    }

    /** All that a builder can set. */
    record Settings(Protocol protocol, Optional<Fault> fault, Reply reply,
            Optional<String> credentials, Map<String, InetAddress> hosts,
            Duration connectTimeout) {}

    /** Where a connection puts down what it was asked for. */
    interface Notes {
        void note(ProxyRequest request);
    }

    private final Settings settings;
    private final ServerThreads threads = new ServerThreads("proxy");
    private final List<ConnectionLog> connections = new CopyOnWriteArrayList<>();
    private final List<ProxyRequest> requests = new CopyOnWriteArrayList<>();
    private final LoopbackServer server;

    private TestProxy(Settings settings, InetSocketAddress bind) {
        this.settings = settings;
        this.server = LoopbackServer.start(threads, bind, 0, this::serve);
    }

    /** An HTTP proxy: CONNECT, and plain requests in absolute form. */
    public static Builder http() {
        return new Builder(Protocol.HTTP);
    }

    /** A SOCKS 5 proxy that takes names and addresses. */
    public static Builder socks() {
        return new Builder(Protocol.SOCKS);
    }

    public int port() {
        return address().getPort();
    }

    public InetSocketAddress address() {
        return server.address();
    }

    /** What it was asked for so far, whether or not it was granted. */
    public List<ProxyRequest> requests() {
        return List.copyOf(requests);
    }

    /** One log for each connection accepted so far, in order. */
    public List<ConnectionLog> connections() {
        return List.copyOf(connections);
    }

    private ServerThreads.Task serve(Socket socket) {
        ConnectionLog log = new ConnectionLog();
        connections.add(log);
        return () -> {
            try {
                Wire wire = new Wire(socket, log);
                EffectRunner effects = new EffectRunner(wire, threads);
                Tunnel tunnel = new Tunnel(threads, settings.hosts(), settings.connectTimeout());
                switch (settings.protocol()) {
                    case HTTP -> new HttpProxyConnection(settings, wire, log, effects, tunnel)
                            .run(requests::add);
                    case SOCKS -> new SocksProxyConnection(settings, wire, effects, tunnel)
                            .run(requests::add);
                }
            } finally {
                log.over();
            }
        };
    }

    @Override
    public void close() {
        server.close();
    }

    /** What is not set is: forwards, asks for no credentials, knows {@code localhost} alone. */
    public static final class Builder {
        private final Protocol protocol;
        private final Map<String, InetAddress> hosts = new HashMap<>();
        private Optional<Fault> fault = Optional.empty();
        private Reply reply = HttpAnswers.status(502);
        private Optional<String> credentials = Optional.empty();
        private Duration connectTimeout = Duration.ofSeconds(2);
        private InetSocketAddress bind = new InetSocketAddress(Loopback.V4.address(), 0);

        private Builder(Protocol protocol) {
            this.protocol = protocol;
            host("localhost", Loopback.V4.address());
        }

        /**
         * Goes wrong on every connection. HTTP: at ON_ACCEPT or, in place of forwarding, at
         * AFTER_REQUEST, the request being CONNECT or a whole head. SOCKS: at ON_ACCEPT, at
         * AFTER_REQUEST_HEAD, where the client's greeting has been read, or at AFTER_REQUEST.
         *
         * @throws IllegalArgumentException at any other moment
         */
        public Builder fault(Fault value) {
            if (!protocol.has(value.moment())) {
                throw new IllegalArgumentException("a proxy has no such moment: " + value);
            }
            fault = Optional.of(value);
            return this;
        }

        /** Answers every request with this in place of forwarding: 403, 407, 502, 504. */
        public Builder refusing(Reply value) {
            reply = value;
            return fault(Fault.answer(Moment.AFTER_REQUEST));
        }

        /** SOCKS only: refuses every request with this code, 1 to 8 (RFC 1928 §6). */
        public Builder refusing(int code) {
            return fault(Fault.say(SocksProxyConnection.refusal(code), new Effect.Close(),
                    Moment.AFTER_REQUEST));
        }

        /** SOCKS only: accepts none of the methods that the client offers. */
        public Builder acceptingNoMethod() {
            return fault(Fault.say(SocksProxyConnection.noAcceptableMethod(), new Effect.Close(),
                    Moment.AFTER_REQUEST_HEAD));
        }

        /** HTTP only: says that the tunnel stands, and then does this in place of the target. */
        public Builder tunnelling(Effect effect) {
            return fault(Fault.say(Payload.latin1("HTTP/1.1 200 Connected\r\n\r\n"), effect,
                    Moment.AFTER_REQUEST));
        }

        /** Asks for these: Basic for HTTP (407 without them), RFC 1929 for SOCKS. */
        public Builder credentials(String user, String password) {
            credentials = Optional.of(user + ":" + password);
            return this;
        }

        /** A name that the proxy can resolve. */
        public Builder host(String name, InetAddress address) {
            hosts.put(name, address);
            return this;
        }

        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        public Builder on(Loopback loopback) {
            bind = new InetSocketAddress(loopback.address(), 0);
            return this;
        }

        /** A fixed address and port, for a proxy in a network namespace of its own. */
        public Builder on(InetSocketAddress address) {
            bind = address;
            return this;
        }

        public TestProxy start() {
            return new TestProxy(new Settings(protocol, fault, reply, credentials,
                    Map.copyOf(hosts), connectTimeout), bind);
        }
    }
}
