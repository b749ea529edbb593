package probe.prober;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Gives HttpClient's async client its one connection, made by the call itself: names, addresses, proxies and TLS are
 * phases with limits of their own, and the client's own initiator would look the name up and choose an address anew.
 * Everything happens in the thread that asks, so that the request lies in the session when the client's call returns.
 */
final class Http2Lending implements AsyncClientConnectionManager {

    /** Makes the connection that a request is to go out on. */
    interface Opener {
        /**
         * Opens it.
         *
         * @return null where a phase before the request failed; the recorder knows which and why
         * @throws IOException as the socket says
         */
        @Nullable
        Http2Session open() throws IOException;
    }

    private final Opener opener;
    private @Nullable Http2Session session;

    Http2Lending(Opener opener) {
        this.opener = opener;
    }

    /** The connection, or null until there is one. */
    @Nullable
    Http2Session session() {
        return session;
    }

    /** At once: one stream needs no pool. */
    @Override
    public Future<AsyncConnectionEndpoint> lease(String id, HttpRoute route, @Nullable Object state,
            @Nullable Timeout timeout, FutureCallback<AsyncConnectionEndpoint> callback) {
        return done(new Endpoint(), callback);
    }

    @Override
    public Future<AsyncConnectionEndpoint> connect(AsyncConnectionEndpoint endpoint,
            ConnectionInitiator initiator, @Nullable Timeout timeout, @Nullable Object attachment,
            @Nullable HttpContext exchange, FutureCallback<AsyncConnectionEndpoint> callback) {
        try {
            session = opener.open();
        } catch (IOException e) {
            return failed(e, callback);
        }
        return session == null ? failed(new HttpConnector.NotConnected(), callback)
                : done(endpoint, callback);
    }

    private static Future<AsyncConnectionEndpoint> done(AsyncConnectionEndpoint endpoint,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        callback.completed(endpoint);
        return CompletableFuture.completedFuture(endpoint);
    }

    private static Future<AsyncConnectionEndpoint> failed(IOException cause,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        callback.failed(cause);
        return CompletableFuture.failedFuture(cause);
    }

    /** Never asked for: TLS is made in {@link #connect}, also behind a proxy. */
    @Override
    public void upgrade(AsyncConnectionEndpoint endpoint, @Nullable Object attachment,
            HttpContext exchange) {
        throw new UnsupportedOperationException("TLS is made while connecting");
    }

    /** The call closes its connection when it has looked at all that came. */
    @Override
    public void release(AsyncConnectionEndpoint endpoint, @Nullable Object state,
            @Nullable TimeValue keepAlive) {
        // See above.
    }

    /** The call closes its connection when it has looked at all that came. */
    @Override
    public void close() {
        // See above.
    }

    /** The call closes its connection when it has looked at all that came. */
    @Override
    public void close(CloseMode mode) {
        // See above.
    }

    private final class Endpoint extends AsyncConnectionEndpoint {
        @Override
        public void execute(String id, AsyncClientExchangeHandler exchange,
                @Nullable HandlerFactory<AsyncPushConsumer> pushes, HttpContext context) {
            Http2Session open = session;
            if (open == null) {
                throw new IllegalStateException("no connection");
            }
            open.enqueue(new RequestExecutionCommand(exchange, pushes, context),
                    Command.Priority.NORMAL);
        }

        @Override
        public boolean isConnected() {
            return session != null;
        }

        /** Limits are kept by whoever reads and writes. */
        @Override
        public void setSocketTimeout(@Nullable Timeout timeout) {
            // See above.
        }

        @Override
        public void close(CloseMode mode) {
            // The call's to do.
        }
    }
}
