package probe.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A name server on loopback, UDP and TCP on the same port, that answers from a table. What is not
 * in the table does not exist (NXDOMAIN), unless {@link #otherwise} says something else. The table
 * may change while the server runs.
 */
public final class TestDnsServer implements AutoCloseable {
    /** How a question came. */
    public enum Transport {
        UDP,
        TCP
    }

    /**
     * A question that was asked, whether or not it was answered.
     *
     * @param name as sent, without the last dot
     * @param type see {@link DnsType#code()}
     * @param transport how it came
     */
    public record Query(String name, int type, Transport transport) {}

    private record Key(String name, int type) {}

    private interface Sender {
        void send(Payload message) throws IOException;
    }

    private static final int ANY_TYPE = 255;
    private static final int MAX_MESSAGE = 1 << 16;
    private static final int MOST_TRIES = 20;

    private final ServerThreads threads = new ServerThreads("dns-server");
    private final LoopbackServer tcp;
    private final DatagramSocket udp;
    private final Map<Key, DnsReply> table = new ConcurrentHashMap<>();
    private final List<Query> queries = new CopyOnWriteArrayList<>();
    private volatile DnsReply otherwise = DnsReply.notFound("test");

    private TestDnsServer(InetSocketAddress bind) throws IOException {
        this.tcp = LoopbackServer.start(threads, bind, 0, this::serve);
        try {
            this.udp = threads.own(new DatagramSocket(tcp.address()));
        } catch (IOException e) {
            threads.close();
            throw e;
        }
        threads.start(this::receive);
    }

    /** Some port of 127.0.0.1. */
    public static TestDnsServer start() {
        return on(Loopback.V4);
    }

    /** A port that is free for UDP and TCP alike is found by trying. */
    public static TestDnsServer on(Loopback loopback) {
        for (int i = 1; i < MOST_TRIES; i++) {
            try {
                return new TestDnsServer(new InetSocketAddress(loopback.address(), 0));
            } catch (IOException e) {
                // The port that TCP got is taken for UDP: another one.
            }
        }
        return on(new InetSocketAddress(loopback.address(), 0));
    }

    /**
     * A given address and port: in a network namespace of its own a test may take port 53.
     *
     * @throws UncheckedIOException when it is taken
     */
    public static TestDnsServer on(InetSocketAddress bind) {
        try {
            return new TestDnsServer(bind);
        } catch (IOException e) {
            throw new UncheckedIOException("can't serve UDP on " + bind, e);
        }
    }

    /** For questions of any type that have no reply of their own. */
    public TestDnsServer reply(String name, DnsReply reply) {
        table.put(key(name, ANY_TYPE), reply);
        return this;
    }

    public TestDnsServer reply(String name, DnsType type, DnsReply reply) {
        table.put(key(name, type.code()), reply);
        return this;
    }

    /** For names that are not in the table. */
    public TestDnsServer otherwise(DnsReply reply) {
        otherwise = reply;
        return this;
    }

    public int port() {
        return address().getPort();
    }

    public InetSocketAddress address() {
        return tcp.address();
    }

    /** All questions so far, in the order they came. */
    public List<Query> queries() {
        return List.copyOf(queries);
    }

    private static Key key(String name, int type) {
        return new Key(name.toLowerCase(Locale.ROOT), type);
    }

    private void receive() throws IOException {
        while (!threads.isClosing()) {
            DatagramPacket packet = new DatagramPacket(new byte[MAX_MESSAGE], MAX_MESSAGE);
            udp.receive(packet);
            byte[] bytes = Payload.of(packet.getData()).slice(0, packet.getLength()).bytes();
            SocketAddress client = packet.getSocketAddress();
            Optional<DnsWire.Question> question = note(bytes, Transport.UDP);
            if (question.isPresent()) {
                threads.start(() -> answer(question.get(), replyTo(question.get()), Transport.UDP,
                        message -> udp.send(
                                new DatagramPacket(message.bytes(), message.length(), client))));
            }
        }
    }

    private ServerThreads.Task serve(Socket socket) {
        return () -> {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte[] bytes = new byte[in.readUnsignedShort()];
                in.readFully(bytes);
                Optional<DnsWire.Question> question = note(bytes, Transport.TCP);
                if (question.isPresent()) {
                    answer(question.get(), replyTo(question.get()), Transport.TCP,
                            message -> sendOverTcp(socket, message));
                }
            }
        };
    }

    /** RFC 1035 §4.2.2: two bytes of length, then the message. */
    private static void sendOverTcp(Socket socket, Payload message) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(message.length());
        out.write(message.bytes());
        out.flush();
    }

    private Optional<DnsWire.Question> note(byte[] message, Transport transport) {
        Optional<DnsWire.Question> question = DnsWire.parse(message);
        question.ifPresent(
                asked -> queries.add(new Query(asked.name(), asked.type(), transport)));
        return question;
    }

    private DnsReply replyTo(DnsWire.Question question) {
        DnsReply any = table.getOrDefault(key(question.name(), ANY_TYPE), otherwise);
        return table.getOrDefault(key(question.name(), question.type()), any);
    }

    private void answer(DnsWire.Question question, DnsReply reply, Transport transport,
            Sender sender) throws IOException, InterruptedException {
        switch (reply) {
            case DnsReply.Response response -> sender.send(DnsWire.response(question, response));
            case DnsReply.Silence() -> {}
            case DnsReply.Hangup() -> {
                if (transport == Transport.TCP) {
                    throw new IOException("hanging up, as told");
                }
            }
            case DnsReply.WrongId(DnsReply.Response response) -> sender
                    .send(DnsWire.response(question.withOtherId(), response));
            case DnsReply.Garbage(Payload bytes) -> sender.send(bytes);
            case DnsReply.Truncated(DnsReply overTcp) -> {
                switch (transport) {
                    case UDP -> sender.send(DnsWire.truncated(question));
                    case TCP -> answer(question, overTcp, transport, sender);
                }
            }
            case DnsReply.Late(var delay, DnsReply later) -> {
                threads.pause(delay);
                answer(question, later, transport, sender);
            }
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
