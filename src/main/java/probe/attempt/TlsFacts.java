package probe.attempt;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a TLS handshake, also of one that failed.
 *
 * @param serverName the name sent as SNI and verified, or null
 * @param protocol the protocol that the peer chose, such as {@code TLSv1.3}, or null
 * @param cipher negotiated cipher suite, or null
 * @param alpn negotiated application protocol, or null
 * @param chain the peer's certificates, leaf first, also when they were refused
 * @param faults everything that is wrong with the chain, not the first alone
 * @param alert code of the fatal alert that the peer sent (RFC 8446 §6), or null
 * @param clientCertificate whether the peer asked for one
 * @param clientIssuers whose certificates the peer said it takes, distinguished names; empty when it named nobody
 * @param offered the protocols that we offered; empty where that was not recorded
 */
public record TlsFacts(@Nullable String serverName, @Nullable String protocol,
        @Nullable String cipher, @Nullable String alpn, List<CertificateFacts> chain,
        List<CertificateFault> faults, @Nullable Integer alert, ClientCertificate clientCertificate,
        List<String> clientIssuers, List<String> offered) {

    /** Facts without what was offered by us and named by the peer. */
    public TlsFacts(@Nullable String serverName, @Nullable String protocol, @Nullable String cipher,
            @Nullable String alpn, List<CertificateFacts> chain, List<CertificateFault> faults,
            @Nullable Integer alert, ClientCertificate clientCertificate) {
        this(serverName, protocol, cipher, alpn, chain, faults, alert, clientCertificate, List.of(),
                List.of());
    }

    /** Whether the peer chose a protocol that we had not offered, as servers older than our settings do. */
    public boolean choseOtherProtocol() {
        return protocol != null && !offered.isEmpty() && !offered.contains(protocol);
    }

    /** These facts with the alert that came after the handshake. */
    public TlsFacts withAlert(int code) {
        return new TlsFacts(serverName, protocol, cipher, alpn, chain, faults, code,
                clientCertificate, clientIssuers, offered);
    }

    /** Whether the peer asked for a client certificate, and whether there was one to give. */
    public enum ClientCertificate {
        /** The peer did not ask. */
        NOT_ASKED("not-asked"),
        /** The peer asked, and we had none to give. */
        MISSING("missing"),
        /** The peer asked, and one was given. */
        GIVEN("given");

        private final String id;

        ClientCertificate(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The value with this {@link #id()}. */
        public static Optional<ClientCertificate> byId(String id) {
            for (ClientCertificate value : values()) {
                if (value.id.equals(id)) {
                    return Optional.of(value);
                }
            }
            return Optional.empty();
        }
    }
}
