package probe.testing;

/**
 * What a {@link FaultServer} answers, byte for byte.
 *
 * @param head sent first; {@link Moment#MID_HEAD} lies in its middle
 * @param body sent next; {@link Moment#MID_BODY} lies in its middle
 * @param repeated sent after the body, again and again; empty for a reply that ends
 * @param repeats how often {@code repeated} is sent at most: the bound of an "endless" reply
 * @param afterwards what becomes of the connection
 */
public record Reply(Payload head, Payload body, Payload repeated, long repeats,
        Afterwards afterwards) {
    /** What becomes of the connection once the reply is out. */
    public enum Afterwards {
        /** Waits for the next request. */
        KEEP_OPEN,
        /** Closes in order at once; a reset follows by itself if the client is still sending. */
        CLOSE,
        /** Sends FIN and goes on reading until the client closes, so that the reply surely arrives. */
        LINGER,
    }

    /** A reply in two parts, after which the connection stays open. */
    public static Reply of(Payload head, Payload body) {
        return new Reply(head, body, Payload.EMPTY, 0, Afterwards.KEEP_OPEN);
    }

    /** A reply of a protocol without heads: all of it counts as head, so there is no {@link Moment#MID_BODY}. */
    public static Reply raw(Payload bytes) {
        return of(bytes, Payload.EMPTY);
    }

    /** {@link #raw(Payload)} of a text in UTF-8. */
    public static Reply raw(String text) {
        return raw(Payload.utf8(text));
    }

    public Reply then(Afterwards next) {
        return new Reply(head, body, repeated, repeats, next);
    }

    public Reply repeating(Payload part, long times) {
        return new Reply(head, body, part, times, afterwards);
    }
}
