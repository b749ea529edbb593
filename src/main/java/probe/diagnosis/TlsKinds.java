package probe.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.CertificateFault;
import probe.attempt.Excerpt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.TlsFacts;
import probe.attempt.TlsFacts.ClientCertificate;

/** From what was seen of a failed TLS handshake to its {@link Kind}. */
final class TlsKinds {

    /**
     * Which of several faults of one chain names the kind. A certificate for another name is somebody else's:
     * what more is wrong with it says nothing of this service. Then who signed it, because the dates of a
     * certificate that nobody vouches for are a mere claim. Then the dates, and what is left.
     */
    private static final List<CertificateFault> ORDER = List.of(CertificateFault.NAME_MISMATCH,
            CertificateFault.SELF_SIGNED, CertificateFault.UNKNOWN_ISSUER,
            CertificateFault.NOT_YET_VALID,
            CertificateFault.EXPIRED, CertificateFault.WEAK, CertificateFault.WRONG_USAGE,
            CertificateFault.OTHER);

    private TlsKinds() {}

    /** The kind of a handshake that failed with an alert, a refused chain or for another reason. */
    static Kind of(Attempt attempt, Failure failure) {
        TlsFacts tls = attempt.tls();
        if (failure.name() == FailureName.CERTIFICATE_REJECTED) {
            return ofFault(tls == null ? List.of() : tls.faults());
        }
        if (tls != null && tls.alert() != null) {
            return ofAlert(tls.alert(), tls.clientCertificate());
        }
        return failure.name() == FailureName.TLS_ALERT ? Kind.TLS_ALERT
                : failedHere(attempt, failure, tls);
    }

    /** The kind of a handshake, or of a first request after it, that the peer cut off. */
    static Kind ended(Attempt attempt) {
        TlsFacts tls = attempt.tls();
        if (tls != null && tls.alert() != null) {
            return ofAlert(tls.alert(), tls.clientCertificate());
        }
        return tls != null && tls.clientCertificate() == ClientCertificate.MISSING
                ? Kind.TLS_CLIENT_CERT_REQUIRED
                : Kind.TLS_CLOSED;
    }

    private static Kind ofFault(List<CertificateFault> faults) {
        for (CertificateFault fault : ORDER) {
            if (faults.contains(fault)) {
                return kindOf(fault);
            }
        }
        return Kind.TLS_CERT_UNTRUSTED;
    }

    private static Kind kindOf(CertificateFault fault) {
        return switch (fault) {
            case NAME_MISMATCH -> Kind.TLS_CERT_NAME_MISMATCH;
            case SELF_SIGNED -> Kind.TLS_CERT_SELF_SIGNED;
            case NOT_YET_VALID -> Kind.TLS_CERT_NOT_YET_VALID;
            case EXPIRED -> Kind.TLS_CERT_EXPIRED;
            case UNKNOWN_ISSUER, WEAK, WRONG_USAGE, OTHER -> Kind.TLS_CERT_UNTRUSTED;
        };
    }

    /** Alert codes of RFC 8446 §6 and RFC 5246 §7.2. */
    private static Kind ofAlert(int alert, ClientCertificate client) {
        return switch (alert) {
            // protocol_version, inappropriate_fallback
            case 70, 86 -> Kind.TLS_PROTOCOL_MISMATCH;
            // handshake_failure says nothing more; but a certificate is asked for only once a cipher suite has
            // been agreed on (RFC 5246 §7.4.4, RFC 8446 §4.3.2), so having been asked rules the suites out.
            case 40 -> client == ClientCertificate.NOT_ASKED ? Kind.TLS_CIPHER_MISMATCH
                    : Kind.TLS_CLIENT_CERT_REQUIRED;
            // insufficient_security
            case 71 -> Kind.TLS_CIPHER_MISMATCH;
            // certificate_required
            case 116 -> Kind.TLS_CLIENT_CERT_REQUIRED;
            // no_certificate (SSL 3), bad_, unsupported_, revoked, expired, unknown certificate, unknown_ca,
            // access_denied: from a server they speak of our certificate, if it asked for one.
            case 41, 42, 43, 44, 45, 46, 48,
                    49 -> client == ClientCertificate.NOT_ASKED ? Kind.TLS_ALERT
                            : Kind.TLS_CLIENT_CERT_REQUIRED;
            default -> Kind.TLS_ALERT;
        };
    }

    /** Given up on this machine, without an alert from the peer and without a refused chain. */
    private static Kind failedHere(Attempt attempt, Failure failure, @Nullable TlsFacts tls) {
        if (failure.phase() != Phase.TLS) {
            return Kind.PROTOCOL_ERROR; // A record that cannot be read, in the middle of the talk.
        }
        Excerpt received = attempt.received();
        if (received != null && !received.isEmpty()
                && SpokenProtocol.of(received) != SpokenProtocol.TLS) {
            return Kind.TLS_NOT_TLS;
        }
        // Not a byte went out: what we are allowed to offer is empty.
        if (attempt.bytes().sent() == 0 || tls != null && tls.choseOtherProtocol()) {
            return Kind.TLS_PROTOCOL_MISMATCH;
        }
        return attempt.bytes().received() > 0 ? Kind.PROTOCOL_ERROR : Kind.TLS_CLOSED;
    }
}
