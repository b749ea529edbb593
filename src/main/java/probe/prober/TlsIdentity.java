package probe.prober;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who the client is. Never shows its key.
 *
 * @param key the private key of the first certificate
 * @param chain what is sent to the server, own certificate first
 */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

    /**
     * Whether the certificate is of one of JSSE's key types, which are the names of key algorithms with, for servers
     * of old suites, the issuer's behind an underscore ({@code EC_RSA}).
     */
    boolean isOfType(String keyType) {
        String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
        return keyType.equals(algorithm) || keyType.startsWith(algorithm + "_");
    }

    @Override
    public String toString() {
        return "identity of " + chain.getFirst().getSubjectX500Principal().getName();
    }
}
