package probe.prober;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;
import probe.profile.Body;

/** What a request carries: streamed once, and it knows whether all of it was written. */
final class HttpBody extends AbstractHttpEntity {
    private static final int BLOCK = 8 * 1024;

    /** Reading what was to be sent failed: a fault of this side that must not look like the peer's. */
    static final class SourceFailed extends IOException {
        private static final long serialVersionUID = 1L;

        SourceFailed(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Opens what is to be sent. */
    private interface Source {
        InputStream open() throws IOException;
    }

    private final Source source;
    private final long length;
    private volatile boolean written;
    private Runnable whenBroken = () -> {};

    private HttpBody(Source source, long length) {
        super((String) null, null, length < 0);
        this.source = source;
        this.length = length;
    }

    /** The body of a request, or null where it has none. */
    static @Nullable HttpBody of(Body body, @Nullable InputStream input, Deadline deadline) {
        return switch (body) {
            case Body.None() -> null;
            case Body.Text(String text) -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                yield new HttpBody(() -> new ByteArrayInputStream(bytes), bytes.length);
            }
            case Body.File(Path path) -> ofFile(path, deadline);
            case Body.StandardInput() -> new HttpBody(
                    () -> new PatientInput(() -> given(input), deadline),
                    -1);
        };
    }

    private static InputStream given(@Nullable InputStream input) throws IOException {
        if (input == null) {
            throw new IOException("no standard input was given");
        }
        return input;
    }

    /** A regular file has a length; a pipe has none, and may keep its reader waiting for ever. */
    private static HttpBody ofFile(Path path, Deadline deadline) {
        if (!Files.isRegularFile(path)) {
            return new HttpBody(
                    () -> new PatientInput(() -> Files.newInputStream(path), deadline), -1);
        }
        long size;
        try {
            size = Files.size(path);
        } catch (IOException gone) {
            size = 0; // opening it says why
        }
        return new HttpBody(() -> Files.newInputStream(path), size);
    }

    /** Whether every byte was written. */
    boolean isWritten() {
        return written;
    }

    /**
     * Says what to do as soon as writing breaks off. HttpClient closes its stream then, which ends a
     * body of chunks in good order: the peer would take the part for the whole.
     */
    void whenBroken(Runnable action) {
        whenBroken = action;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = open()) {
            copy(in, out);
            written = true;
        } finally {
            if (!written) {
                whenBroken.run();
            }
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK];
        long total = 0;
        for (int count = read(in, block); count >= 0; count = read(in, block)) {
            out.write(block, 0, count);
            total += count;
        }
        if (length >= 0 && total < length) {
            throw new SourceFailed(new EOFException(
                    "the file has become shorter by " + (length - total) + " bytes"));
        }
    }

    private InputStream open() throws SourceFailed {
        try {
            return source.open();
        } catch (IOException e) {
            throw new SourceFailed(e);
        }
    }

    /** The next bytes of a body, or -1; a failure to read is this side's. */
    static int read(InputStream in, byte[] block) throws SourceFailed {
        try {
            return in.read(block);
        } catch (IOException e) {
            throw new SourceFailed(e);
        }
    }

    @Override
    public InputStream getContent() throws IOException {
        return open();
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public void close() {
        // Everything is opened and closed while it is written.
    }
}
