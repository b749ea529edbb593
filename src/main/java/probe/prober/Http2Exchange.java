package probe.prober;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One request and its answer, on one stream. */
final class Http2Exchange implements AsyncRequestProducer, AsyncResponseConsumer<Void> {
    private static final int BLOCK = 8 * 1024;

    /** Whether more is to come. */
    private enum State {
        RUNNING, OVER
    }

    private final ClassicHttpRequest request;
    private final @Nullable HttpBody body;
    private final HttpAnswer answer;
    private final Http2Watch watch;
    private @Nullable InputStream source;
    private ByteBuffer block = ByteBuffer.allocate(0);
    private @Nullable CapacityChannel capacity;
    private @Nullable Exception failure;
    private State sending = State.RUNNING;
    private State receiving = State.RUNNING;
    private @Nullable EntityDetails answered;
    private @Nullable FutureCallback<Void> result;

    Http2Exchange(ClassicHttpRequest request, HttpAnswer answer, Http2Watch watch) {
        this.watch = watch;
        this.request = request;
        this.body = (HttpBody) request.getEntity();
        this.answer = answer;
    }

    /** Whether the answer is there, as far as it matters, or will not come. */
    boolean isOver() {
        return receiving == State.OVER;
    }

    /** Why it will not come, or null. */
    @Nullable
    Exception failure() {
        return failure;
    }

    /** What the answer says of its body, or null where it has none. */
    @Nullable
    EntityDetails answered() {
        return answered;
    }

    @Override
    public void sendRequest(RequestChannel channel, HttpContext context)
            throws HttpException, IOException {
        BasicHttpRequest plain = new BasicHttpRequest(request.getMethod(), request.getScheme(),
                request.getAuthority(), request.getPath());
        for (Header header : request.getHeaders()) {
            // A connection's own fields have no place in HTTP/2 (RFC 9113 §8.2.2), and Host is :authority.
            if (!HttpRequests.isConnectionSpecific(header.getName())) {
                plain.addHeader(header);
            }
        }
        if (body == null) {
            sending = State.OVER;
            watch.handedOver();
        }
        channel.sendRequest(plain, body == null ? null
                : new BasicEntityDetails(body.getContentLength(), null), context);
    }

    @Override
    public int available() {
        return sending == State.RUNNING ? BLOCK : 0;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        while (sending == State.RUNNING) {
            if (!block.hasRemaining() && !refill()) {
                sending = State.OVER;
                watch.handedOver();
                channel.endStream(null);
                return;
            }
            if (channel.write(block) == 0) {
                return;
            }
        }
    }

    /** Whether there was more to send. */
    private boolean refill() throws IOException {
        if (source == null && body != null) {
            source = body.getContent();
        }
        byte[] bytes = new byte[BLOCK];
        int count = source == null ? -1 : HttpBody.read(source, bytes);
        block = ByteBuffer.wrap(bytes, 0, Math.max(count, 0));
        return count >= 0;
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 1xx: the final answer is yet to come.
    }

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails details,
            HttpContext context, FutureCallback<Void> result) {
        answered = details;
        this.result = result;
        answer.beginHead(); // also of one that comes before the request is out
        answer.head(response);
        if (details == null || answer.isRedirect()) {
            complete();
        } else if (!answer.isRefusal()) {
            answer.beginBody();
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        capacity = channel;
        channel.update(BLOCK);
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        if (!answer.take(bytes, bytes.length)) {
            receiving = State.OVER;
        }
        if (capacity != null) {
            capacity.update(bytes.length);
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        complete();
    }

    private void complete() {
        receiving = State.OVER;
        if (result != null) {
            result.completed(null);
        }
    }

    @Override
    public void failed(Exception cause) {
        if (failure == null && receiving == State.RUNNING) {
            failure = cause;
        }
        receiving = State.OVER;
    }

    /** What is asked twice is asked by the user. */
    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public void releaseResources() {
        InputStream open = source;
        source = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException readOnly) {
                // What was read was read.
            }
        }
    }
}
