package probe.testing;

/** What a server of another protocol, or a hostile one, says where an HTTP or TLS answer was expected. */
public enum Garbage {
    /** RFC 4253 §4.2: the SSH server speaks first. */
    SSH_BANNER(Payload.latin1("SSH-2.0-OpenSSH_9.6\r\n")),
    /** RFC 5321 §3.1: so does the mail server. */
    SMTP_BANNER(Payload.latin1("220 mail.test ESMTP ready\r\n")),
    /** A page without status line and headers, as HTTP/0.9 had it. */
    HTML(Payload.latin1("<html><body>It works!</body></html>\n")),
    /** What nginx says to a TLS client on its plaintext port. */
    HTTP_400(Payload
            .latin1("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")),
    /** RFC 9113 §6.5: an empty SETTINGS frame, an HTTP/2 server's first word. */
    HTTP2_SETTINGS(Payload.hex("000000 04 00 00000000")),
    /** RFC 8446 §6: fatal handshake_failure, a TLS server's answer to a request in plaintext. */
    TLS_ALERT(TlsBytes.alert(40)),
    /** Every byte value once, from 0xff downwards: opens neither a TLS record nor a status line. */
    BINARY(everyByte()),
    NULS(Payload.of(new byte[512])),
    /** Terminal control: clear screen, set title, 8-bit CSI, back spaces, bell. Must never reach a terminal raw. */
    ESCAPES(Payload.latin1("\u001b[2J\u001b]0;owned\u0007\u009b31mred\b\b\b\u001b[0m\r\n")),
    /** No valid UTF-8: a lone continuation byte, a cut sequence, a surrogate. */
    BAD_UTF8(Payload.hex("80 c3 eda080 ff fe 0d0a"));

    private final String latin1;

    Garbage(Payload payload) {
        this.latin1 = payload.text();
    }

    public Payload payload() {
        return Payload.latin1(latin1);
    }

    private static Payload everyByte() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (255 - i);
        }
        return Payload.of(all);
    }
}
