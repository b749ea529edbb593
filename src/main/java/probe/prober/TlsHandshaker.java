package probe.prober;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.TlsFacts;
import probe.profile.TimeoutName;
import probe.profile.TlsSettings;
import probe.target.Target;

/** Makes a TLS handshake over an open connection and records what was seen of it, also when it fails. */
final class TlsHandshaker {
    private final TlsSettings settings;

    TlsHandshaker(TlsSettings settings) {
        this.settings = settings;
    }

    /** The secured socket, or null when the handshake failed: then the recorder knows why. */
    @Nullable
    Socket handshake(TapSocket socket, Target target, ProbeContext context,
            AttemptRecorder recorder) {
        recorder.inForce(TimeoutName.TLS);
        recorder.begin(Phase.TLS);
        Limit limit = context.deadline().limit(TimeoutName.TLS);
        String serverName = settings.serverName() == null ? target.host() : settings.serverName();
        try (Watchdog.Guard guard = context.watchdog().guard(limit, () -> {
            recorder.fail(FailureName.TIMED_OUT, limit.name(), null);
            ExchangeRunner.close(socket);
        })) {
            try {
                SSLSocket tls = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                        .createSocket(socket,
                                serverName, target.port(), true);
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(parameters);
                tls.startHandshake();
                recorder.end();
                recorder.tls(new TlsFacts(serverName, tls.getSession().getProtocol(),
                        tls.getSession().getCipherSuite(),
                        null, List.of(), List.of(), null, TlsFacts.ClientCertificate.NOT_ASKED));
                return tls;
            } catch (IOException | RuntimeException e) {
                SocketFailures seen = SocketFailures.of(e, limit, guard.fired());
                recorder.fail(
                        seen.name() == FailureName.UNKNOWN ? FailureName.TLS_FAILED : seen.name(),
                        seen.limit(),
                        e);
                return null;
            }
        }
    }
}
