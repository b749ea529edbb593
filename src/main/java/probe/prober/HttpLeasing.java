package probe.prober;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import probe.attempt.FailureName;

/** One call's view of a pool: the wait for a lease is a phase. */
final class HttpLeasing implements HttpClientConnectionManager {
    private final HttpClientConnectionManager pool;
    private final AttemptRecorder recorder;
    private final Limit limit;

    HttpLeasing(HttpClientConnectionManager pool, AttemptRecorder recorder, Limit limit) {
        this.pool = pool;
        this.recorder = recorder;
        this.limit = limit;
    }

    @Override
    public LeaseRequest lease(
            String id, HttpRoute route, Timeout timeout, @Nullable Object state) {
        LeaseRequest lease = pool.lease(id, route, timeout, state);
        return new LeaseRequest() {
            @Override
            public ConnectionEndpoint get(Timeout wait)
                    throws InterruptedException, ExecutionException, TimeoutException {
                try {
                    ConnectionEndpoint endpoint = lease.get(wait);
                    recorder.end();
                    return endpoint;
                } catch (TimeoutException e) {
                    recorder.fail(FailureName.TIMED_OUT, limit.name(), e);
                    throw e;
                } catch (InterruptedException e) {
                    recorder.fail(FailureName.INTERRUPTED, null, e);
                    throw e;
                }
            }

            @Override
            public boolean cancel() {
                return lease.cancel();
            }
        };
    }

    @Override
    public void release(
            ConnectionEndpoint endpoint, @Nullable Object state, @Nullable TimeValue validFor) {
        pool.release(endpoint, state, validFor);
    }

    @Override
    public void connect(
            ConnectionEndpoint endpoint, @Nullable TimeValue timeout, HttpContext exchange)
            throws IOException {
        pool.connect(endpoint, timeout, exchange);
    }

    @Override
    public void upgrade(ConnectionEndpoint endpoint, HttpContext exchange) throws IOException {
        pool.upgrade(endpoint, exchange);
    }

    /** The pool is not this call's to close. */
    @Override
    public void close() {
        // See above.
    }

    /** The pool is not this call's to close. */
    @Override
    public void close(CloseMode mode) {
        // See above.
    }
}
