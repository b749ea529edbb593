package probe.testing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one connection of a fixture has seen so far; may be read while the connection lives. Bytes are counted as the
 * server's code sees them: inside TLS once the handshake is done, on the wire before.
 */
public final class ConnectionLog {
    /**
     * A request that arrived in full.
     *
     * @param head the header block, or the whole request of a protocol without bodies, as ISO 8859-1
     * @param bodyBytes length of the body, without chunk framing
     */
    public record Request(String head, long bodyBytes) {}

    /** How the client ended the connection, as the server saw it. */
    public enum ClientEnd {
        /** Not yet, or the server was first. */
        OPEN,
        FIN,
        RESET
    }

    /** How far TLS came. */
    public enum Tls {
        /** Not begun, or a plain connection. */
        NONE,
        ESTABLISHED,
        /** The client or the server refused. */
        FAILED
    }

    private static final int KEPT = 1 << 16;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<Request> requests = new ArrayList<>();
    private long bytesReceived;
    private long bytesSent;
    private ClientEnd clientEnd = ClientEnd.OPEN;
    private Tls tls = Tls.NONE;
    private Optional<String> serverName = Optional.empty();
    private boolean over;

    ConnectionLog() {}

    public synchronized long bytesReceived() {
        return bytesReceived;
    }

    /** Bytes handed to the kernel; whether the client got them is another question. */
    public synchronized long bytesSent() {
        return bytesSent;
    }

    /** The first 64 KiB received. */
    public synchronized Payload received() {
        return Payload.of(received.toByteArray());
    }

    /** The requests that arrived in full and were read in full: the server may have acted on these and on no others. */
    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    public synchronized ClientEnd clientEnd() {
        return clientEnd;
    }

    public synchronized Tls tls() {
        return tls;
    }

    /** The name the client asked for in its ClientHello (RFC 6066 §3), once the handshake is done. */
    public synchronized Optional<String> serverName() {
        return serverName;
    }

    /** Whether the server is through with this connection. */
    public synchronized boolean isOver() {
        return over;
    }

    synchronized void received(byte[] bytes, int count) {
        bytesReceived += count;
        received.write(bytes, 0, Math.min(count, KEPT - received.size()));
    }

    synchronized void sent(long count) {
        bytesSent += count;
    }

    synchronized void completed(Request request) {
        requests.add(request);
    }

    /** The first end counts: after a FIN a late reset changes nothing. */
    synchronized void ended(ClientEnd end) {
        if (clientEnd == ClientEnd.OPEN) {
            clientEnd = end;
        }
    }

    synchronized void tls(Tls state, Optional<String> name) {
        tls = state;
        serverName = name;
    }

    synchronized void over() {
        over = true;
    }

    @Override
    public synchronized String toString() {
        return "received " + bytesReceived + ", sent " + bytesSent + ", requests " + requests.size()
                + ", client "
                + clientEnd + ", tls " + tls;
    }
}
