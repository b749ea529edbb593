package probe.prober;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads a response's head and takes nothing else for one. HttpClient's own parser skips lines that are no status line,
 * takes a header block that the end of the stream cut off for a whole one, and lets negative numbers through.
 */
final class HttpHeadParser extends DefaultHttpResponseParser {
    /** A head longer than this is refused; curl stops at 300 KiB. */
    private static final int MAX_HEAD = 256 * 1024;

    HttpHeadParser(Http1Config config) {
        super(config, BasicLineParser.INSTANCE, null);
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
            throws IOException, HttpException {
        try {
            return super.parse(new Watched(buffer), in);
        } catch (IllegalArgumentException negative) {
            // A version or status of "-1" or "0" gets past its line parser and fails in the object made of it.
            throw new ProtocolException("no status line: " + negative.getMessage());
        }
    }

    /** The stream ended after the first line of a head and before its empty line. */
    static final class CutOff extends IOException {
        private static final long serialVersionUID = 1L;

        CutOff() {
            super("the stream ended inside the header block");
        }
    }

    /** A buffer that says when a head was cut off, and that ends one that never ends. */
    private static final class Watched implements SessionInputBuffer {
        private final SessionInputBuffer buffer;
        private long characters;

        Watched(SessionInputBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int readLine(CharArrayBuffer line, InputStream in) throws IOException {
            int length = buffer.readLine(line, in);
            if (length < 0 && characters > 0) {
                throw new CutOff();
            }
            characters += Math.max(length, 0);
            if (characters > MAX_HEAD) {
                throw new MessageConstraintException("head of more than " + MAX_HEAD + " bytes");
            }
            return length;
        }

        @Override
        public int length() {
            return buffer.length();
        }

        @Override
        public int capacity() {
            return buffer.capacity();
        }

        @Override
        public int available() {
            return buffer.available();
        }

        @Override
        public int read(byte[] bytes, int offset, int length, InputStream in) throws IOException {
            return buffer.read(bytes, offset, length, in);
        }

        @Override
        public int read(byte[] bytes, InputStream in) throws IOException {
            return buffer.read(bytes, in);
        }

        @Override
        public int read(InputStream in) throws IOException {
            return buffer.read(in);
        }

        @Override
        public HttpTransportMetrics getMetrics() {
            return buffer.getMetrics();
        }
    }
}
