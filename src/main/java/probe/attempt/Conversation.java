package probe.attempt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far the talk over the connection had come when the attempt ended.
 *
 * @param request how much of the request had been handed to the kernel
 * @param peer what the peer had done to the connection
 * @param idle how long no byte had moved either way when the attempt ended; null where no byte ever moved
 * @param longestWait the longest that a byte of the answer which then came was waited for, counted from the byte that had
 *     moved before it, either way: what a socket timeout has to leave time for. Null where none came; what is exchanged
 *     before the request (a proxy's answer, a TLS handshake) does not count
 * @param held for how long the connection had been silent when it was used: since the request before, or on purpose; null
 *     for one that was used as soon as it stood
 * @param use how many requests the connection had carried before this one; 0 for a fresh connection
 */
public record Conversation(RequestProgress request, PeerState peer, @Nullable Duration idle,
        @Nullable Duration longestWait, @Nullable Duration held, int use) {

    /** No connection was made. */
    public static final Conversation NONE = new Conversation(RequestProgress.NOT_STARTED,
            PeerState.NONE, null, null, null, 0);

    /** Whether the connection is one that was kept: it had carried a request, or been held silent. */
    public boolean isKept() {
        return use > 0 || held != null;
    }
}
