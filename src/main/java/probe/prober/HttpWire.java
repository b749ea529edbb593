package probe.prober;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;

/**
 * The connection as HttpClient gets it: open, tunnelled and secured. It counts the bytes of HTTP, where the socket below
 * counts those of the wire, watches every write, and can look for an answer without taking it away.
 *
 * <p>HttpClient closes in haste by setting SO_LINGER to 0, which is a reset; here that is refused, as an attempt is no
 * reason to reset anybody's connection.
 */
final class HttpWire extends Socket {
    /** Whoever speaks over the connection at present. */
    interface Borrower {
        /** A part of the request is about to be written; unless it is taken in time, the connection ends. */
        Watchdog.Guard guardWrite();

        /** Whether closing has to be abrupt, because the talk broke off. */
        boolean isUnfinished();
    }

    private final TapSocket raw;
    private final Socket channel;
    private final HttpWireInput in;
    private final HttpWireOutput out;
    private final byte[] head = new byte[Excerpt.LIMIT];
    private int headLength;
    private boolean begun;
    private long received;
    private int uses;
    private boolean ended;
    private @Nullable Borrower call;

    /**
     * A connection that is ready for HTTP.
     *
     * @param raw the socket
     * @param channel the TLS layer over it, or the socket itself
     */
    HttpWire(TapSocket raw, Socket channel) throws IOException {
        this.raw = raw;
        this.channel = channel;
        this.in = new HttpWireInput(this, channel.getInputStream());
        this.out = new HttpWireOutput(this, channel.getOutputStream());
    }

    TapSocket raw() {
        return raw;
    }

    /** The next request begins; everything is counted from here. */
    synchronized void lendTo(Borrower borrower) {
        if (uses > 0) {
            raw.tap().nextUse();
        }
        uses++;
        call = borrower;
        begun = false;
        received = 0;
        headLength = 0;
    }

    /** Whoever has it at present, or null before the first. */
    synchronized @Nullable Borrower borrower() {
        return call;
    }

    /** How many requests came before the present one. */
    synchronized int earlierUses() {
        return Math.max(0, uses - 1);
    }

    /** Whether a byte of the present request may have been handed to the kernel. */
    synchronized boolean begun() {
        return begun;
    }

    /** Bytes of HTTP read for the present request. */
    synchronized long received() {
        return received;
    }

    /** Whether the end of the stream has been read. */
    synchronized boolean ended() {
        return ended;
    }

    /** The first bytes read for the present request. */
    synchronized Excerpt excerpt() {
        return Excerpt.of(head, headLength, received);
    }

    /** Whether what was read so far holds a line feed, so that a first line was whole. */
    synchronized boolean hasLine() {
        for (int i = 0; i < headLength; i++) {
            if (head[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /**
     * Looks for bytes, end of stream or reset without taking anything away; the last two are then
     * known to {@link #ended} and to the tap.
     *
     * @param millis how long to look, at least 1
     * @return whether there are bytes to read
     */
    boolean look(int millis) throws IOException {
        if (!isSecured()) {
            return raw.peek(1, millis).length > 0;
        }
        if (!in.hasPeeked() && raw.peek(1, millis).length == 0) {
            return false;
        }
        int before = channel.getSoTimeout();
        channel.setSoTimeout(millis);
        try {
            return in.peek();
        } catch (SocketTimeoutException recordsWithoutBytes) {
            return false;
        } finally {
            if (!channel.isClosed()) {
                channel.setSoTimeout(before);
            }
        }
    }

    /**
     * What may be said once a whole request has been written and its answer is given up. Behind a request with a body
     * nothing is said in the clear: the server may still be reading it.
     */
    LastWords lastWords(boolean hasBody) {
        return channel instanceof SSLSocket tls ? raw.lastWords(tls)
                : hasBody ? LastWords.NONE : LastWords.EMPTY_LINES;
    }

    /** Whether TLS lies between the socket and HTTP. */
    boolean isSecured() {
        return channel != raw;
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        channel.setSoTimeout(timeout);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return channel.getSoTimeout();
    }

    @Override
    public void setSoLinger(boolean on, int linger) {
        // See the class's own words.
    }

    @Override
    public void close() throws IOException {
        // A TLS layer says goodbye, which would block where the peer has stopped reading.
        if (call != null && call.isUnfinished()) {
            raw.close();
        }
        channel.close();
    }

    @Override
    public boolean isClosed() {
        return raw.isClosed();
    }

    @Override
    public boolean isConnected() {
        return raw.isConnected();
    }

    @Override
    public InetAddress getInetAddress() {
        return raw.getInetAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return raw.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return raw.getLocalSocketAddress();
    }

    @Override
    public void shutdownInput() throws IOException {
        raw.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** From here on nothing is written any more. */
    void refuseWrites() {
        out.refuse();
    }

    /** Bytes of HTTP have come. */
    synchronized void read(byte[] bytes, int offset, int count) {
        int kept = Math.min(count, head.length - headLength);
        System.arraycopy(bytes, offset, head, headLength, kept);
        headLength += kept;
        received += count;
    }

    /** A byte may have been handed to the kernel. */
    synchronized void mayHaveWritten() {
        begun = true;
    }

    /** Also TLS's own end of stream, close_notify (RFC 8446 §6.1). */
    synchronized void sawEnd() {
        ended = true;
        if (!begun) {
            // JSSE has answered with a close_notify of its own, which is no request.
            raw.tap().ready();
        }
        raw.tap().endOfStream();
    }
}
