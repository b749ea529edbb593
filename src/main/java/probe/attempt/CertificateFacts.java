package probe.attempt;

import java.time.Instant;
import java.util.List;

/**
 * One certificate of the peer's chain.
 *
 * @param subject distinguished name, control characters escaped
 * @param issuer distinguished name of who signed it
 * @param notBefore valid from
 * @param notAfter valid until
 * @param names DNS names and addresses it is for (subject alternative names)
 */
public record CertificateFacts(String subject, String issuer, Instant notBefore, Instant notAfter,
        List<String> names) {}
