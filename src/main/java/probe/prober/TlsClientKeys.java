package probe.prober;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import probe.attempt.TlsFacts.ClientCertificate;

/**
 * Notes that the server asked for a certificate and whose it would take, and gives the one there is. It gives it
 * whatever issuers the server named, as curl does: then the server says itself what it has against it, where the JDK's
 * own key managers would silently send none.
 */
final class TlsClientKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final @Nullable TlsIdentity identity;
    private final TlsWitness witness;

    TlsClientKeys(@Nullable TlsIdentity identity, TlsWitness witness) {
        this.identity = identity;
        this.witness = witness;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
            @Nullable Socket socket) {
        boolean fits = identity != null && Arrays.stream(keyTypes).anyMatch(identity::isOfType);
        witness.asked(fits ? ClientCertificate.GIVEN : ClientCertificate.MISSING, issuers);
        return fits ? ALIAS : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return identity == null ? null : identity.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return identity != null && identity.isOfType(keyType) ? new String[] {ALIAS} : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] keyTypes,
            Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers,
            @Nullable Socket socket) {
        return null;
    }
}
