package probe.prober;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A socket that counts what passes; TLS layered over it is counted as records. */
final class TapSocket extends Socket {
    private final Tap tap;
    private @Nullable Input input;
    private @Nullable Output output;
    private volatile boolean held;
    private volatile boolean ending;
    private volatile @Nullable IntFunction<Watchdog.Guard> reads;

    TapSocket(Ticker ticker) {
        // Which proxy is asked is the settings' business; a plain socket looks for one among Java's properties each time.
        super(Proxy.NO_PROXY);
        this.tap = new Tap(ticker);
    }

    /**
     * Has every read watched that a limit is set for; looking ahead is none.
     *
     * @param guards begins to watch, by the limit in milliseconds
     */
    void watchReads(IntFunction<Watchdog.Guard> guards) {
        reads = guards;
    }

    private Watchdog.@Nullable Guard watchRead() throws IOException {
        IntFunction<Watchdog.Guard> guards = reads;
        if (guards == null) {
            return null;
        }
        int limit = getSoTimeout();
        return limit == 0 ? null : guards.apply(limit);
    }

    Tap tap() {
        return tap;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        super.connect(endpoint, timeout);
        tap.connected();
    }

    /**
     * Begins a handshake of a layer above: {@link #close} does nothing, so that it cannot close what has yet to be
     * looked at, and what it writes is sent when it wants to read. Sent in pieces, a flight that the peer refuses at
     * its first piece would meet a closed connection with its second, and the peer's reason would be lost.
     */
    void hold() throws IOException {
        held = true;
        output().collect();
    }

    /** What was written goes out at once. */
    void send() throws IOException {
        output().sendCollected();
    }

    /** Ends it: what is left to write goes out, and closing closes again. */
    void release() throws IOException {
        held = false;
        output().collectNoMore();
    }

    /**
     * The record with which a TLS layer over this socket says that it ends, close_notify (RFC 8446 §6.1), which is made
     * when it is asked for, and not sent; the layer can write no more then.
     */
    LastWords lastWords(SSLSocket layer) {
        return () -> {
            try {
                byte[] farewell = farewell(layer);
                return inParts(farewell);
            } catch (IOException brokenLayer) {
                return List.of();
            }
        };
    }

    /** As its acknowledgement can be drowned by those of others, the record is sent in three parts. */
    private static List<byte[]> inParts(byte[] record) {
        List<byte[]> parts = new ArrayList<>();
        int size = (record.length + 2) / 3;
        for (int from = 0; from < record.length; from += size) {
            parts.add(Arrays.copyOfRange(record, from, Math.min(record.length, from + size)));
        }
        return parts;
    }

    private byte[] farewell(SSLSocket layer) throws IOException {
        ending = true;
        output().collect();
        try {
            layer.shutdownOutput();
        } finally {
            ending = false;
        }
        return output().takeCollected();
    }

    /** Not for a layer that only says what it would say. */
    @Override
    public void shutdownOutput() throws IOException {
        if (!ending) {
            super.shutdownOutput();
        }
    }

    /** Closes also while held; what was not sent is dropped. */
    void abandon() throws IOException {
        super.close();
    }

    @Override
    public void close() throws IOException {
        if (!held) {
            super.close();
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return input();
    }

    private synchronized Input input() throws IOException {
        if (input == null) {
            input = new Input(super.getInputStream(), this, output());
        }
        return input;
    }

    /**
     * What has come and nobody has taken, and leaves it there. Returns when there are {@code wanted} bytes, when the
     * peer has ended the connection (which {@link Tap#peer} then says), or when the time is over.
     *
     * @param millis how long to wait at most; at least 1
     */
    byte[] peek(int wanted, int millis) throws IOException {
        int before = getSoTimeout();
        long end = System.nanoTime() + millis * 1_000_000L;
        try {
            long left = millis;
            while (left > 0 && input().ahead.length < wanted) {
                setSoTimeout((int) left);
                if (!input().fill(wanted)) {
                    break;
                }
                left = (end - System.nanoTime()) / 1_000_000L;
            }
        } finally {
            setSoTimeout(before);
        }
        return input().ahead.clone();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return output();
    }

    private synchronized Output output() throws IOException {
        if (output == null) {
            output = new Output(super.getOutputStream(), tap);
        }
        return output;
    }

    private static final class Input extends FilterInputStream {
        private final TapSocket socket;
        private final Tap tap;
        private final Output output;
        private byte[] ahead = new byte[0];

        Input(InputStream in, TapSocket socket, Output output) {
            super(in);
            this.socket = socket;
            this.tap = socket.tap;
            this.output = output;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        /** Whether one more read towards {@code wanted} bytes brought anything. */
        boolean fill(int wanted) {
            byte[] more = new byte[wanted - ahead.length];
            try {
                int count = readBelow(more, 0, more.length);
                if (count > 0) {
                    byte[] both = Arrays.copyOf(ahead, ahead.length + count);
                    System.arraycopy(more, 0, both, ahead.length, count);
                    ahead = both;
                }
                return count > 0;
            } catch (IOException silenceOrReset) {
                // Whoever reads next meets the reset again; the tap has seen it.
                return false;
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (ahead.length == 0 || length == 0) {
                try (Watchdog.Guard _ = socket.watchRead()) {
                    return readBelow(bytes, offset, length);
                }
            }
            int count = Math.min(length, ahead.length);
            System.arraycopy(ahead, 0, bytes, offset, count);
            ahead = Arrays.copyOfRange(ahead, count, ahead.length);
            return count;
        }

        /** By reading: JSSE skips what is left when it gives up, and that is just what has to be seen. */
        @Override
        public long skip(long count) throws IOException {
            byte[] skipped = new byte[Math.clamp(count, 0, 8192)];
            return Math.max(0, read(skipped, 0, skipped.length));
        }

        @Override
        public int available() throws IOException {
            return ahead.length + super.available();
        }

        private int readBelow(byte[] bytes, int offset, int length) throws IOException {
            output.sendCollected();
            int count;
            try {
                count = in.read(bytes, offset, length);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                if (Errno.of(e) == Errno.ECONNRESET) {
                    tap.reset();
                }
                throw e;
            }
            if (count < 0) {
                tap.endOfStream();
            } else {
                tap.read(bytes, offset, count);
            }
            return count;
        }
    }

    private static final class Output extends FilterOutputStream {
        /** Small enough that a write that blocks has told nearly all that the kernel took. */
        private static final int CHUNK = 16 * 1024;
        private final Tap tap;
        private @Nullable ByteArrayOutputStream collected;

        Output(OutputStream out, Tap tap) {
            super(out);
            this.tap = tap;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        /** From here on writes wait for {@link #sendCollected}. */
        void collect() {
            collected = new ByteArrayOutputStream();
        }

        /** Sends what waits, if there is anything. */
        void sendCollected() throws IOException {
            if (collected != null && collected.size() > 0) {
                byte[] bytes = collected.toByteArray();
                collected.reset();
                send(bytes, 0, bytes.length);
            }
        }

        /** Sends what waits; from here on nothing does. */
        void collectNoMore() throws IOException {
            try {
                sendCollected();
            } finally {
                collected = null;
            }
        }

        /** What waits, which then is not sent; from here on nothing waits. */
        byte[] takeCollected() {
            byte[] bytes = collected == null ? new byte[0] : collected.toByteArray();
            collected = null;
            return bytes;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteArrayOutputStream waiting = collected;
            if (waiting != null) {
                waiting.write(bytes, offset, length);
            } else {
                send(bytes, offset, length);
            }
        }

        private void send(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; done += CHUNK) {
                int count = Math.min(CHUNK, length - done);
                try {
                    out.write(bytes, offset + done, count);
                } catch (IOException e) {
                    Errno errno = Errno.of(e);
                    if (errno == Errno.ECONNRESET) {
                        tap.reset();
                    } else if (errno == Errno.EPIPE) {
                        // What a reset gives where the peer's FIN had come before (tcp_reset in
                        // net/ipv4/tcp_input.c).
                        tap.endOfStream();
                    }
                    throw e;
                }
                tap.wrote(count);
            }
        }
    }
}
