package probe.prober;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import probe.attempt.PeerState;
import probe.attempt.TlsFacts.ClientCertificate;

/**
 * The moment after a TLS 1.3 handshake in which the server judges our certificate. Its client is done before the server
 * has seen what the client answered to the request for a certificate (RFC 8446 §4.4.2.4), so a refusal comes as the
 * first thing after a handshake that succeeded; a server that accepts usually sends session tickets (§4.6.1). Only
 * waited for where a certificate was asked for.
 */
record TlsAftermath(TapSocket socket, SSLSocket tls, TlsWitness witness, Sequel sequel) {
    /** Longest that a record can be, its header included, RFC 8446 §5.2. */
    static final int RECORD = 5 + 16384 + 256;
    /** Whether anything follows the handshake that would meet a late refusal. */
    enum Sequel {
        /** A request or a script: its first read does. */
        TALK,
        /** Nothing: whoever does not wait now will never know. */
        NONE
    }

    /** A round trip to the far side of the earth, and some time for the server to judge. */
    private static final int WAIT_MILLIS = 300;
    /** A server that asks somebody else about a certificate, or about its absence, takes its time. */
    private static final int LAST_WAIT_MILLIS = 2_000;
    private static final int HEADER = 5;
    /**
     * An encrypted alert is level, description, content type and a tag of 16 bytes (RFC 8446 §5.2); JSSE pads it by 16
     * more. A ticket is larger, and harmless here where it is not.
     */
    private static final int LARGEST_ALERT = 64;

    /**
     * Returns when the server has said something else than a refusal, or nothing for a while.
     *
     * @throws IOException when it refused or ended the connection
     */
    void await(Limit limit) throws IOException {
        if (witness.client() == ClientCertificate.NOT_ASKED
                || !tls.getSession().getProtocol().equals("TLSv1.3")) {
            return;
        }
        int longest = switch (sequel) {
            case TALK -> WAIT_MILLIS;
            case NONE -> LAST_WAIT_MILLIS;
        };
        int wait = Math.min(longest, limit.millis());
        long end = System.nanoTime() + Duration.ofMillis(wait).toNanos();
        byte[] first = socket.peek(HEADER, wait);
        if (first.length == HEADER) {
            int length = (first[3] & 0xff) << 8 | first[4] & 0xff;
            int left = (int) Math.max(1, (end - System.nanoTime()) / 1_000_000L);
            // The peer closes right behind a fatal alert (RFC 8446 §6.2): one byte more is asked for than there is.
            if (length <= LARGEST_ALERT) {
                socket.peek(HEADER + length + 1, left);
            }
        }
        if (socket.tap().peer() != PeerState.OPEN) {
            readEnd();
        }
    }

    /** Lets JSSE read, so that it decrypts the alert. */
    private void readEnd() throws IOException {
        if (tls.getInputStream().read() < 0) {
            throw new EOFException("closed after the handshake");
        }
    }
}
