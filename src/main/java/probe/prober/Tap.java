package probe.prober;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;
import probe.attempt.PeerState;

/** What passed over one socket, counted where the application meets the kernel. */
final class Tap {
    private final Ticker ticker;
    private final byte[] head = new byte[Excerpt.LIMIT];
    private long sent;
    private long sentBeforeRequest;
    private long sentInEarlierUses;
    private @Nullable Duration held;
    private long received;
    private long receivedAtMark;
    private int headLength;
    private long lastMove;
    private @Nullable Duration longestWait;
    private boolean connected;
    private PeerState peer = PeerState.NONE;
    private @Nullable Reader reader;

    /** Told of every byte received, as it is received. */
    @FunctionalInterface
    interface Reader {
        /** {@code count} bytes came. */
        void read(byte[] bytes, int offset, int count);
    }

    Tap(Ticker ticker) {
        this.ticker = ticker;
    }

    synchronized void connected() {
        connected = true;
        peer = PeerState.OPEN;
        lastMove = ticker.nanos();
    }

    synchronized void wrote(int count) {
        sent += count;
        lastMove = ticker.nanos();
    }

    synchronized void read(byte[] bytes, int offset, int count) {
        int kept = Math.min(count, head.length - headLength);
        System.arraycopy(bytes, offset, head, headLength, kept);
        headLength += kept;
        received += count;
        long now = ticker.nanos();
        if (longestWait == null || now - lastMove > longestWait.toNanos()) {
            longestWait = Duration.ofNanos(now - lastMove);
        }
        lastMove = now;
        if (reader != null) {
            reader.read(bytes, offset, count);
        }
    }

    /** From here on, this one and no other is told what comes; null for nobody. */
    synchronized void follow(@Nullable Reader next) {
        reader = next;
    }

    synchronized void endOfStream() {
        if (peer == PeerState.OPEN) {
            peer = sent == sentBeforeRequest ? PeerState.CLOSED_BEFORE_REQUEST : PeerState.CLOSED;
        }
    }

    synchronized void reset() {
        if (peer == PeerState.OPEN || peer == PeerState.CLOSED) {
            peer = sent == sentBeforeRequest ? PeerState.RESET_BEFORE_REQUEST : PeerState.RESET;
        }
    }

    /** The connection stands and a request may begin: what was sent so far was not part of one. */
    synchronized void ready() {
        sentBeforeRequest = sent;
        answering();
    }

    /** A pooled connection is used again: counts anew, and keeps what the peer has done to it. */
    synchronized void nextUse() {
        held = Duration.ofNanos(ticker.nanos() - lastMove);
        sentInEarlierUses += sent;
        sent = 0;
        sentBeforeRequest = 0;
        received = 0;
        answering();
        mark();
    }

    /** From here on {@link #excerpt} shows what comes next. */
    synchronized void mark() {
        receivedAtMark = received;
        headLength = 0;
    }

    /** What comes from here on is an answer: its waits count anew. */
    synchronized void answering() {
        longestWait = null;
    }

    /** The longest wait for a byte that then came, since the last {@link #answering}; null where none came. */
    synchronized @Nullable Duration longestWait() {
        return longestWait;
    }

    synchronized long sent() {
        return sent;
    }

    /** Bytes of earlier uses: what the kernel counts for the connection, it counts with these. */
    synchronized long sentInEarlierUses() {
        return sentInEarlierUses;
    }

    /** For how long the connection had been silent when this use of it began; null for its first. */
    synchronized @Nullable Duration held() {
        return held;
    }

    synchronized long received() {
        return received;
    }

    /** The first bytes received since the last mark. */
    synchronized Excerpt excerpt() {
        return Excerpt.of(head, headLength, received - receivedAtMark);
    }

    synchronized PeerState peer() {
        return peer;
    }

    /** How long no byte has moved either way; null before the handshake was done. */
    synchronized @Nullable Duration idle() {
        return connected ? Duration.ofNanos(ticker.nanos() - lastMove) : null;
    }
}
