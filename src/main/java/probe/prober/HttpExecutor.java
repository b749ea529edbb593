package probe.prober;

import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** HttpClient's exchange of one request for one response, over a connection that says what happens on it. */
final class HttpExecutor extends HttpRequestExecutor {
    /** How long to wait for 100 (Continue) before sending the body unasked (RFC 9110 §10.1.1); as curl. */
    private static final Duration CONTINUE_WAIT = Duration.ofSeconds(1);

    private final HttpCall call;

    HttpExecutor(HttpCall call) {
        super(
                Http1Config.custom().setWaitForContinueTimeout(Timeout.of(CONTINUE_WAIT)).build(),
                null,
                null);
        this.call = call;
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            @Nullable HttpResponseInformationCallback information,
            HttpContext exchange)
            throws IOException, HttpException {
        HttpWire wire = (HttpWire) ((ManagedHttpClientConnection) connection).getSocket();
        return super.execute(
                request, new HttpTalk(connection, wire, call, request), information, exchange);
    }
}
