package probe.testing;

/** What an {@link Http2FaultServer} does once a request is complete, or before. */
public sealed interface Http2Fault {
    /** How much of the answer goes out before the fault. */
    enum Sent {
        NOTHING,
        HEAD,
        HALF_BODY
    }

    /** What GOAWAY says of the request: its last stream id lies below the request's or is it. */
    enum Processed {
        /** Below: it was not acted upon and may be sent again (RFC 9113 §6.8). */
        NO,
        /** At: it may have been acted upon. */
        MAYBE
    }

    /**
     * No fault.
     *
     * @param status the status code, of three digits
     * @param body at most 16384 bytes in UTF-8, so that it fits one frame
     */
    record Answer(int status, String body) implements Http2Fault {}

    /** Ends the stream alone; the connection stays. */
    record ResetStream(Http2ErrorCode code, Sent sent) implements Http2Fault {}

    /** Ends the connection with a word, then FIN. */
    record GoAway(Http2ErrorCode code, Processed processed) implements Http2Fault {}

    /** Says nothing more about the request; PING and SETTINGS are still answered. */
    record Stall(Sent sent) implements Http2Fault {}

    /** FIN in the middle of a DATA frame. */
    record CutFrame() implements Http2Fault {}

    /** RST of the connection after the request, without a word. */
    record ResetConnection() implements Http2Fault {}

    /** Not even SETTINGS: the connection stands and the server says nothing. */
    record SilentFromStart() implements Http2Fault {}

    /** A head without an end: HEADERS, and CONTINUATION after CONTINUATION as long as they are taken. */
    record HeaderFlood() implements Http2Fault {}

    /** A body without an end, as fast as the client's windows let it come (RFC 9113 §6.9). */
    record EndlessBody() implements Http2Fault {}

    /** The answer to a request whose body has not come yet, then NO_ERROR on its stream (RFC 9113 §8.1). */
    record EarlyAnswer(Answer answer) implements Http2Fault {}

    /** {@code 200} with a short body. */
    static Answer none() {
        return new Answer(200, "hello\n");
    }
}
