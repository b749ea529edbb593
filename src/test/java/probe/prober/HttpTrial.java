package probe.prober;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;
import probe.attempt.Attempt;
import probe.profile.HttpSettings;
import probe.profile.ProxySettings;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;
import probe.profile.TlsSettings;
import probe.target.Target;
import probe.target.TargetParser;
import probe.testing.FaultServer;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** One attempt of a test, with all that it needs; immutable, each call gives a new one. */
record HttpTrial(Prober prober, Settings settings, AttemptListener listener) {
    /** Longer than any test may take, so that only the limit under test fires. */
    private static final Duration NEVER = Duration.ofSeconds(20);

    /** An attempt of HttpClient in which no limit fires. */
    static HttpTrial http() {
        return of(new HttpProber());
    }

    static HttpTrial of(Prober prober) {
        Setting<Duration> never = Setting.ofDefault(NEVER);
        Timeouts timeouts = new Timeouts(never, never, never, never, never, never);
        return new HttpTrial(
                prober, Settings.defaults().withTimeouts(timeouts), AttemptListener.NONE);
    }

    /** Loads every class that an attempt needs: no deadline of a test is to pay for that. */
    static void warmUp() {
        try (FaultServer server = FaultServer.builder()
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .start()) {
            trusting().attempt(server.uri("/").toString());
        }
    }

    /** As {@link #http()}, trusting the certificates of tests. */
    static HttpTrial trusting() {
        return http().tls(new TlsSettings(TestCertificates.rootPem(), null, null,
                TlsSettings.Verification.REQUIRED, null, null, "localhost"));
    }

    HttpTrial limit(TimeoutName name, Duration value) {
        Timeouts now = settings.timeouts();
        Setting<Duration> set = Setting.ofFlag(value);
        return with(
                settings.withTimeouts(
                        new Timeouts(
                                name == TimeoutName.DNS ? set : now.dns(),
                                name == TimeoutName.CONNECT ? set : now.connect(),
                                name == TimeoutName.TLS ? set : now.tls(),
                                name == TimeoutName.CONNECTION_REQUEST
                                        ? set
                                        : now.connectionRequest(),
                                name == TimeoutName.SOCKET ? set : now.socket(),
                                name == TimeoutName.DEADLINE ? set : now.deadline())));
    }

    HttpTrial http(UnaryOperator<HttpSettings> change) {
        return with(settings.withHttp(change.apply(settings.http())));
    }

    HttpTrial tls(TlsSettings tls) {
        return with(settings.withTls(tls));
    }

    HttpTrial proxy(ProxySettings proxy) {
        return with(settings.withProxy(proxy));
    }

    HttpTrial listener(AttemptListener other) {
        return new HttpTrial(prober, settings, other);
    }

    private HttpTrial with(Settings other) {
        return new HttpTrial(prober, other, listener);
    }

    /** Attempts a URL whose host is an address literal. */
    Attempt attempt(String url) {
        Target target = TargetParser.parse(url);
        return attempt(url, InetAddress.ofLiteral(target.host()), target.port());
    }

    /** Attempts a URL at a given place. */
    Attempt attempt(String url, InetSocketAddress at) {
        return attempt(url, at.getAddress(), at.getPort());
    }

    private Attempt attempt(String url, InetAddress address, int port) {
        Deadline deadline = Deadline.start(Ticker.SYSTEM, settings.timeouts());
        try (Watchdog watchdog = new Watchdog()) {
            return prober.attempt(
                    new Destination(TargetParser.parse(url), address, port, null),
                    new ProbeContext(settings, deadline, watchdog, listener));
        }
    }
}
