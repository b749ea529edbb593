package probe.prober;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Via;

/**
 * Apache HttpClient 5: one request over one connection to one pinned address. HttpClient looks up no
 * name, repeats nothing, tries no other address, follows no redirect, keeps no cookie and answers no
 * challenge; whatever it would do by itself would hide what is to be found out.
 *
 * <p>The phases are lease, connect, proxy (a tunnel), TLS, request, response-head and response-body,
 * each under its own limit; the deadline ends all of them. A body is read to its end or to 1 MiB,
 * whichever comes first; one that breaks off later than that still counts as received.
 */
public final class HttpProber implements Prober {
    private final @Nullable HttpPool shared;
    private final @Nullable InputStream input;

    /** A prober whose attempts each have a pool of one to themselves, and no standard input to send. */
    public HttpProber() {
        this(null, null);
    }

    private HttpProber(@Nullable HttpPool shared, @Nullable InputStream input) {
        this.shared = shared;
        this.input = input;
    }

    /**
     * This prober with something to send where the body is {@link probe.profile.Body.StandardInput}.
     *
     * @param standardInput read once, and never closed
     */
    public HttpProber withInput(InputStream standardInput) {
        return new HttpProber(shared, standardInput);
    }

    /**
     * This prober with a pool that its attempts share with each other and with whoever else lends from it.
     *
     * @param pool stays open; its owner closes it
     */
    public HttpProber withPool(HttpPool pool) {
        return new HttpProber(pool, input);
    }

    @Override
    public Attempt attempt(Destination destination, ProbeContext context) {
        AttemptRecorder recorder = new AttemptRecorder(Via.HTTP_CLIENT, destination, context);
        HttpCall call = new HttpCall(destination, context, recorder, input);
        if (shared != null) {
            call.run(shared);
        } else {
            try (HttpPool own = new HttpPool(1)) {
                call.run(own);
            }
        }
        return recorder.finish();
    }
}
