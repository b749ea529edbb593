package probe.prober;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.TlsFacts;
import probe.attempt.Via;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.Step;
import probe.profile.Timeouts;
import probe.profile.TlsSettings;
import probe.profile.TlsSettings.Verification;
import probe.target.Scheme;
import probe.target.Target;
import probe.testing.FaultServer;
import probe.testing.TestCertificates;

/** One attempt at a loopback server, as {@code tls://} makes it, trusting the root of the tests. */
record TlsProbe(String host, TlsSettings tls, Duration limit, Duration deadline, Scheme scheme,
        List<Step> script) {
    /** Never reached by what is not meant to time out. */
    private static final Duration PLENTY = Duration.ofSeconds(20);

    static TlsProbe asking(String host) {
        return new TlsProbe(host, TlsSettings.defaults(), PLENTY, PLENTY.multipliedBy(2),
                Scheme.TLS,
                List.of()).trusting(TestCertificates.rootPem());
    }

    private static TlsSettings with(TlsSettings old, @Nullable Path anchors,
            @Nullable Path certificate,
            @Nullable Path key, Verification verification) {
        return new TlsSettings(anchors, certificate, key, verification, old.minimum(),
                old.maximum(),
                old.serverName());
    }

    TlsProbe trusting(@Nullable Path anchors) {
        return with(with(tls, anchors, tls.certificate(), tls.key(), tls.verification()));
    }

    TlsProbe being(Path certificate, @Nullable Path key) {
        return with(with(tls, tls.caCertificates(), certificate, key, tls.verification()));
    }

    TlsProbe forgiving() {
        return with(with(tls, tls.caCertificates(), tls.certificate(), tls.key(),
                Verification.FORGIVEN));
    }

    TlsProbe versions(@Nullable String lowest, @Nullable String highest) {
        return with(new TlsSettings(tls.caCertificates(), tls.certificate(), tls.key(),
                tls.verification(), lowest, highest, tls.serverName()));
    }

    TlsProbe serverName(String name) {
        return with(new TlsSettings(tls.caCertificates(), tls.certificate(), tls.key(),
                tls.verification(), tls.minimum(), tls.maximum(), name));
    }

    TlsProbe with(TlsSettings other) {
        return new TlsProbe(host, other, limit, deadline, scheme, script);
    }

    TlsProbe limits(Duration handshake, Duration everything) {
        return new TlsProbe(host, tls, handshake, everything, scheme, script);
    }

    /** As {@code tcp://} does, with this script. */
    TlsProbe script(Scheme other, Step... steps) {
        return new TlsProbe(host, tls, limit, deadline, other, List.of(steps));
    }

    Attempt attempt(FaultServer server) {
        return attempt(server.address(), AttemptListener.NONE);
    }

    /** Connects and makes a handshake with these application protocols, and nothing else. */
    Attempt handshake(FaultServer server, List<String> alpn) {
        InetSocketAddress address = server.address();
        Target target = new Target(host, scheme, host, address.getPort(), "", null);
        Settings settings = Settings.defaults().withTls(tls).withTimeouts(timeouts());
        try (Watchdog watchdog = new Watchdog();
                TapSocket socket = new TapSocket(Ticker.SYSTEM)) {
            ProbeContext context = new ProbeContext(settings,
                    Deadline.start(Ticker.SYSTEM, settings.timeouts()), watchdog,
                    AttemptListener.NONE);
            AttemptRecorder recorder = new AttemptRecorder(Via.SOCKET, new Destination(target,
                    address.getAddress(), address.getPort(), null), context);
            recorder.socket(socket);
            socket.connect(address, 5000);
            new TlsHandshaker(tls).handshake(socket, target, context, recorder, alpn);
            return recorder.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Attempt attempt(InetSocketAddress address, AttemptListener listener) {
        Target target = new Target(host, scheme, host, address.getPort(), "", null);
        Settings settings = Settings.defaults()
                .withTls(tls)
                .withExchange(new ArrayList<>(script))
                .withTimeouts(timeouts());
        try (Watchdog watchdog = new Watchdog()) {
            ProbeContext context = new ProbeContext(settings,
                    Deadline.start(Ticker.SYSTEM, settings.timeouts()), watchdog, listener);
            return new SocketProber().attempt(
                    new Destination(target, address.getAddress(), address.getPort(), null),
                    context);
        }
    }

    private Timeouts timeouts() {
        Setting<Duration> plenty = Setting.ofFlag(PLENTY);
        return new Timeouts(plenty, plenty, Setting.ofFlag(limit), plenty, plenty,
                Setting.ofFlag(deadline));
    }

    /** The failure that there has to be. */
    static Failure failure(Attempt attempt) {
        Failure failure = attempt.failure();
        if (failure == null) {
            throw new AssertionError("succeeded: " + attempt);
        }
        return failure;
    }

    /** The facts that there have to be. */
    static TlsFacts facts(Attempt attempt) {
        TlsFacts facts = attempt.tls();
        if (facts == null) {
            throw new AssertionError("no TLS facts: " + attempt);
        }
        return facts;
    }
}
