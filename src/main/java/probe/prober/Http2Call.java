package probe.prober;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http2.H2ConnectionException;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.frame.DefaultFrameFactory;
import org.apache.hc.core5.http2.impl.nio.ClientH2StreamMultiplexer;
import org.apache.hc.core5.http2.protocol.H2RequestContent;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;
import probe.attempt.FailureName;
import probe.attempt.Http2Facts;
import probe.attempt.Http2Facts.Ending;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.RequestProgress;
import probe.attempt.Via;
import probe.profile.TimeoutName;
import probe.target.Scheme;

/** One request over HTTP/2, and everything seen of it on the way. */
final class Http2Call implements HttpWire.Borrower {
    private static final String H2 = "h2"; // RFC 9113 §3.2
    /** A server without HTTP/2 is to say so, not to end the handshake. */
    private static final List<String> OFFERED = List.of(H2, "http/1.1");
    /** What every client says first (RFC 9113 §3.4); the engine leaves it to whoever connects. */
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final int LOOK_MILLIS = 1;
    /** How long to look for an answer after a write failed; it lies in our own kernel or nowhere. */
    private static final int LEFTOVER_MILLIS = 20;
    /** As for HTTP/1.1: a head longer than this is refused. */
    private static final int MAX_HEAD = 256 * 1024;

    private final Destination destination;
    private final ProbeContext context;
    private final AttemptRecorder recorder;
    private final @Nullable InputStream input;
    private final HttpAnswer answer;
    private final Http2Watch watch = new Http2Watch();
    private final TapSocket raw = new TapSocket(Ticker.SYSTEM);
    private volatile @Nullable HttpWire wire;
    private volatile boolean over;

    Http2Call(Destination destination, ProbeContext context, AttemptRecorder recorder,
            @Nullable InputStream input) {
        this.destination = destination;
        this.context = context;
        this.recorder = recorder;
        this.input = input;
        this.answer = new HttpAnswer(destination.target(), context.settings(), recorder);
    }

    /** Makes the request; whatever comes of it is in the recorder. */
    void run() {
        recorder.inForce(TimeoutName.SOCKET);
        recorder.request(RequestProgress.NOT_STARTED);
        recorder.socket(raw);
        Limit rest = context.deadline().limit(TimeoutName.DEADLINE);
        try (Watchdog.Guard _ = context.watchdog().guard(rest, () -> expire(rest))) {
            talk();
        } catch (IOException | HttpException | RuntimeException e) {
            failed(e);
        } finally {
            close();
        }
        if (answer.isRefusal()) {
            recorder.received(answer.excerpt(wire));
        }
        recorder.request(watch.progress());
        recorder.http(answer.facts().over(watch.facts()));
    }

    private @Nullable Http2Session open() throws IOException {
        ChannelOpener opener = new ChannelOpener(Via.HTTP_CLIENT, destination, context, recorder,
                OFFERED, ChannelOpener.Proxying.TUNNELLED);
        Socket channel = opener.open(raw);
        if (channel == null) {
            ProxyReply.Refused refusal = opener.refusal();
            if (refusal != null) {
                answer.refusedByProxy(refusal);
            }
            return null;
        }
        raw.tap().ready();
        if (channel instanceof SSLSocket tls && !H2.equals(tls.getApplicationProtocol())) {
            recorder.fail(FailureName.MISMATCH, null, null);
            return null;
        }
        HttpWire opened = new HttpWire(raw, channel);
        opened.lendTo(this);
        opened.setSoTimeout(
                (int) context.settings().timeouts().socket().value().toMillis());
        wire = opened;
        return new Http2Session(opened);
    }

    /** The client makes the connection and lays its request into it, all in this thread, which then carries it out. */
    private void talk() throws IOException, HttpException {
        Http2Exchange exchange = new Http2Exchange(
                HttpRequests.of(destination.target(), context, input), answer, watch);
        Http2Lending lending = new Http2Lending(this::open);
        CloseableHttpAsyncClient client = client(lending);
        try {
            client.start();
            Future<Void> _ = client.execute(host(), exchange, exchange, null,
                    HttpClientContext.create(), null);
            HttpWire connection = wire;
            Http2Session session = lending.session();
            if (session != null && connection != null) {
                request(connection, session, exchange);
            }
        } finally {
            client.close(CloseMode.IMMEDIATE);
        }
        conclude(exchange);
    }

    private void request(HttpWire connection, Http2Session session, Http2Exchange exchange)
            throws IOException, HttpException {
        recorder.begin(Phase.REQUEST);
        context.listener().writing(Via.HTTP_CLIENT, raw);
        checkPeer(connection);
        carryOut(connection, session, exchange);
    }

    private void conclude(Http2Exchange exchange) {
        Exception failure = exchange.failure();
        if (failure != null) {
            failed(failure);
        } else if (wire != null) {
            answer.complete(exchange.answered() == null ? null
                    : exchange.answered().getContentType());
        }
    }

    /** Asks once, of one address, and takes the answer as it is. */
    private CloseableHttpAsyncClient client(Http2Lending lending) {
        return HttpAsyncClients.custom()
                .setConnectionManager(lending)
                .setConnectionManagerShared(true)
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .setThreadFactory(new DefaultThreadFactory("probe-http2", true))
                .setRoutePlanner(
                        (host, exchange) -> new HttpRoute(host, null,
                                destination.target().scheme() == Scheme.HTTPS))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .disableRequestPriority()
                .build();
    }

    private HttpHost host() {
        return new HttpHost(destination.target().scheme().id(), destination.address(),
                destination.target().host(), destination.target().port());
    }

    /** What is not asked of a peer that has gone has surely not been done by it. */
    private void checkPeer(HttpWire connection) throws IOException {
        PeerState peer = connection.look(LOOK_MILLIS) ? PeerState.OPEN : raw.tap().peer();
        if (peer != PeerState.OPEN) {
            throw new HttpFailures.PeerGone(peer);
        }
    }

    private void carryOut(HttpWire connection, Http2Session session, Http2Exchange exchange)
            throws IOException, HttpException {
        ClientH2StreamMultiplexer engine = new ClientH2StreamMultiplexer(session,
                DefaultFrameFactory.INSTANCE,
                HttpProcessorBuilder.create().add(H2RequestContent.INSTANCE).build(), null,
                H2Config.custom().setPushEnabled(false).setMaxHeaderListSize(MAX_HEAD).build(),
                CharCodingConfig.DEFAULT, watch);
        try {
            exchange(engine, session, exchange);
        } catch (SocketTimeoutException | HttpBody.SourceFailed e) {
            throw e;
        } catch (H2ConnectionException e) {
            readOn(connection, session);
            throw e;
        } catch (IOException e) {
            try {
                leftover(engine, session, exchange, connection);
            } finally {
                readOn(connection, session);
            }
            if (!exchange.isOver()) {
                throw e;
            }
        } finally {
            exchange.releaseResources();
        }
    }

    /** Writes whenever the engine wants to, and reads in between what has come and else what will. */
    private void exchange(ClientH2StreamMultiplexer engine, Http2Session session,
            Http2Exchange exchange) throws IOException, HttpException {
        session.write(ByteBuffer.wrap(PREFACE));
        engine.onConnect();
        while (!exchange.isOver()) {
            while (session.wantsToWrite() && !session.hasInput() && !exchange.isOver()) {
                engine.onOutput();
            }
            if (watch.progress() == RequestProgress.COMPLETE
                    && recorder.open() == Phase.REQUEST) {
                recorder.begin(Phase.RESPONSE_HEAD);
            }
            if (exchange.isOver()) {
                return;
            }
            if (recorder.hasFailed()) {
                session.hurry(HttpAnswer.REFUSAL_WAIT);
            }
            if (!session.await()) {
                throw new ConnectionClosedException();
            }
            engine.onInput(null);
            if (watch.facts().ending() == Ending.GOAWAY && watch.facts().isRefused()
                    && !exchange.isOver()) {
                throw new ConnectionClosedException(); // what is not going to be acted on is not waited for
            }
        }
    }

    /** What came before a write failed says more than the write: a refusal, a GOAWAY, an answer in HTTP/1.1. */
    private static void leftover(ClientH2StreamMultiplexer engine, Http2Session session,
            Http2Exchange exchange, HttpWire connection) throws IOException, HttpException {
        session.mute();
        try {
            while (!exchange.isOver() && connection.look(LEFTOVER_MILLIS) && session.await()) {
                engine.onInput(null);
            }
        } catch (H2ConnectionException e) {
            throw e;
        } catch (IOException nothingThere) {
            // The write's failure is the fact; there was no answer to go with it.
        }
    }

    /** What came in place of frames is shown, and not only as much of it as looks like a frame's head. */
    private static void readOn(HttpWire connection, Http2Session session) {
        try {
            while (connection.received() < Excerpt.LIMIT && connection.look(LOOK_MILLIS)
                    && session.await()) {
                // Kept by the connection.
            }
        } catch (IOException noMore) {
            // What came before is shown.
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
        if (!over) {
            record(FailureName.TIMED_OUT, limit.name(), null);
            ExchangeRunner.close(raw);
        }
    }

    private void failed(Exception thrown) {
        Http2Facts seen = watch.facts();
        if (seen.ending() == Ending.RST_STREAM) {
            record(FailureName.STREAM_RESET, null, thrown);
        } else if (seen.ending() == Ending.GOAWAY && !(thrown instanceof SocketTimeoutException)) {
            record(FailureName.GOING_AWAY, null, thrown);
        } else {
            HttpFailures what = what(thrown);
            record(what.name(), what.limit(), thrown);
        }
    }

    private HttpFailures what(Exception thrown) {
        return switch (thrown) {
            case H2ConnectionException _,H2StreamResetException _ -> new HttpFailures(
                    FailureName.MALFORMED, null);
            case ConnectionClosedException _ -> new HttpFailures(
                    answer.hasHead() ? FailureName.TRUNCATED : FailureName.CLOSED, null);
            default -> HttpFailures.of(thrown, socketLimit(), wire);
        };
    }

    /** Frames are no excerpt for people; what came in place of frames is. */
    private void record(FailureName name, @Nullable TimeoutName limit, @Nullable Exception thrown) {
        if (recorder.hasFailed() || answer.isRedirect()) {
            return; // the status stands, and its page would only have explained it
        }
        recorder.request(watch.progress());
        if (!watch.hasReceived() || answer.hasHead()) {
            recorder.received(answer.excerpt(wire));
        }
        recorder.fail(name, limit, thrown);
    }

    private void close() {
        over = true;
        HttpWire opened = wire;
        try {
            if (opened != null) {
                opened.close();
            } else {
                raw.close();
            }
        } catch (IOException gone) {
            // It is closed either way.
        }
    }

    @Override
    public boolean isUnfinished() {
        return recorder.hasFailed();
    }
}
