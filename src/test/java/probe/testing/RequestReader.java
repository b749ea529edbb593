package probe.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads one request, piece by piece and never a byte more than it has to, so that what was not asked for stays unread
 * in the kernel. Each step does what the steps before it left undone.
 */
final class RequestReader {
    /** More than any test sends as a head; a longer one is a defect of the test. */
    private static final int MAX_HEAD = 1 << 20;

    private static final int BLOCK = 8192;
    private static final int CRLF_CRLF = 0x0d0a0d0a;

    private final Wire wire;
    private final RequestFraming framing;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private int lastFour;
    private long bodyBytes;

    RequestReader(Wire wire, RequestFraming framing) {
        this.wire = wire;
        this.framing = framing;
    }

    void readFirstByte() throws IOException {
        if (head.size() == 0) {
            next();
        }
    }

    void readHead() throws IOException {
        while (!headIsComplete()) {
            next();
        }
    }

    void readBody() throws IOException {
        readHead();
        if (framing instanceof RequestFraming.Http) {
            if (header("transfer-encoding").filter(value -> value.contains("chunked"))
                    .isPresent()) {
                readChunks();
            } else {
                skip(header("content-length").map(Long::parseLong).orElse(0L));
            }
        }
    }

    /** Whether the client waits for a 100 (Continue) before it sends the body (RFC 9110 §10.1.1). */
    boolean expectsContinue() {
        return framing instanceof RequestFraming.Http && header("expect").isPresent();
    }

    ConnectionLog.Request request() {
        return new ConnectionLog.Request(headText(), bodyBytes);
    }

    private void next() throws IOException {
        if (head.size() == MAX_HEAD) {
            throw new IllegalStateException("request head of more than " + MAX_HEAD + " bytes");
        }
        int read = wire.read();
        head.write(read);
        lastFour = lastFour << 8 | read;
    }

    private boolean headIsComplete() {
        return switch (framing) {
            case RequestFraming.Http() -> lastFour == CRLF_CRLF;
            case RequestFraming.Line() -> (lastFour & 0xff) == '\n';
            case RequestFraming.Bytes(int count) -> head.size() >= count;
        };
    }

    private String headText() {
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private Optional<String> header(String name) {
        return headText()
                .lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private void readChunks() throws IOException {
        long size = Long.parseLong(readLine(), 16);
        while (size > 0) {
            skip(size);
            readLine();
            size = Long.parseLong(readLine(), 16);
        }
        readLine();
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = wire.read(); next != '\n'; next = wire.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private void skip(long count) throws IOException {
        byte[] block = new byte[BLOCK];
        long left = count;
        while (left > 0) {
            int read = wire.read(block, (int) Math.min(left, BLOCK));
            bodyBytes += read;
            left -= read;
        }
    }
}
