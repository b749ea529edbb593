package probe.prober;

import java.io.IOException;
import java.net.SocketException;
import probe.attempt.Excerpt;

/**
 * What a peer said that JSSE did not read before it gave up: the rest of a greeting that is not TLS, and the alert of a
 * server that refused while we were still writing.
 */
record TlsLeftover(TapSocket socket, TlsWitness witness) {
    /** It lies in our own kernel already, or in the segments behind it; a greeting comes in one. */
    private static final int WAIT_MILLIS = 20;
    private static final int MAX_CAUSES = 8;

    /** Reads it past the tap, where that can tell anything. */
    void read(Exception thrown) {
        boolean plain = witness.records().spoken() == TlsRecords.Spoken.SOMETHING_ELSE;
        if (!plain && !isOfSocket(thrown)) {
            return;
        }
        byte[] buffer = new byte[Excerpt.LIMIT];
        try {
            socket.setSoTimeout(WAIT_MILLIS);
            int left = plain ? Excerpt.LIMIT : TlsAftermath.RECORD;
            for (int count = 0; count >= 0 && left > 0; left -= count) {
                count = socket.getInputStream().read(buffer, 0, Math.min(left, buffer.length));
            }
        } catch (IOException nothingMore) {
            // The handshake's own failure is the fact.
        }
    }

    private static boolean isOfSocket(Exception thrown) {
        Throwable at = thrown;
        for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            if (at instanceof SocketException) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }
}
