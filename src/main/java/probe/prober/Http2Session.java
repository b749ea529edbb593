package probe.prober;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.SSLSessionInitializer;
import org.apache.hc.core5.reactor.ssl.SSLSessionVerifier;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the HTTP/2 engine wants to see it, over one that stands already: so that names, addresses, proxies,
 * TLS and every byte are seen and limited just as for HTTP/1.1. Used by one thread; writes go out at once, and what is
 * read has been waited for by {@link #await}.
 */
final class Http2Session implements ProtocolIOSession {
    private final HttpWire wire;
    private final InputStream in;
    private final Queue<Command> commands = new ArrayDeque<>();
    private final Lock lock = new ReentrantLock();
    private final byte[] block = new byte[16 * 1024];
    private ByteBuffer read = ByteBuffer.allocate(0);
    private int events = EventMask.READ;
    private Status status = Status.ACTIVE;
    private Voice voice = Voice.HEARD;

    /** Whether the peer still takes what is written. */
    private enum Voice {
        HEARD, MUTE
    }

    Http2Session(HttpWire wire) throws IOException {
        this.wire = wire;
        this.in = wire.getInputStream();
    }

    /** Whether the engine has something to write. */
    boolean wantsToWrite() {
        return (events & EventMask.WRITE) != 0;
    }

    /** Whether bytes have come. */
    boolean hasInput() throws IOException {
        return in.available() > 0;
    }

    /** Waits for bytes, as long as a read may take; false at the end of the stream. */
    boolean await() throws IOException {
        int count = in.read(block);
        read = ByteBuffer.wrap(block, 0, Math.max(count, 0));
        return count >= 0;
    }

    /** From here on nobody waits for bytes any longer than this. */
    void hurry(Duration wait) throws IOException {
        wire.setSoTimeout((int) wait.toMillis());
    }

    @Override
    public int read(ByteBuffer target) {
        int count = Math.min(target.remaining(), read.remaining());
        target.put(read.slice().limit(count));
        read.position(read.position() + count);
        return count;
    }

    /** From here on what is written goes nowhere: the peer takes nothing any more. */
    void mute() {
        voice = Voice.MUTE;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        if (voice == Voice.MUTE) {
            return bytes.length;
        }
        wire.getOutputStream().write(bytes, 0, bytes.length);
        wire.getOutputStream().flush();
        return bytes.length;
    }

    @Override
    public void enqueue(Command command, Command.Priority priority) {
        commands.add(command);
        setEvent(EventMask.WRITE);
    }

    @Override
    public boolean hasCommands() {
        return !commands.isEmpty();
    }

    @Override
    public @Nullable Command poll() {
        return commands.poll();
    }

    @Override
    public int getEventMask() {
        return events;
    }

    @Override
    public void setEventMask(int mask) {
        events = mask;
    }

    @Override
    public void setEvent(int event) {
        events |= event;
    }

    @Override
    public void clearEvent(int event) {
        events &= ~event;
    }

    @Override
    public Status getStatus() {
        return status;
    }

    @Override
    public boolean isOpen() {
        return status == Status.ACTIVE;
    }

    /** The call closes the connection; the engine's wish to is noted. */
    @Override
    public void close() {
        status = Status.CLOSED;
    }

    @Override
    public void close(CloseMode mode) {
        close();
    }

    @Override
    public ByteChannel channel() {
        return this;
    }

    @Override
    public Lock getLock() {
        return lock;
    }

    @Override
    public String getId() {
        return "probe";
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return wire.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return wire.getLocalSocketAddress();
    }

    /** Limits are kept by whoever reads and writes. */
    @Override
    public Timeout getSocketTimeout() {
        return Timeout.DISABLED;
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        // See getSocketTimeout.
    }

    @Override
    public @Nullable IOEventHandler getHandler() {
        return null;
    }

    @Override
    public void upgrade(IOEventHandler handler) {
        throw new UnsupportedOperationException("a connection keeps its protocol");
    }

    @Override
    public @Nullable NamedEndpoint getInitialEndpoint() {
        return null;
    }

    @Override
    public @Nullable TlsDetails getTlsDetails() {
        return null;
    }

    @Override
    public void startTls(SSLContext context, NamedEndpoint endpoint, SSLBufferMode mode,
            SSLSessionInitializer initializer, SSLSessionVerifier verifier, Timeout timeout) {
        throw new UnsupportedOperationException("TLS is made while connecting");
    }

    @Override
    public long getLastReadTime() {
        return 0;
    }

    @Override
    public long getLastWriteTime() {
        return 0;
    }

    @Override
    public long getLastEventTime() {
        return 0;
    }

    @Override
    public void updateReadTime() {
        // Nobody asks.
    }

    @Override
    public void updateWriteTime() {
        // Nobody asks.
    }
}
