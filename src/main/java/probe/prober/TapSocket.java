package probe.prober;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A socket that counts what passes; TLS layered over it is counted as records. */
final class TapSocket extends Socket {
    private final Tap tap;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;

    TapSocket(Ticker ticker) {
        this.tap = new Tap(ticker);
    }

    Tap tap() {
        return tap;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        super.connect(endpoint, timeout);
        tap.connected();
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (input == null) {
            input = new Input(super.getInputStream(), tap);
        }
        return input;
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = new Output(super.getOutputStream(), tap);
        }
        return output;
    }

    private static final class Input extends FilterInputStream {
        private final Tap tap;

        Input(InputStream in, Tap tap) {
            super(in);
            this.tap = tap;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count;
            try {
                count = in.read(bytes, offset, length);
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

        Output(OutputStream out, Tap tap) {
            super(out);
            this.tap = tap;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; done += CHUNK) {
                int count = Math.min(CHUNK, length - done);
                try {
                    out.write(bytes, offset + done, count);
                } catch (IOException e) {
                    if (Errno.of(e) == Errno.ECONNRESET) {
                        tap.reset();
                    }
                    throw e;
                }
                tap.wrote(count);
            }
        }
    }
}
