package probe.prober;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.HttpFacts;
import probe.attempt.Via;

/**
 * The raw socket: connect, tunnel if there is a proxy, TLS handshake if the target speaks it, scripted exchange if there is one. For a URL it
 * stops after the handshake, and stands beside the HttpClient attempt as its comparison.
 */
public final class SocketProber implements Prober {
    private final @Nullable Silence silence;

    /** Uses what it opens at once. */
    public SocketProber() {
        this.silence = null;
    }

    /** Keeps the connection silent before it uses it. */
    public SocketProber(Silence silence) {
        this.silence = silence;
    }

    @Override
    public Attempt attempt(Destination destination, ProbeContext context) {
        AttemptRecorder recorder = new AttemptRecorder(Via.SOCKET, destination, context);
        try (TapSocket socket = new TapSocket(Ticker.SYSTEM)) {
            recorder.socket(socket);
            converse(destination, context, recorder, socket);
        } catch (IOException closing) {
            // Closing a socket reports nothing that its last call did not; the facts are complete.
        }
        return recorder.finish();
    }

    private void converse(Destination destination, ProbeContext context,
            AttemptRecorder recorder, TapSocket socket) {
        ChannelOpener opener = new ChannelOpener(Via.SOCKET, destination, context, recorder);
        Socket channel = opener.open(socket);
        if (channel == null) {
            ProxyReply.Refused refusal = opener.refusal();
            if (refusal != null && refusal.version() != null
                    && !destination.target().scheme().isHttp()) {
                recorder.http(refused(destination, refusal));
            }
            return;
        }
        if (silence != null) {
            new SilentHold(context, recorder, socket).hold(channel, silence);
        }
        if (!destination.target().scheme().isHttp() && !context.settings().exchange().isEmpty()
                && !recorder.hasFailed()) {
            new ExchangeRunner(context, recorder, socket).run(channel,
                    context.settings().exchange());
        }
    }

    /** What the proxy's answer says of who failed (RFC 9209) matters for any protocol behind it. */
    private static HttpFacts refused(Destination destination, ProxyReply.Refused refusal) {
        return new HttpFacts("CONNECT", destination.target().url(), refusal.status(),
                refusal.version(), refusal.headers(), 0, HttpFacts.AnsweredBy.PROXY);
    }
}
