package probe.prober;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream that may keep its reader waiting for ever, such as standard input or a pipe, read on a
 * thread of its own that is left behind when the deadline comes first: a blocked read of either
 * cannot be ended from outside.
 */
final class PatientInput extends InputStream {
    private static final int BLOCK = 8 * 1024;
    private static final int BLOCKS_AHEAD = 8;

    /** Opens the stream; opening a pipe blocks too, until somebody writes to it. */
    interface Source {
        InputStream open() throws IOException;
    }

    /** The deadline came before the next bytes. */
    static final class Late extends InterruptedIOException {
        private static final long serialVersionUID = 1L;

        Late() {
            super("the deadline came before the next bytes to send");
        }
    }

    /** What the reading thread hands over. */
    private sealed interface Piece {
        record Bytes(ByteBuffer bytes) implements Piece {}

        record End() implements Piece {}

        record Failed(IOException cause) implements Piece {}
    }

    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(BLOCKS_AHEAD);
    private final Deadline deadline;
    private ByteBuffer current = ByteBuffer.allocate(0);
    private @Nullable Piece last;

    PatientInput(Source source, Deadline deadline) {
        this.deadline = deadline;
        Thread.ofPlatform().daemon().name("probe-body").start(() -> pump(source));
    }

    private void pump(Source source) {
        try {
            try {
                // Standard input is nobody's to close; a pipe is closed with the process.
                InputStream in = source.open();
                byte[] block = new byte[BLOCK];
                for (int count = in.read(block); count >= 0; count = in.read(block)) {
                    pieces.put(new Piece.Bytes(ByteBuffer.wrap(Arrays.copyOf(block, count))));
                }
                pieces.put(new Piece.End());
            } catch (IOException e) {
                pieces.put(new Piece.Failed(e));
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!current.hasRemaining()) {
            Piece next = last == null ? next() : last;
            switch (next) {
                case Piece.Bytes(ByteBuffer read) -> current = read;
                case Piece.End end -> {
                    last = end;
                    return -1;
                }
                case Piece.Failed failed -> {
                    last = failed;
                    throw failed.cause();
                }
            }
        }
        int count = Math.min(length, current.remaining());
        current.get(bytes, offset, count);
        return count;
    }

    private Piece next() throws IOException {
        try {
            Piece piece = pieces.poll(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (piece == null) {
                throw new Late();
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
