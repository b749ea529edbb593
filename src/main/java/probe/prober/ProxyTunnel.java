package probe.prober;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.ProxyFacts;
import probe.profile.ProxySettings;
import probe.profile.TimeoutName;
import probe.target.HostPort;
import probe.target.Scheme;
import probe.target.Target;

/**
 * Asks a proxy to connect onwards: CONNECT (RFC 9110 §9.3.6) or SOCKS 5 (RFC 1928). Its silence is
 * limited by the socket timeout, as it may itself be waiting for the target.
 */
final class ProxyTunnel {
    private final ProxySettings proxy;
    private final ProbeContext context;
    private final AttemptRecorder recorder;
    private @Nullable InetAddress resolved;

    ProxyTunnel(ProxySettings proxy, ProbeContext context, AttemptRecorder recorder) {
        this.proxy = proxy;
        this.context = context;
        this.recorder = recorder;
    }

    /** Whether the target is reached through a tunnel: all but plain HTTP over an HTTP proxy. */
    static boolean isNeeded(ProxySettings proxy, Target target) {
        return proxy.kind() != ProxySettings.Kind.HTTP || target.scheme() != Scheme.HTTP;
    }

    /** Turns the target's name into an address where the proxy is not to do so, or records why not. */
    boolean resolve(Target target, Resolver resolver) {
        if (proxy.kind() != ProxySettings.Kind.SOCKS5 || HostPort.isAddressLiteral(target.host())) {
            return true; // nothing to look up: a phase that was not gone through is not to be seen
        }
        recorder.inForce(TimeoutName.DNS);
        recorder.begin(Phase.RESOLVE);
        Resolution resolution = new NameResolution(resolver).resolve(target.hostPort(), context);
        if (resolution.failure() != null) {
            recorder.fail(resolution.failure().name(), resolution.failure().limit(), null);
            return false;
        }
        recorder.end();
        resolved = resolution.addresses().getFirst();
        return true;
    }

    /**
     * Opens the tunnel over a connection to the proxy, or records why not.
     *
     * @return what the proxy said, or null when it did not come to say anything
     */
    @Nullable
    ProxyReply open(TapSocket socket, Target target) {
        recorder.inForce(TimeoutName.SOCKET);
        recorder.begin(Phase.PROXY);
        socket.tap().mark();
        ProxyStream stream = new ProxyStream(socket, context.deadline());
        try {
            ProxyReply reply = ask(stream, target);
            switch (reply) {
                case ProxyReply.Open() -> {
                    socket.setSoTimeout(0);
                    socket.tap().mark();
                    recorder.end();
                }
                case ProxyReply.Refused refused -> {
                    recorder.proxy(new ProxyFacts(proxy.toString(), proxy.origin().id(),
                            refused.status(), refused.words()));
                    recorder.fail(FailureName.PROXY_REFUSED, null, null);
                }
                case ProxyReply.Malformed() -> {
                    recorder.received(socket.tap().excerpt());
                    recorder.fail(FailureName.MALFORMED, null, null);
                }
            }
            return reply;
        } catch (IOException | RuntimeException e) {
            failed(e, stream.limit(), socket.tap());
            return null;
        }
    }

    private void failed(Exception thrown, Limit limit, Tap tap) {
        SocketFailures seen = SocketFailures.of(thrown, limit, null);
        boolean cut = thrown instanceof EOFException && !tap.excerpt().isEmpty();
        recorder.received(tap.excerpt().isEmpty() ? null : tap.excerpt());
        recorder.fail(cut ? FailureName.TRUNCATED : seen.name(), seen.limit(), thrown);
    }

    private ProxyReply ask(ProxyStream stream, Target target) throws IOException {
        return switch (proxy.kind()) {
            case HTTP -> new ConnectDialogue(stream, proxy.userInfo())
                    .ask(new HostPort(target.host(), target.port()));
            case SOCKS5, SOCKS5_REMOTE_NAMES -> new SocksDialogue(stream, proxy.userInfo())
                    .ask(target, address(target));
        };
    }

    /** An address literal goes as an address in any case. */
    private @Nullable InetAddress address(Target target) {
        return resolved != null || !HostPort.isAddressLiteral(target.host()) ? resolved
                : InetAddress.ofLiteral(target.host());
    }
}
