package probe.prober;

import java.io.IOException;
import java.net.SocketAddress;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import probe.attempt.PeerState;
import probe.attempt.Phase;

/**
 * A connection while it carries one request: begins and ends the phases, and records a failure
 * where it happens, before HttpClient closes the socket over it.
 */
final class HttpTalk implements HttpClientConnection {
    /** How long to look for an answer after a write failed; it lies in our own kernel or nowhere. */
    private static final int LEFTOVER_MILLIS = 20;

    /** How long to look whether the peer has gone before it was asked anything. */
    private static final int LOOK_MILLIS = 1;

    /** How far the request and its answer have come. */
    private enum Stage {
        /** The head is written, or is about to be. */
        HEAD,
        /** As {@link #HEAD}, and a body is to follow. */
        BODY_PENDING,
        /** All was written. */
        SENT,
        /** An answer has begun to come, and the rest of the request stays unsent. */
        BROKEN_OFF
    }

    private final HttpClientConnection connection;
    private final HttpWire wire;
    private final HttpCall call;
    private Stage stage;

    HttpTalk(
            HttpClientConnection connection,
            HttpWire wire,
            HttpCall call,
            ClassicHttpRequest request) {
        this.connection = connection;
        this.wire = wire;
        this.call = call;
        this.stage = request.getEntity() == null ? Stage.HEAD : Stage.BODY_PENDING;
    }

    /** What HttpClient does on its connection, and may fail in. */
    private interface Action<T> {
        T run() throws IOException, HttpException;
    }

    /** Does it; what it throws is recorded before HttpClient sees it. */
    private <T> T recorded(Action<T> action) throws IOException, HttpException {
        try {
            return action.run();
        } catch (IOException | HttpException | RuntimeException e) {
            call.failed(e);
            throw e;
        }
    }

    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        call.recorder().begin(Phase.REQUEST);
        call.carriedBy(wire);
        recorded(() -> {
            call.writing();
            if (!wire.look(LOOK_MILLIS)) {
                checkPeer();
            }
            connection.sendRequestHeader(request);
            return request;
        });
    }

    /** What is not asked of a peer that has gone has surely not been done by it. */
    private void checkPeer() throws IOException {
        PeerState peer = wire.raw().tap().peer();
        if (peer != PeerState.OPEN) {
            throw new HttpFailures.PeerGone(peer);
        }
    }

    @Override
    public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
        if (stage != Stage.BODY_PENDING) {
            return;
        }
        HttpBody body = call.body();
        try {
            if (body != null) {
                body.whenBroken(wire::refuseWrites);
            }
            connection.sendRequestEntity(request);
            // HttpClient stops without a word when an answer comes while it still writes.
            stage = body == null || body.isWritten() ? Stage.HEAD : Stage.BROKEN_OFF;
        } catch (IOException | RuntimeException e) {
            if (!answerWaits(e)) {
                call.failed(e);
                throw e;
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (stage == Stage.BROKEN_OFF) {
            return;
        }
        try {
            connection.flush();
        } catch (IOException | RuntimeException e) {
            if (!answerWaits(e)) {
                call.failed(e);
                throw e;
            }
        }
        if (stage == Stage.HEAD) {
            stage = Stage.SENT;
            call.requestComplete();
            call.recorder().begin(Phase.RESPONSE_HEAD);
        }
    }

    /**
     * A server that refuses early often says why before it closes: not to be lost behind the write
     * that failed.
     */
    private boolean answerWaits(Exception thrown) {
        if (thrown instanceof HttpBody.SourceFailed || call.recorder().hasFailed()) {
            return false;
        }
        try {
            if (wire.look(LEFTOVER_MILLIS)) {
                stage = Stage.BROKEN_OFF;
                return true;
            }
        } catch (IOException nothingThere) {
            // The write's failure is the fact; there was no answer to go with it.
        }
        return false;
    }

    @Override
    public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
        if (stage == Stage.BROKEN_OFF) {
            beginHead();
        }
        ClassicHttpResponse response = recorded(connection::receiveResponseHeader);
        int status = response.getCode();
        if (status >= HttpStatus.SC_SUCCESS || status == HttpStatus.SC_SWITCHING_PROTOCOLS) {
            if (stage == Stage.BODY_PENDING) {
                stage = Stage.BROKEN_OFF;
            }
            beginHead();
            call.answer().head(response);
        }
        if (status == HttpStatus.SC_SWITCHING_PROTOCOLS) {
            throw new HttpFailures.NoLongerHttp();
        }
        return response;
    }

    private void beginHead() {
        if (call.recorder().open() != Phase.RESPONSE_HEAD) {
            call.recorder().begin(Phase.RESPONSE_HEAD);
        }
    }

    @Override
    public void receiveResponseEntity(ClassicHttpResponse response)
            throws HttpException, IOException {
        recorded(() -> {
            connection.receiveResponseEntity(response);
            response.setEntity(new HttpIncoming(response.getEntity(), call));
            return response;
        });
    }

    /** An answer came in place of 100 (Continue): the body stays unsent. */
    @Override
    public void terminateRequest(ClassicHttpRequest request) {
        stage = Stage.BROKEN_OFF;
    }

    @Override
    public boolean isDataAvailable(Timeout timeout) throws IOException {
        try {
            return connection.isDataAvailable(timeout);
        } catch (IOException | RuntimeException e) {
            call.failed(e);
            throw e;
        }
    }

    /** Whether another request may follow: not after one that was broken off. */
    @Override
    public boolean isConsistent() {
        return stage == Stage.SENT && connection.isConsistent();
    }

    @Override
    public boolean isStale() throws IOException {
        return connection.isStale();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    @Override
    public void close(CloseMode mode) {
        connection.close(mode);
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public EndpointDetails getEndpointDetails() {
        return connection.getEndpointDetails();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return connection.getLocalAddress();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return connection.getRemoteAddress();
    }

    @Override
    public ProtocolVersion getProtocolVersion() {
        return connection.getProtocolVersion();
    }

    @Override
    public @Nullable SSLSession getSSLSession() {
        return connection.getSSLSession();
    }

    @Override
    public Timeout getSocketTimeout() {
        return connection.getSocketTimeout();
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        connection.setSocketTimeout(timeout);
    }
}
