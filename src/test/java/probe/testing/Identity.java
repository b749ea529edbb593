package probe.testing;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and the certificates that speak for it.
 *
 * @param key the private key of the first certificate
 * @param chain what is sent to the peer: the own certificate first, then whatever else is sent, in sending order
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
    public Identity {
        chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** The same identity without the certificates above its own. */
    Identity alone() {
        return new Identity(key, List.of(certificate()));
    }
}
