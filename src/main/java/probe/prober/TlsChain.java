package probe.prober;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import probe.attempt.CertificateFault;

/**
 * Finds everything that is wrong with a chain, where a path validation stops at the first fault. Works on what the
 * peer sent and on nothing else: no network, no revocation lists.
 *
 * @param path the peer's certificate first, then each one's issuer as far as the peer sent it
 * @param anchors whom this machine trusts
 */
record TlsChain(List<X509Certificate> path, Collection<X509Certificate> anchors) {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1"; // RFC 5280 §4.2.1.12
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final int MAX_CAUSES = 8;
    /** Bits of the key usage, RFC 5280 §4.2.1.3. */
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;
    private static final int CERTIFICATE_SIGNING = 5;

    /** Follows the issuers from the first certificate; what was sent beside the path is left out of it. */
    static TlsChain of(List<X509Certificate> sent, Collection<X509Certificate> anchors) {
        List<X509Certificate> path = new ArrayList<>(List.of(sent.getFirst()));
        TlsChain chain = new TlsChain(path, anchors);
        X509Certificate next = chain.above(sent);
        while (next != null) {
            path.add(next);
            next = chain.above(sent);
        }
        return chain;
    }

    private @Nullable X509Certificate above(List<X509Certificate> sent) {
        X509Certificate top = path.getLast();
        if (isSelfSigned(top) || isAnchored()) {
            return null;
        }
        return sent.stream()
                .filter(c -> isIssuedBy(top, c) && !path.contains(c))
                .findFirst()
                .orElse(null);
    }

    /**
     * The faults of the path itself, in the order of {@link CertificateFault}; the name is not looked at.
     *
     * @param refusal what the runtime's own validation threw, or null when it accepted the chain
     */
    Set<CertificateFault> faults(Instant now, @Nullable Exception refusal) {
        Set<CertificateFault> faults = EnumSet.noneOf(CertificateFault.class);
        // A path that the runtime trusts may be another one than the peer sent: only its first certificate is sure
        // to be part of it. That one must be valid now even where it is trusted itself, which JSSE does not check.
        dates(refusal == null ? path.subList(0, 1) : path, now, faults);
        if (refusal == null) {
            return faults;
        }
        if (!isAnchored()) {
            faults.add(path.size() == 1 && isSelfSigned(path.getFirst())
                    ? CertificateFault.SELF_SIGNED
                    : CertificateFault.UNKNOWN_ISSUER);
        }
        if (isConstrained(refusal) || hasWeakness()) {
            faults.add(CertificateFault.WEAK);
        }
        if (!isForServers(path.getFirst()) || !path.stream().skip(1).allMatch(TlsChain::maySign)) {
            faults.add(CertificateFault.WRONG_USAGE);
        }
        if (faults.isEmpty()) {
            faults.add(CertificateFault.OTHER);
        }
        return faults;
    }

    private static void dates(List<X509Certificate> certificates, Instant now,
            Set<CertificateFault> faults) {
        for (X509Certificate certificate : certificates) {
            if (certificate.getNotAfter().toInstant().isBefore(now)) {
                faults.add(CertificateFault.EXPIRED);
            }
            if (certificate.getNotBefore().toInstant().isAfter(now)) {
                faults.add(CertificateFault.NOT_YET_VALID);
            }
        }
    }

    private boolean isAnchored() {
        X509Certificate top = path.getLast();
        return anchors.stream().anyMatch(anchor -> anchor.equals(top) || isIssuedBy(top, anchor));
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return isIssuedBy(certificate, certificate);
    }

    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException otherKey) {
            return false;
        }
    }

    private static boolean isForServers(X509Certificate certificate) {
        try {
            List<String> extended = certificate.getExtendedKeyUsage();
            boolean[] usage = certificate.getKeyUsage();
            return (extended == null || extended.contains(SERVER_AUTH)
                    || extended.contains(ANY_USAGE))
                    && (usage == null || usage[DIGITAL_SIGNATURE] || usage[KEY_ENCIPHERMENT]
                            || usage[KEY_AGREEMENT]);
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }

    /** Whether it may issue certificates, RFC 5280 §4.2.1.9 and §4.2.1.3. */
    private static boolean maySign(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0
                && (usage == null || usage[CERTIFICATE_SIGNING]);
    }

    private boolean hasWeakness() {
        for (int i = 0; i < path.size(); i++) {
            if (isWeak(path.get(i), i + 1 < path.size() ? path.get(i + 1) : null)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the policy of the runtime (security property {@code jdk.certpath.disabledAlgorithms}) refuses key or
     * signature. That policy has no interface of its own, so the certificate is validated alone, at a time when it is
     * valid, under an anchor made up from it where its issuer is not known; every other reason is ignored.
     */
    private static boolean isWeak(X509Certificate certificate, @Nullable X509Certificate issuer) {
        TrustAnchor anchor = issuer == null
                ? new TrustAnchor(certificate.getIssuerX500Principal(), certificate.getPublicKey(),
                        null)
                : new TrustAnchor(issuer, null);
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(certificate.getNotAfter());
            CertPath alone = CertificateFactory.getInstance("X.509")
                    .generateCertPath(List.of(certificate));
            CertPathValidator.getInstance("PKIX").validate(alone, parameters);
            return false;
        } catch (GeneralSecurityException | RuntimeException refused) {
            return isConstrained(refused);
        }
    }

    private static boolean isConstrained(Exception thrown) {
        Throwable at = thrown;
        for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            if (at instanceof CertPathValidatorException path
                    && path.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }
}
