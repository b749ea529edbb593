package probe.prober;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.attempt.Phase;
import probe.attempt.ProxyFacts;
import probe.attempt.Via;
import probe.profile.ProxySettings;
import probe.profile.TimeoutName;
import probe.target.Target;

/**
 * Opens what an attempt speaks over: TCP to the one pinned address, a tunnel where the way leads
 * through a proxy, TLS where the target speaks it. Each is a phase with its own limit.
 *
 * <p>Connecting to the proxy itself is the connect phase, as it is this machine's handshake with one
 * address; asking the proxy to connect onwards is the proxy phase.
 */
final class ChannelOpener {
    private final Via via;
    private final Destination destination;
    private final ProbeContext context;
    private final AttemptRecorder recorder;
    private final List<String> alpn;
    private final Proxying proxying;
    private final Resolver resolver = Resolver.SYSTEM;
    private ProxyReply.@Nullable Refused refusal;

    /** How a proxy is asked. */
    enum Proxying {
        /** For a tunnel where the target needs one, else for the request itself. */
        AS_NEEDED,
        /** For a tunnel always: a proxy of HTTP/1.1 passes on no other version. */
        TUNNELLED
    }

    /** Opens for a protocol that is not named in the handshake. */
    ChannelOpener(
            Via via, Destination destination, ProbeContext context, AttemptRecorder recorder) {
        this(via, destination, context, recorder, List.of(), Proxying.AS_NEEDED);
    }

    /** Opens; {@code alpn} names the protocols to offer over TLS, by preference (RFC 7301). */
    ChannelOpener(
            Via via, Destination destination, ProbeContext context, AttemptRecorder recorder,
            List<String> alpn, Proxying proxying) {
        this.alpn = alpn;
        this.proxying = proxying;
        this.via = via;
        this.destination = destination;
        this.context = context;
        this.recorder = recorder;
    }

    /** The socket, tunnelled and secured, or null when a phase failed: then the recorder knows why. */
    @Nullable
    Socket open(TapSocket socket) {
        Target target = destination.target();
        if (!reach(socket, target)) {
            return null;
        }
        if (!target.scheme().isTls()) {
            return socket;
        }
        return new TlsHandshaker(context.settings().tls())
                .handshake(socket, target, context, recorder, alpn);
    }

    /** What the proxy said when it would not connect onwards; null where it did, or was not asked. */
    ProxyReply.@Nullable Refused refusal() {
        return refusal;
    }

    private boolean reach(TapSocket socket, Target target) {
        ProxySettings proxy = context.settings().proxy();
        if (proxy == null) {
            return connect(socket);
        }
        recorder.proxy(new ProxyFacts(proxy.toString(), proxy.origin().id(), null, null));
        if (proxying == Proxying.AS_NEEDED && !ProxyTunnel.isNeeded(proxy, target)) {
            return connect(socket);
        }
        ProxyTunnel tunnel = new ProxyTunnel(proxy, context, recorder);
        if (!tunnel.resolve(target, resolver) || !connect(socket)) {
            return false;
        }
        ProxyReply reply = tunnel.open(socket, target);
        refusal = reply instanceof ProxyReply.Refused refused ? refused : null;
        return reply instanceof ProxyReply.Open;
    }

    private boolean connect(TapSocket socket) {
        FirstConnect.isBehindUs();
        context.watchdog().wake();
        context.listener().connecting(via, socket, destination.socketAddress());
        Limit limit = context.deadline().limit(TimeoutName.CONNECT);
        recorder.begin(Phase.CONNECT);
        try (Watchdog.Guard _ = recorder.watch(limit)) {
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
