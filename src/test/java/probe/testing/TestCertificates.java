package probe.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import probe.testing.CertificateSpec.Usage;

/**
 * Certificates made for this run: each at its first use, once in the life of the JVM. They exist in memory, as TLS
 * contexts, and as files for {@code --cacert}, {@code --cert} and {@code --key}.
 */
public final class TestCertificates {
    /** Of each PKCS#12 file. */
    public static final String PASSWORD = "changeit";

    private static final Map<TestCertificate, Identity> IDENTITIES = new ConcurrentHashMap<>();

    private TestCertificates() {}

    /** The authorities, made when the first certificate is asked for. */
    private static final class Authorities {
        static final Identity ROOT = CertificateWriter
                .selfSigned(CertificateSpec.authority("probe test root"));
        static final Identity UNKNOWN = CertificateWriter
                .selfSigned(CertificateSpec.authority("probe unknown root"));
        static final Identity INTERMEDIATE = CertificateWriter
                .issued(CertificateSpec.authority("probe test intermediate"), ROOT);
        static final Identity EXPIRED_INTERMEDIATE = CertificateWriter.issued(
                past(CertificateSpec.authority("probe expired intermediate")), ROOT);

        private Authorities() {}
    }

    public static Identity identity(TestCertificate which) {
        return IDENTITIES.computeIfAbsent(which, TestCertificates::make);
    }

    /** Any other certificate, issued by the root that {@link #clientContext()} trusts. */
    public static Identity issue(CertificateSpec spec) {
        return CertificateWriter.issued(spec, Authorities.ROOT);
    }

    /** Any other certificate, issued by any authority. */
    public static Identity issue(CertificateSpec spec, Identity issuer) {
        return CertificateWriter.issued(spec, issuer);
    }

    /** An identity's chain in PEM, as {@code --cacert} takes it. */
    public static Path pem(String name, Identity identity) {
        return KeyFiles.pem(name, identity.chain());
    }

    /** Any other certificate, signed by its own key. */
    public static Identity selfSigned(CertificateSpec spec) {
        return CertificateWriter.selfSigned(spec);
    }

    /** The one authority that clients and servers of tests trust. */
    public static Identity root() {
        return Authorities.ROOT;
    }

    /** For a server that presents {@code which} and, where it asks for a client's certificate, trusts the root. */
    public static ServerTls serverTls(TestCertificate which) {
        return serverTls(identity(which));
    }

    /** For a server that presents any identity and trusts the root. */
    public static ServerTls serverTls(Identity identity) {
        return ServerTls.of(TlsContexts.of(identity, Authorities.ROOT.certificate()));
    }

    /** For a client that trusts the root and has no certificate of its own. */
    public static SSLContext clientContext() {
        return TlsContexts.trusting(Authorities.ROOT.certificate());
    }

    /** For a client that trusts the root and presents {@code which}, whatever issuers the server names. */
    public static SSLContext clientContext(TestCertificate which) {
        return TlsContexts.of(identity(which), Authorities.ROOT.certificate());
    }

    /** The root in PEM, as {@code --cacert} takes it. */
    public static Path rootPem() {
        return KeyFiles.pem("root", Authorities.ROOT.chain());
    }

    /** The chain in PEM, own certificate first, as {@code --cert} takes it. */
    public static Path chainPem(TestCertificate which) {
        return KeyFiles.pem(which.name() + "-chain", identity(which).chain());
    }

    /** The private key in PEM (PKCS#8, unencrypted), as {@code --key} takes it. */
    public static Path keyPem(TestCertificate which) {
        return KeyFiles.pem(which.name() + "-key", identity(which).key());
    }

    /** Chain and key in one PEM file, as curl's {@code --cert} also takes it. */
    public static Path chainAndKeyPem(TestCertificate which) {
        return KeyFiles.pem(which.name() + "-both", identity(which));
    }

    /** Chain and key in PKCS#12, under {@link #PASSWORD}. */
    public static Path pkcs12(TestCertificate which) {
        return KeyFiles.pkcs12(which.name(), identity(which), PASSWORD);
    }

    private static Identity make(TestCertificate which) {
        CertificateSpec server = CertificateSpec.server();
        CertificateSpec client = CertificateSpec.client();
        return switch (which) {
            case VALID -> issue(server);
            case VALID_CHAIN -> CertificateWriter.issued(server, Authorities.INTERMEDIATE);
            case EXPIRED -> issue(past(server));
            case NOT_YET_VALID -> issue(server.valid(Duration.ofDays(1), Duration.ofDays(10)));
            case ENDING_SOON -> issue(server.valid(Duration.ofDays(-80), Duration.ofDays(9)));
            case SELF_SIGNED -> CertificateWriter.selfSigned(server);
            case UNKNOWN_CA -> CertificateWriter.issued(server, Authorities.UNKNOWN);
            case MISSING_INTERMEDIATE -> CertificateWriter.issued(server, Authorities.INTERMEDIATE)
                    .alone();
            case EXPIRED_INTERMEDIATE -> CertificateWriter.issued(server,
                    Authorities.EXPIRED_INTERMEDIATE);
            case WRONG_NAME -> issue(server.forNames("other.test"));
            case NO_ALTERNATIVE_NAME -> issue(server.commonName("localhost").forNames());
            case WRONG_USAGE -> issue(server.usage(Usage.CLIENT));
            case WEAK_KEY -> issue(server.key(CertificateSpec.Key.WEAK_RSA));
            case CLIENT -> issue(client);
            case CLIENT_EXPIRED -> issue(past(client));
            case CLIENT_OF_UNKNOWN_CA -> CertificateWriter.issued(client, Authorities.UNKNOWN);
        };
    }

    private static CertificateSpec past(CertificateSpec spec) {
        return spec.valid(Duration.ofDays(-10), Duration.ofDays(-1));
    }
}
