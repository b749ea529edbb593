package probe.prober;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Via;

/**
 * HTTP/2, by HttpClient's async client: one request on one stream of one connection to one pinned
 * address. The connection is made as for HTTP/1.1, with the same phases and limits; over TLS the peer chooses by ALPN,
 * in plaintext both sides know beforehand (RFC 9113 §3.3). There is no lease, as one stream needs no pool.
 */
public final class Http2Prober implements Prober {
    private final @Nullable InputStream input;

    /**
     * A prober with something to send where the body is {@link probe.profile.Body.StandardInput}.
     *
     * @param standardInput read once, and never closed; null for none
     */
    public Http2Prober(@Nullable InputStream standardInput) {
        input = standardInput;
    }

    @Override
    public Attempt attempt(Destination destination, ProbeContext context) {
        AttemptRecorder recorder = new AttemptRecorder(Via.HTTP_CLIENT, destination, context);
        new Http2Call(destination, context, recorder, input).run();
        return recorder.finish();
    }
}
