package probe.prober;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.RouteInfo.LayerType;
import org.apache.hc.client5.http.RouteInfo.TunnelType;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.RequestProgress;
import probe.attempt.Via;
import probe.profile.ProxySettings;
import probe.profile.TimeoutName;
import probe.target.Scheme;

/** One request over HttpClient, and everything seen of it on the way. */
final class HttpCall implements HttpWire.Borrower {
    /** Under which HttpClient's context carries the call to where a connection is opened. */
    private static final String KEY = HttpCall.class.getName();

    private final Destination destination;
    private final ProbeContext context;
    private final AttemptRecorder recorder;
    private final @Nullable InputStream input;
    private final HttpAnswer answer;
    private volatile @Nullable TapSocket socket;
    private volatile @Nullable HttpWire wire;
    private @Nullable HttpBody body;
    private volatile boolean requestComplete;
    private volatile boolean bodyRead;

    HttpCall(Destination destination, ProbeContext context, AttemptRecorder recorder,
            @Nullable InputStream input) {
        this.input = input;
        this.destination = destination;
        this.context = context;
        this.recorder = recorder;
        this.answer = new HttpAnswer(destination.target(), context.settings(), recorder);
    }

    /** The call that an exchange's context belongs to. */
    static HttpCall of(HttpContext exchange) {
        return (HttpCall) exchange.getAttribute(KEY);
    }

    Destination destination() {
        return destination;
    }

    ProbeContext context() {
        return context;
    }

    AttemptRecorder recorder() {
        return recorder;
    }

    HttpAnswer answer() {
        return answer;
    }

    /** What the request carries, or null. */
    @Nullable
    HttpBody body() {
        return body;
    }

    /** Makes the request; whatever comes of it is in the recorder. */
    void run(HttpPool pool) {
        recorder.inForce(TimeoutName.CONNECTION_REQUEST);
        recorder.inForce(TimeoutName.SOCKET);
        recorder.request(RequestProgress.NOT_STARTED);
        Limit lease = context.deadline().limit(TimeoutName.CONNECTION_REQUEST);
        CloseableHttpClient client = client(pool, lease);
        ClassicHttpRequest request = HttpRequests.of(destination.target(), context, input);
        body = (HttpBody) request.getEntity();
        HttpClientContext exchange = exchange(lease);
        recorder.begin(Phase.LEASE);
        Limit rest = context.deadline().limit(TimeoutName.DEADLINE);
        try (Watchdog.Guard _ = context.watchdog().guard(rest, () -> expire(rest))) {
            CloseableHttpResponse response = (CloseableHttpResponse) client.executeOpen(host(),
                    request, exchange);
            try {
                answer.readBody(response, Objects.requireNonNull(wire));
                bodyRead = true;
            } finally {
                // What was read to its end has gone back to the pool already.
                response.close(CloseMode.IMMEDIATE);
            }
        } catch (HttpFailures.NoLongerHttp switched) {
            // The answer stands; what would follow is another protocol.
        } catch (IOException | RuntimeException e) {
            // Whoever saw it first has recorded it where it happened; this is for what nobody expected.
            failed(e);
        }
        recorder.request(progress());
        recorder.http(answer.facts());
    }

    private CloseableHttpClient client(HttpPool pool, Limit lease) {
        return HttpClients.custom()
                .setConnectionManager(new HttpLeasing(pool.manager(), recorder, lease))
                .setConnectionManagerShared(true)
                .setRequestExecutor(new HttpExecutor(this))
                .setRoutePlanner((host, exchange) -> route(host))
                .setConnectionReuseStrategy(
                        (request, response, exchange) -> requestComplete
                                && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
                                        request, response, exchange))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .disableDefaultUserAgent()
                .build();
    }

    private HttpClientContext exchange(Limit lease) {
        HttpClientContext exchange = HttpClientContext.create();
        exchange.setAttribute(KEY, this);
        exchange.setRequestConfig(
                RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(lease.duration()))
                        .setResponseTimeout(
                                Timeout.of(context.settings().timeouts().socket().value()))
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build());
        return exchange;
    }

    /** The target by its name, pinned to one address: nothing is looked up, and no other address is tried. */
    private HttpHost host() {
        return new HttpHost(
                destination.target().scheme().id(),
                destination.address(),
                destination.target().host(),
                destination.target().port());
    }

    /** Through a tunnel the route is direct: HttpClient gets the tunnel as its connection. */
    private HttpRoute route(HttpHost host) {
        boolean secure = destination.target().scheme() == Scheme.HTTPS;
        ProxySettings proxy = context.settings().proxy();
        if (proxy == null || ProxyTunnel.isNeeded(proxy, destination.target())) {
            return new HttpRoute(host, null, secure);
        }
        HttpHost at = new HttpHost("http", proxy.where().host(), proxy.where().port());
        return new HttpRoute(host, null, at, false, TunnelType.PLAIN, LayerType.PLAIN);
    }

    /** A socket is about to be opened for this call. */
    void opening(TapSocket opened) {
        socket = opened;
        recorder.socket(opened);
    }

    /** The connection that carries this call: fresh, or lent by the pool once more. */
    void carriedBy(HttpWire carrier) {
        carrier.lendTo(this);
        wire = carrier;
        if (socket != carrier.raw()) {
            opening(carrier.raw());
            recorder.connected(carrier.raw());
        }
        recorder.use(carrier.earlierUses());
    }

    /** The first byte of the request is about to be written. */
    void writing() {
        TapSocket opened = socket;
        if (opened != null) {
            context.listener().writing(Via.HTTP_CLIENT, opened);
        }
    }

    /** A part of the request is about to be written; unless it is taken in time, the connection ends. */
    @Override
    public Watchdog.Guard guardWrite() {
        Limit limit = socketLimit();
        return context.watchdog().guard(limit, () -> expire(limit));
    }

    private Limit socketLimit() {
        return new Limit(context.settings().timeouts().socket().value(), TimeoutName.SOCKET);
    }

    private void expire(Limit limit) {
        if (!recorder.hasFailed()) {
            recorder.request(progress());
            recorder.received(answer.excerpt(wire));
        }
        recorder.fail(FailureName.TIMED_OUT, limit.name(), null);
        closeSocket();
    }

    private void closeSocket() {
        TapSocket opened = socket;
        if (opened != null) {
            ExchangeRunner.close(opened);
        }
    }

    /** The whole request has been handed to the kernel. */
    void requestComplete() {
        requestComplete = true;
    }

    RequestProgress progress() {
        HttpWire carrier = wire;
        if (requestComplete) {
            return RequestProgress.COMPLETE;
        }
        return carrier != null && carrier.begun()
                ? RequestProgress.PARTIAL
                : RequestProgress.NOT_STARTED;
    }

    /** Records what an exception means, in the phase that is open. */
    void failed(Exception thrown) {
        if (recorder.hasFailed() || answer.isRedirect()) {
            return;
        }
        recorder.request(progress());
        HttpFailures seen = HttpFailures.of(thrown, socketLimit(), wire);
        recorder.received(answer.excerpt(wire));
        recorder.fail(seen.name(), seen.limit(), thrown, lastWords());
    }

    /** Through a proxy it would be the proxy's kernel that answers. */
    private LastWords lastWords() {
        HttpWire carrier = wire;
        return carrier == null || !requestComplete || context.settings().proxy() != null
                ? LastWords.NONE
                : carrier.lastWords(body != null);
    }

    /** The answer's body was read to its end. */
    void bodyEnded() {
        bodyRead = true;
    }

    /** Whether closing has to be abrupt, because the talk broke off. */
    @Override
    public boolean isUnfinished() {
        return recorder.hasFailed() || !requestComplete || !bodyRead;
    }
}
