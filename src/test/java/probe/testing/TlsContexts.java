package probe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** TLS contexts that present one identity and trust one authority. */
final class TlsContexts {
    private TlsContexts() {}

    static SSLContext trusting(X509Certificate authority) {
        return context(null, authority);
    }

    static SSLContext of(Identity identity, X509Certificate authority) {
        return context(new KeyManager[] {new OneIdentity(identity)}, authority);
    }

    private static SSLContext context(KeyManager @Nullable [] keys, X509Certificate authority) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        } catch (IOException e) {
            throw new UncheckedIOException("an empty key store", e);
        }
    }

    /**
     * Presents its identity whenever one is asked for. The JDK's own key managers hold back what the peer would not
     * accept (expired, wrong usage, weak, other issuers), which is just what has to be sent here.
     */
    private static final class OneIdentity extends X509ExtendedKeyManager {
        private static final String ALIAS = "one";

        private final Identity identity;

        OneIdentity(Identity identity) {
            this.identity = identity;
        }

        /** The type as a signature scheme needs it: an EC key can't sign for an RSA suite. */
        private @Nullable String aliasFor(String keyType) {
            return keyType.startsWith(identity.key().getAlgorithm()) ? ALIAS : null;
        }

        private @Nullable String aliasFor(String[] keyTypes) {
            for (String type : keyTypes) {
                if (aliasFor(type) != null) {
                    return ALIAS;
                }
            }
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType,
                Principal @Nullable [] issuers) {
            return aliasFor(keyType) == null ? null : new String[] {ALIAS};
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return aliasFor(keyTypes);
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return aliasFor(keyTypes);
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType,
                Principal @Nullable [] issuers) {
            return getClientAliases(keyType, issuers);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return aliasFor(keyType);
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return aliasFor(keyType);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.key();
        }
    }
}
