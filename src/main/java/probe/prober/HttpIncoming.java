package probe.prober;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An answer's body that records why reading it failed, before HttpClient closes the socket over it. */
final class HttpIncoming extends HttpEntityWrapper {
    private final HttpCall call;

    HttpIncoming(HttpEntity entity, HttpCall call) {
        super(entity);
        this.call = call;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new FilterInputStream(super.getContent()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    int count = super.read(bytes, offset, length);
                    if (count < 0) {
                        call.bodyEnded();
                    }
                    return count;
                } catch (IOException | RuntimeException e) {
                    call.failed(e);
                    throw e;
                }
            }
        };
    }

    /** HttpClient would read the body to its end, however long, to keep the connection. */
    @Override
    public void close() {
        // What was not read is given up with the connection.
    }
}
