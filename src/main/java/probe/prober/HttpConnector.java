package probe.prober;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import probe.attempt.Via;

/**
 * Opens connections for HttpClient: TCP to the one pinned address, a tunnel where a proxy asks for one, TLS. Each is a
 * phase with its own limit. HttpClient's own operator would try the next address by itself, take a slow TLS handshake
 * for a slow TCP one, and hand on a proxy's refusal as the target's answer.
 */
final class HttpConnector implements HttpClientConnectionOperator {

    /** What is spoken, so that a server with several protocols chooses this one (RFC 7301 §3.2). */
    private static final List<String> OFFERED = List.of("http/1.1");

    /** A phase before the request failed; the recorder knows which and why. */
    static final class NotConnected extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            InetSocketAddress local,
            TimeValue timeout,
            SocketConfig config,
            HttpContext exchange)
            throws IOException {
        HttpCall call = HttpCall.of(exchange);
        TapSocket raw = new TapSocket(Ticker.SYSTEM);
        call.opening(raw);
        ChannelOpener opener = new ChannelOpener(
                Via.HTTP_CLIENT, call.destination(), call.context(), call.recorder(),
                OFFERED, ChannelOpener.Proxying.AS_NEEDED);
        Socket channel = opener.open(raw);
        if (channel == null) {
            if (opener.refusal() != null) {
                call.answer().refusedByProxy(opener.refusal());
            }
            ExchangeRunner.close(raw);
            throw new NotConnected();
        }
        raw.tap().ready();
        connection.bind(new HttpWire(raw, channel));
    }

    /** Never asked for: TLS is made in {@link #connect}, also behind a proxy. */
    @Override
    public void upgrade(
            ManagedHttpClientConnection connection, HttpHost host, HttpContext exchange) {
        throw new UnsupportedOperationException("TLS is made while connecting");
    }
}
