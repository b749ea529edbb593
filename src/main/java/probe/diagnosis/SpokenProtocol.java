package probe.diagnosis;

import probe.attempt.Excerpt;

/** Which protocol the first bytes of a peer give away. */
enum SpokenProtocol {
    /** A TLS record: alert or handshake, version 3.x (RFC 8446 §5.1). */
    TLS("TLS"),
    /** A status line or, from a peer that thinks it is a client, nothing else (RFC 9112 §4). */
    HTTP("HTTP"),
    /** The identification string (RFC 4253 §4.2). */
    SSH("SSH"),
    /** A greeting that begins with a three-digit reply code, as of SMTP (RFC 5321 §4.2) and FTP (RFC 959 §4.2). */
    REPLY_CODE("SMTP or FTP"),
    /** The greeting of POP3 (RFC 1939 §4). */
    POP3("POP3"),
    /** The greeting of IMAP (RFC 9051 §7.1). */
    IMAP("IMAP"),
    /** The version message of RFB (RFC 6143 §7.1.1). */
    RFB("VNC (RFB)"),
    /** The error reply of Redis (RESP). */
    REDIS("Redis"),
    /** The protocol header that a broker answers with when it does not speak the version asked (AMQP §2.2). */
    AMQP("AMQP"),
    /** A SETTINGS frame on stream 0 comes first from a server (RFC 9113 §3.4). */
    HTTP2("HTTP/2"),
    /** None of these. */
    UNKNOWN("something unknown");

    private final String spoken;

    SpokenProtocol(String spoken) {
        this.spoken = spoken;
    }

    /** Its name, for sentences. */
    String spoken() {
        return spoken;
    }

    /** The protocol that these bytes begin. */
    static SpokenProtocol of(Excerpt excerpt) {
        String text = excerpt.text();
        if (text.startsWith("\\x15\\x03") || text.startsWith("\\x16\\x03")) {
            return TLS;
        }
        if (text.startsWith("HTTP/")) {
            return HTTP;
        }
        if (text.startsWith("SSH-")) {
            return SSH;
        }
        if (text.matches("(?s)[2-5][0-9]{2}[ -].*")) {
            return REPLY_CODE;
        }
        return ofGreeting(text);
    }

    private static SpokenProtocol ofGreeting(String text) {
        if (text.startsWith("+OK")) {
            return POP3;
        }
        if (text.startsWith("* OK") || text.startsWith("* PREAUTH") || text.startsWith("* BYE")) {
            return IMAP;
        }
        if (text.startsWith("RFB 00")) {
            return RFB;
        }
        if (text.startsWith("-ERR") || text.startsWith("-NOAUTH") || text.startsWith("-DENIED")) {
            return REDIS;
        }
        if (text.startsWith("AMQP")) {
            return AMQP;
        }
        return text.matches(
                "(?s)\\\\x00\\\\x00.\\\\x04\\\\x00.*|\\\\x00\\\\x00\\\\x[0-9a-f]{2}\\\\x04\\\\x00.*")
                        ? HTTP2
                        : UNKNOWN;
    }
}
