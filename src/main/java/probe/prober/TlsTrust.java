package probe.prober;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import probe.attempt.CertificateFault;
import probe.profile.TlsSettings.Verification;

/**
 * Keeps the peer's chain before anybody judges it, then judges it: the path by the runtime's own validation, the name
 * by {@link TlsNames}. Serves one handshake of a client over a socket.
 */
final class TlsTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager runtime;
    private final Verification verification;
    private final String name;
    private final TlsWitness witness;

    /** Trusts whom {@code runtime} trusts, for the host {@code name}. */
    TlsTrust(X509ExtendedTrustManager runtime, Verification verification, String name,
            TlsWitness witness) {
        this.runtime = runtime;
        this.verification = verification;
        this.name = name;
        this.witness = witness;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        SSLSession session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
        witness.sent(List.of(chain), session);
        CertificateException refusal = pathRefusal(chain, authType, socket);
        Set<CertificateFault> faults = TlsChain.of(List.of(chain), List.of(getAcceptedIssuers()))
                .faults(Clock.systemUTC().instant(), refusal);
        if (!TlsNames.matches(chain[0], name)) {
            faults.add(CertificateFault.NAME_MISMATCH);
        }
        boolean refused = !faults.isEmpty() && verification == Verification.REQUIRED;
        witness.judged(faults, refused ? TlsWitness.Chain.REFUSED : TlsWitness.Chain.ACCEPTED);
        if (refused) {
            throw refusal == null ? new CertificateException("certificate refused: " + faults)
                    : refusal;
        }
    }

    /** What the runtime has against the path, or null. */
    private @Nullable CertificateException pathRefusal(X509Certificate[] chain, String authType,
            Socket socket) {
        try {
            runtime.checkServerTrusted(chain, authType, socket);
            return null;
        } catch (CertificateException e) {
            return e;
        } catch (RuntimeException malformed) {
            return new CertificateException(malformed);
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return runtime.getAcceptedIssuers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("no socket to judge by");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no socket to judge by");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("not a server");
    }
}
