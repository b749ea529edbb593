package probe.prober;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import probe.profile.TlsSettings;

/**
 * What {@link TlsSettings} stand for, read and checked: whom to trust, who to be, which protocols to offer. Settings
 * are read once in the life of the program, however many targets go by them.
 */
public final class TlsMaterial {
    private static final Map<TlsSettings, TlsMaterial> LOADED = new ConcurrentHashMap<>();

    private final X509ExtendedTrustManager trust;
    private final @Nullable TlsIdentity identity;
    private final List<String> protocols;

    private TlsMaterial(X509ExtendedTrustManager trust, @Nullable TlsIdentity identity,
            List<String> protocols) {
        this.trust = trust;
        this.identity = identity;
        this.protocols = protocols;
    }

    /**
     * Reads everything that the settings name, so that nothing is opened towards a target with settings that cannot
     * work.
     *
     * @throws TlsSettingsException when a file or a protocol cannot be used
     */
    public static TlsMaterial load(TlsSettings settings) {
        TlsMaterial known = LOADED.get(settings);
        if (known == null) {
            known = read(settings);
            LOADED.put(settings, known);
        }
        return known;
    }

    private static TlsMaterial read(TlsSettings settings) {
        try {
            KeyStore anchors = settings.caCertificates() == null
                    ? null
                    : TlsFiles.anchors(settings.caCertificates());
            TlsMaterial material = new TlsMaterial(trust(anchors), TlsFiles.identity(settings),
                    TlsVersion.range(settings.minimum(), settings.maximum(), available()));
            material.warmUp();
            return material;
        } catch (SSLException | GeneralSecurityException e) {
            throw new TlsSettingsException("this Java runtime cannot speak TLS: " + e.getMessage());
        }
    }

    /** Trust in these anchors alone, or in those of the runtime. */
    private static X509ExtendedTrustManager trust(@Nullable KeyStore anchors)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }

    /**
     * Makes a ClientHello for nobody. The first one of a JVM loads classes and seeds generators for some 100 ms, which
     * would count as part of the first handshake measured, and against its limit.
     */
    private void warmUp() throws GeneralSecurityException, SSLException {
        SSLEngine engine = context(TlsSettings.Verification.REQUIRED, "warm-up",
                new TlsWitness(null, protocols)).createSSLEngine();
        engine.setUseClientMode(true);
        engine.beginHandshake();
        engine.wrap(ByteBuffer.allocate(0),
                ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
    }

    /** What a client offers by itself: all that the security property jdk.tls.disabledAlgorithms leaves. */
    private static List<String> available() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        // Empty and not null: null would read the runtime's trusted certificates once more.
        context.init(new KeyManager[0], new TrustManager[0], null);
        return List.of(context.getDefaultSSLParameters().getProtocols());
    }

    /**
     * A context for one handshake. Each has its own, so that no session is ever resumed: a resumed handshake shows
     * no certificates.
     */
    SSLContext context(TlsSettings.Verification verification, String name, TlsWitness witness)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new TlsClientKeys[] {new TlsClientKeys(identity, witness)},
                new TlsTrust[] {new TlsTrust(trust, verification, name, witness)}, null);
        return context;
    }

    /** The protocols to offer, by JSSE's names. */
    List<String> protocols() {
        return protocols;
    }

    /** Whom this trusts. */
    List<X509Certificate> anchors() {
        return List.of(trust.getAcceptedIssuers());
    }
}
