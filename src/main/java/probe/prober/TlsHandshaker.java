package probe.prober;

import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.profile.TimeoutName;
import probe.profile.TlsSettings;
import probe.target.Target;

/** Makes a TLS handshake over an open connection and records what was seen of it, also when it fails. */
final class TlsHandshaker {
    private final TlsSettings settings;

    TlsHandshaker(TlsSettings settings) {
        this.settings = settings;
    }

    /** As {@link #handshake(TapSocket, Target, ProbeContext, AttemptRecorder, List)}, without ALPN. */
    @Nullable
    SSLSocket handshake(TapSocket socket, Target target, ProbeContext context,
            AttemptRecorder recorder) {
        return handshake(socket, target, context, recorder, List.of());
    }

    /**
     * The secured socket, which closes {@code socket} when it is closed; or null when the handshake failed: then the
     * recorder knows why, and {@code socket} is still the caller's to close.
     *
     * @param alpn the application protocols to offer (RFC 7301), by preference; empty for none
     */
    @Nullable
    SSLSocket handshake(TapSocket socket, Target target, ProbeContext context,
            AttemptRecorder recorder, List<String> alpn) {
        recorder.inForce(TimeoutName.TLS);
        try {
            TlsMaterial material = TlsMaterial.load(settings);
            recorder.begin(Phase.TLS);
            String name = settings.serverName() == null ? target.host() : settings.serverName();
            return new TlsHandshake(socket, context, recorder, material, name)
                    .run(settings.verification(), target.port(), alpn);
        } catch (TlsSettingsException e) {
            // Whoever asked for the probe loads the settings first and never comes here with bad ones.
            recorder.begin(Phase.TLS);
            recorder.fail(FailureName.TLS_FAILED, null, e);
            return null;
        }
    }
}
