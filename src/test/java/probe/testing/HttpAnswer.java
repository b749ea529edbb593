package probe.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * A well-formed HTTP/1.1 answer under construction (RFC 9112); immutable, each call gives a new one. For malformed
 * ones see {@link HttpAnswers}.
 *
 * @param statusLine the first line, without its line end
 * @param headers complete header lines, each with its line end
 * @param body as it goes over the wire, already chunked or compressed
 * @param afterwards what becomes of the connection
 */
public record HttpAnswer(String statusLine, String headers, Payload body,
        Reply.Afterwards afterwards) {
    /** An answer without headers and body; a method that sets a body also sets the headers that frame it. */
    public static HttpAnswer status(int code) {
        return new HttpAnswer("HTTP/1.1 " + code + " Status", "", Payload.EMPTY,
                Reply.Afterwards.KEEP_OPEN);
    }

    public HttpAnswer header(String name, String value) {
        return new HttpAnswer(statusLine, headers + name + ": " + value + "\r\n", body, afterwards);
    }

    /** Framed by Content-Length (RFC 9112 §6.2). */
    public HttpAnswer body(String text) {
        return body(Payload.utf8(text));
    }

    /** Framed by Content-Length (RFC 9112 §6.2). */
    public HttpAnswer body(Payload bytes) {
        return header("Content-Length", String.valueOf(bytes.length())).rawBody(bytes);
    }

    /** Framed by chunks (RFC 9112 §7.1), one for each part, closed by the last chunk. */
    public HttpAnswer chunked(String... parts) {
        StringBuilder chunks = new StringBuilder();
        for (String part : parts) {
            chunks.append(chunk(part));
        }
        return header("Transfer-Encoding", "chunked").rawBody(Payload.latin1(chunks + "0\r\n\r\n"));
    }

    /** Framed by the end of the connection (RFC 9112 §6.3, last case). */
    public HttpAnswer closeDelimited(String text) {
        return header("Connection", "close").rawBody(Payload.utf8(text))
                .then(Reply.Afterwards.CLOSE);
    }

    /** Compressed, framed by Content-Length. */
    public HttpAnswer gzip(Payload plain) {
        return header("Content-Encoding", "gzip").body(compress(plain, 1));
    }

    /** The body as it is, without any header that frames it. */
    public HttpAnswer rawBody(Payload bytes) {
        return new HttpAnswer(statusLine, headers, bytes, afterwards);
    }

    public HttpAnswer then(Reply.Afterwards next) {
        return new HttpAnswer(statusLine, headers, body, next);
    }

    public Reply reply() {
        return Reply.of(Payload.latin1(statusLine + "\r\n" + headers + "\r\n"), body)
                .then(afterwards);
    }

    static String chunk(String part) {
        return Integer.toHexString(part.length()) + "\r\n" + part + "\r\n";
    }

    /** {@code plain}, {@code times} times over, in one gzip member. */
    static Payload compress(Payload plain, long times) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            byte[] bytes = plain.bytes();
            for (long i = 0; i < times; i++) {
                gzip.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return Payload.of(compressed.toByteArray());
    }
}
