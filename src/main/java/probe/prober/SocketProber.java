package probe.prober;

import java.io.IOException;
import java.net.Socket;
import probe.attempt.Attempt;
import probe.attempt.Phase;
import probe.attempt.Via;
import probe.profile.TimeoutName;
import probe.target.Target;

/**
 * The raw socket: connect, TLS handshake if the target speaks it, scripted exchange if there is one. For a URL it
 * stops after the handshake, and stands beside the HttpClient attempt as its comparison.
 */
public final class SocketProber implements Prober {

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

    private static void converse(Destination destination, ProbeContext context,
            AttemptRecorder recorder,
            TapSocket socket) {
        if (!connect(destination, context, recorder, socket)) {
            return;
        }
        Target target = destination.target();
        Socket channel = socket;
        if (target.scheme().isTls()) {
            TlsHandshaker handshaker = new TlsHandshaker(context.settings().tls());
            Socket secured = handshaker.handshake(socket, target, context, recorder);
            if (secured == null) {
                return;
            }
            channel = secured;
        }
        if (!target.scheme().isHttp() && !context.settings().exchange().isEmpty()) {
            new ExchangeRunner(context, recorder, socket).run(channel,
                    context.settings().exchange());
        }
    }

    /** Connects, or records why not. */
    static boolean connect(Destination destination, ProbeContext context, AttemptRecorder recorder,
            TapSocket socket) {
        context.listener().connecting(Via.SOCKET, socket, destination.socketAddress());
        Limit limit = context.deadline().limit(TimeoutName.CONNECT);
        recorder.begin(Phase.CONNECT);
        try {
            socket.connect(destination.socketAddress(), limit.millis());
            recorder.end();
            recorder.connected(socket);
            return true;
        } catch (IOException | RuntimeException e) {
            SocketFailures seen = SocketFailures.of(e, limit, null);
            recorder.fail(seen.name(), seen.limit(), e);
            return false;
        }
    }
}
