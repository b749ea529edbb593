package probe.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Proper answers of each protocol, put together at random from what the protocol allows. */
final class Grammar {
    private static final List<String> STATUS = List.of("200 OK", "204 No Content", "100 Continue",
            "101 Switching Protocols", "103 Early Hints", "206 Partial Content",
            "301 Moved Permanently", "304 Not Modified", "400 Bad Request", "401 Unauthorized",
            "403 Forbidden", "404 Not Found", "407 Proxy Authentication Required",
            "408 Request Timeout", "413 Content Too Large", "429 Too Many Requests",
            "431 Request Header Fields Too Large", "500 Internal Server Error", "502 Bad Gateway",
            "503 Service Unavailable", "504 Gateway Timeout", "599 ", "200");
    private static final List<String> HEADERS = List.of("Content-Type: text/html; charset=utf-8",
            "Date: Thu, 01 Jan 2026 00:00:00 GMT", "Date: Sunday, 06-Nov-94 08:49:37 GMT",
            "Server: nginx/1.27.0", "Retry-After: 120",
            "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT", "Set-Cookie: id=secret; HttpOnly",
            "Location: https://other.test/next", "Via: 1.1 gateway.test (squid/6.1)",
            "Proxy-Status: edge.test; error=connection_timeout; details=\"no answer\"",
            "WWW-Authenticate: Basic realm=\"x\"", "Proxy-Authenticate: Basic realm=\"p\"",
            "Age: 7", "ETag: \"abc\"", "Content-Encoding: gzip", "Connection: close",
            "Connection: keep-alive", "Keep-Alive: timeout=5", "Upgrade: h2c, websocket",
            "Content-Range: bytes 0-4/10", "X-Long: " + "a".repeat(600), "X-Empty:",
            "Cache-Status: edge; fwd=uri-miss", "Server-Timing: db;dur=53", "CF-RAY: 1-FRA");
    private static final List<String> BANNERS = List.of("220 mail.test ESMTP ready\r\n",
            "220-mail.test\r\n220 ready\r\n250 OK\r\n", "SSH-2.0-OpenSSH_9.9\r\n", "+PONG\r\n",
            "-ERR unknown command\r\n", "$5\r\nhello\r\n", "* OK [CAPABILITY IMAP4rev1] ready\r\n",
            "+OK POP3 ready\r\n", "RFB 003.008\n", "AMQP\u0000\u0000\u0009\u0001",
            "J\u0000\u0000\u0000\n8.4.0\u0000\u0008\u0000\u0000\u0000abcdefgh\u0000",
            "N", "S", "PONG\n", "421 too many connections\r\n", "554 go away\r\n", "200 ready\n",
            "\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000", "imok",
            "<html><body>It works!</body></html>\n");
    private static final List<String> SOCKS = List.of("\u0005\u0000", "\u0005\u00ff",
            "\u0005\u0000\u0005\u0000\u0000\u0001\u007f\u0000\u0000\u0001\u0000P",
            "\u0005\u0000\u0005\u0000\u0000\u0003\u0004test\u0000P",
            "\u0005\u0000\u0005\u0005\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000",
            "\u0005\u0000\u0005\u0004\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000",
            "\u0005\u0002\u0001\u0000", "\u0000Z\u0000\u0000\u0000\u0000\u0000\u0000");

    private final RandomGenerator random;

    Grammar(RandomGenerator random) {
        this.random = random;
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String head(String framing) {
        StringBuilder head = new StringBuilder(random.nextInt(8) == 0 ? "HTTP/1.0 " : "HTTP/1.1 ")
                .append(one(STATUS))
                .append("\r\n");
        for (int i = random.nextInt(6); i > 0; i--) {
            head.append(one(HEADERS)).append("\r\n");
        }
        return head.append(framing).append("\r\n").toString();
    }

    /** A whole answer, most of it head. */
    byte[] httpHead() {
        String body = "hello\n".repeat(random.nextInt(4));
        return latin1(head(random.nextBoolean() ? "Content-Length: " + body.length() + "\r\n" : "")
                + body);
    }

    /** A whole answer in chunks, with extensions and trailers now and then. */
    byte[] httpChunks() {
        StringBuilder all = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                + (random.nextInt(4) == 0 ? one(HEADERS) + "\r\n" : "") + "\r\n");
        for (int i = random.nextInt(8); i > 0; i--) {
            String data = "chunk of data\n".repeat(1 + random.nextInt(20));
            all.append(Integer.toHexString(data.length()))
                    .append(random.nextInt(4) == 0 ? ";name=\"value\"" : "")
                    .append("\r\n")
                    .append(data)
                    .append("\r\n");
        }
        return latin1(all.append("0\r\n")
                .append(random.nextInt(4) == 0 ? "X-Trailer: yes\r\n" : "")
                .append("\r\n")
                .toString());
    }

    /** What a service says first, and sometimes a second line. */
    byte[] banner() {
        return latin1(random.nextInt(3) == 0 ? one(BANNERS) + one(BANNERS) : one(BANNERS));
    }

    /** An HTTP proxy's word on CONNECT, and something behind it. */
    byte[] connectReply() {
        return random.nextBoolean() ? httpHead()
                : latin1("HTTP/1.1 200 Connection established\r\n\r\n"
                        + new String(tlsRecords(), StandardCharsets.ISO_8859_1));
    }

    /** A SOCKS 5 proxy's words, both at once, and something behind them. */
    byte[] socksReply() {
        return latin1(one(SOCKS) + (random.nextBoolean() ? one(BANNERS) : ""));
    }

    /** A TLS server's records, in the clear: alerts, a hello, what is none. */
    byte[] tlsRecords() {
        return switch (random.nextInt(5)) {
            case 0 -> latin1("\u0015\u0003\u0003\u0000\u0002\u0002" + (char) random.nextInt(256));
            case 1 -> serverHello(0x0303);
            case 2 -> serverHello(random.nextInt(0x0300, 0x0306));
            case 3 -> banner();
            default -> httpHead();
        };
    }

    /** RFC 8446 §4.1.3: random, an empty session id, a suite, no compression, two extensions. */
    private byte[] serverHello(int version) {
        StringBuilder body = new StringBuilder().append((char) (version >> 8))
                .append((char) (version & 0xff));
        for (int i = 0; i < 32; i++) {
            body.append((char) random.nextInt(256));
        }
        body.append("\u0000\u0013\u0001\u0000\u0000\u0006\u0000+\u0000\u0002\u0003\u0004");
        String message = "\u0002\u0000\u0000" + (char) body.length() + body;
        return latin1("\u0016\u0003\u0003\u0000" + (char) message.length() + message);
    }
}
