package probe.testing;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import probe.testing.CertificateSpec.Usage;

/**
 * Makes X.509 certificates (RFC 5280 §4.1) in this process. The JDK can read them but has no public way to make one,
 * and starting keytool four times for each certificate takes seconds.
 */
final class CertificateWriter {
    private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int WEAK_BITS = 768;
    private static final int SERIAL_BITS = 120;

    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateWriter() {}

    static Identity selfSigned(CertificateSpec spec) {
        try {
            KeyPair keys = generate(spec.key());
            return new Identity(keys.getPrivate(),
                    List.of(write(spec, keys, name(spec.commonName()), keys.getPrivate())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("can't make " + spec, e);
        }
    }

    /** Signed by {@code issuer}, whose own chain, without a self-signed root, is sent along. */
    static Identity issued(CertificateSpec spec, Identity issuer) {
        try {
            KeyPair keys = generate(spec.key());
            byte[] issuerName = issuer.certificate().getSubjectX500Principal().getEncoded();
            List<X509Certificate> chain = new ArrayList<>();
            chain.add(write(spec, keys, issuerName, issuer.key()));
            issuer.chain()
                    .stream()
                    .filter(above -> !above.getIssuerX500Principal()
                            .equals(above.getSubjectX500Principal()))
                    .forEach(chain::add);
            return new Identity(keys.getPrivate(), chain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("can't make " + spec, e);
        }
    }

    private static KeyPair generate(CertificateSpec.Key key) throws GeneralSecurityException {
        KeyPairGenerator generator = switch (key) {
            case EC_P256 -> KeyPairGenerator.getInstance("EC");
            case WEAK_RSA -> KeyPairGenerator.getInstance("RSA");
        };
        generator.initialize(
                switch (key) {
                    case EC_P256 -> 256;
                    case WEAK_RSA -> WEAK_BITS;
                });
        return generator.generateKeyPair();
    }

    private static X509Certificate write(CertificateSpec spec, KeyPair keys, byte[] issuerName,
            PrivateKey issuerKey)
            throws GeneralSecurityException {
        if (!issuerKey.getAlgorithm().equals("EC")) {
            throw new IllegalArgumentException("only an EC key may sign");
        }
        byte[] algorithm = Der.sequence(Der.oid(ECDSA_SHA256));
        byte[] toBeSigned = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS)),
                algorithm,
                issuerName,
                Der.sequence(Der.time(spec.notBefore()), Der.time(spec.notAfter())),
                name(spec.commonName()),
                keys.getPublic().getEncoded(),
                Der.explicit(3, Der.sequence(extensions(spec))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKey);
        signature.update(toBeSigned);
        byte[] certificate = Der.sequence(toBeSigned, algorithm, Der.bits(0, signature.sign()));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8(commonName))));
    }

    private static byte[][] extensions(CertificateSpec spec) {
        List<byte[]> all = new ArrayList<>();
        boolean authority = spec.usage() == Usage.AUTHORITY;
        all.add(critical(BASIC_CONSTRAINTS, authority ? Der.sequence(Der.yes()) : Der.sequence()));
        // Bit 5 is keyCertSign, bit 0 digitalSignature.
        all.add(critical(KEY_USAGE,
                authority ? Der.bits(2, (byte) 0x04) : Der.bits(7, (byte) 0x80)));
        switch (spec.usage()) {
            case AUTHORITY -> {}
            case SERVER -> all
                    .add(extension(EXTENDED_KEY_USAGE, Der.sequence(Der.oid(SERVER_AUTH))));
            case CLIENT -> all
                    .add(extension(EXTENDED_KEY_USAGE, Der.sequence(Der.oid(CLIENT_AUTH))));
        }
        if (!spec.names().isEmpty()) {
            byte[][] names = spec.names()
                    .stream()
                    .map(CertificateWriter::generalName)
                    .toArray(byte[][]::new);
            all.add(extension(SUBJECT_ALTERNATIVE_NAME, Der.sequence(names)));
        }
        return all.toArray(byte[][]::new);
    }

    private static byte[] extension(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.octets(value));
    }

    private static byte[] critical(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value));
    }

    /** dNSName is [2], iPAddress [7] (RFC 5280 §4.2.1.6); a byte a character, so that hostile names can be written. */
    private static byte[] generalName(String name) {
        try {
            return Der.implicit(7, InetAddress.ofLiteral(name).getAddress());
        } catch (IllegalArgumentException e) {
            return Der.implicit(2, name.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
