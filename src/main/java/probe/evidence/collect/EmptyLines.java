package probe.evidence.collect;

import java.nio.charset.StandardCharsets;

/** Bytes that stand for a request and mean nothing: servers ignore empty lines before one (RFC 9112 §2.2). */
final class EmptyLines {
    /** One segment on the narrowest link that IPv6 allows (RFC 8200 §5). */
    private static final int MOST_BYTES = 1_200;

    private EmptyLines() {}

    /** As many bytes as a request had, rounded up to whole lines, as far as one segment holds them. */
    static byte[] of(long bytes) {
        return "\r\n".repeat((int) (Math.min(bytes, MOST_BYTES) + 1) / 2)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
