package probe.prober;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;

/**
 * HttpClient's pool of connections, as an application has one: when all are lent out, the next request waits for its
 * lease, and that wait is what the connection-request timeout limits.
 *
 * <p>Connections are never checked before they are lent again: whether one had gone stale is a fact to find, not to
 * hide (HttpClient checks after 2 s of inactivity unless told otherwise).
 */
public final class HttpPool implements AutoCloseable {
    /** A header line longer than this is no header line; curl stops at 100 KiB. */
    private static final int MAX_LINE = 64 * 1024;
    /** Of HttpClient's, three for each connection; its own 32 KiB each are most of what a probe of a URL holds. */
    private static final int BUFFER = 8 * 1024;
    /** More header lines than this are a flood; Apache httpd and nginx send no more than a few dozen. */
    private static final int MAX_HEADERS = 1000;

    private final PoolingHttpClientConnectionManager manager;

    /**
     * A pool that lends at most this many connections at once, to one place or to many.
     *
     * @param maxTotal at least 1
     */
    public HttpPool(int maxTotal) {
        Http1Config http1 = Http1Config.custom()
                .setBufferSize(BUFFER)
                .setMaxLineLength(MAX_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        manager = new PoolingHttpClientConnectionManager(
                new HttpConnector(),
                PoolConcurrencyPolicy.STRICT,
                PoolReusePolicy.LIFO,
                TimeValue.NEG_ONE_MILLISECOND, ManagedHttpClientConnectionFactory.builder()
                        .http1Config(http1)
                        .responseParserFactory(config -> new HttpHeadParser(http1))
                        .responseOutOfOrderStrategy(
                                (request, connection, in, sent, next) -> in.available() > 0)
                        .build());
        manager.setDefaultConnectionConfig(
                ConnectionConfig.custom()
                        .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
                        .build());
        manager.setMaxTotal(maxTotal);
        manager.setDefaultMaxPerRoute(maxTotal);
    }

    HttpClientConnectionManager manager() {
        return manager;
    }

    /** Closes every connection that is not lent out; those that are close when they come back. */
    @Override
    public void close() {
        manager.close(CloseMode.GRACEFUL);
    }
}
