package probe.profile;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust, who to be, and which TLS to speak.
 *
 * @param caCertificates PEM file of the only trusted issuers, or null for those of the runtime
 * @param certificate PEM or PKCS#12 file of the client's certificate, or null
 * @param key PEM file of the client's key when it is not in {@code certificate}, or null
 * @param verification whether the peer must prove who it is
 * @param minimum lowest protocol offered, such as {@code TLSv1.2}, or null for the runtime's own
 * @param maximum highest protocol offered, or null
 * @param serverName the name sent as SNI and verified instead of the target's host, or null
 */
public record TlsSettings(@Nullable Path caCertificates, @Nullable Path certificate,
        @Nullable Path key,
        Verification verification, @Nullable String minimum, @Nullable String maximum,
        @Nullable String serverName) {

    /** Whether the peer must prove who it is. */
    public enum Verification {
        /** Chain and name are checked. */
        REQUIRED,
        /** {@code --insecure}: the faults of the chain are recorded, and forgiven. */
        FORGIVEN
    }

    /** The runtime's trust, no client certificate. */
    public static TlsSettings defaults() {
        return new TlsSettings(null, null, null, Verification.REQUIRED, null, null, null);
    }
}
