package probe.testing;

import probe.testing.Reply.Afterwards;

/** The answers that tests ask for again and again: first the proper ones, then the broken ones. */
public final class HttpAnswers {
    private static final int KIBI = 1024;

    private HttpAnswers() {}

    /** 200 with Content-Length; the connection stays open. */
    public static Reply ok(String body) {
        return HttpAnswer.status(200).body(body).reply();
    }

    /** Any status with a short body that names it. */
    public static Reply status(int code) {
        return HttpAnswer.status(code).body("status " + code + "\n").reply();
    }

    public static Reply redirect(int code, String location) {
        return HttpAnswer.status(code).header("Location", location).body("").reply();
    }

    /**
     * A refusal that says when to come back (RFC 9110 §10.2.3).
     *
     * @param value seconds or an HTTP date, or anything else for a broken one
     */
    public static Reply retryAfter(int code, String value) {
        return HttpAnswer.status(code).header("Retry-After", value).body("later\n").reply();
    }

    /** Says keep-alive and closes all the same, so that a pooled connection is stale when used again. */
    public static Reply keepAliveThenClose(String body) {
        return HttpAnswer.status(200)
                .header("Connection", "keep-alive")
                .body(body)
                .then(Afterwards.CLOSE)
                .reply();
    }

    /** 413 for {@link Moment#AFTER_REQUEST_HEAD}: closes at once, while the client may still be sending. */
    public static Reply contentTooLarge(Afterwards afterwards) {
        return HttpAnswer.status(413)
                .header("Connection", "close")
                .body("too large\n")
                .then(afterwards)
                .reply();
    }

    /** A status line and one whole header line, then FIN: the empty line never comes. */
    public static Reply headCutByFin() {
        return brokenHead("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Le");
    }

    /** {@code HTTP/1.}, then FIN. */
    public static Reply halfStatusLine() {
        return brokenHead("HTTP/1.");
    }

    /** A complete header block under any status line: {@code HTTP/1.1 abc}, {@code HTTP/3.0 200 OK}. */
    public static Reply statusLine(String line) {
        return new HttpAnswer(line, "", Payload.EMPTY, Afterwards.CLOSE).body("body\n").reply();
    }

    /** A header line that is none, because it has no colon (RFC 9112 §5). */
    public static Reply badHeaderLine() {
        return brokenHead("HTTP/1.1 200 OK\r\nthis is no header\r\nContent-Length: 0\r\n\r\n");
    }

    /** The body alone, as HTTP/0.9 had it. */
    public static Reply http09(String body) {
        return brokenHead(body);
    }

    /** Claims {@code claimed} bytes, sends those of {@code body} and closes: too few or too many, as the test likes. */
    public static Reply contentLength(String claimed, String body) {
        return HttpAnswer.status(200)
                .header("Content-Length", claimed)
                .rawBody(Payload.utf8(body))
                .then(Afterwards.CLOSE)
                .reply();
    }

    /** The second chunk's size is {@code zz}. */
    public static Reply badChunkHeader() {
        return chunks(HttpAnswer.chunk("first") + "zz\r\nsecond\r\n0\r\n\r\n");
    }

    /** Two chunks and FIN in place of the last one. */
    public static Reply noLastChunk() {
        return chunks(HttpAnswer.chunk("first") + HttpAnswer.chunk("second"));
    }

    /** FIN inside the first chunk, after 3 of its 5 bytes. */
    public static Reply truncatedChunk() {
        return chunks("5\r\nfir");
    }

    /** A proper answer with {@code count} headers of some 30 bytes each. */
    public static Reply headerFlood(int count) {
        HttpAnswer answer = HttpAnswer.status(200);
        String flood = "X-Flood: aaaaaaaaaaaaaaaaaaaa\r\n".repeat(count);
        return new HttpAnswer(answer.statusLine(), flood, Payload.EMPTY, Afterwards.KEEP_OPEN)
                .body("")
                .reply();
    }

    /** Header lines without end, {@code mebibytes} at most, then FIN. */
    public static Reply endlessHeaders(int mebibytes) {
        String line = "X-Endless: " + "a".repeat(KIBI - 13) + "\r\n";
        return brokenHead("HTTP/1.1 200 OK\r\n").repeating(Payload.latin1(line),
                (long) KIBI * mebibytes);
    }

    /** One header line without end, {@code mebibytes} at most, then FIN. */
    public static Reply endlessHeaderLine(int mebibytes) {
        return brokenHead("HTTP/1.1 200 OK\r\nX-Endless: ")
                .repeating(Payload.latin1("a".repeat(KIBI)), (long) KIBI * mebibytes);
    }

    /** A close-delimited body without end, {@code mebibytes} at most, then FIN. */
    public static Reply endlessBody(int mebibytes) {
        return HttpAnswer.status(200)
                .closeDelimited("")
                .reply()
                .repeating(Payload.latin1("b".repeat(KIBI)), (long) KIBI * mebibytes);
    }

    /** A well-formed gzip body of about 1 KiB for each mebibyte of zeros that it unpacks to. */
    public static Reply gzipBomb(int mebibytes) {
        return HttpAnswer.status(200)
                .header("Content-Encoding", "gzip")
                .body(HttpAnswer.compress(Payload.of(new byte[KIBI * KIBI]), mebibytes))
                .reply();
    }

    private static Reply brokenHead(String bytes) {
        return Reply.raw(Payload.latin1(bytes)).then(Afterwards.CLOSE);
    }

    private static Reply chunks(String wire) {
        return HttpAnswer.status(200)
                .header("Transfer-Encoding", "chunked")
                .rawBody(Payload.latin1(wire))
                .then(Afterwards.CLOSE)
                .reply();
    }
}
