package probe.prober;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Private keys in the three forms that PEM files hold: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017, "RSA PRIVATE KEY") and
 * SEC 1 (RFC 5915, "EC PRIVATE KEY"). Java reads PKCS#8 alone, so the other two are put into its envelope.
 */
final class TlsKeys {
    /** Has its parameters told apart from its name, RFC 8017 §8.1. */
    private static final String PSS = "RSASSA-PSS";
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", PSS, "DSA");
    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
    /** AlgorithmIdentifier of rsaEncryption, 1.2.840.113549.1.1.1, parameters NULL. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    /** OBJECT IDENTIFIER of id-ecPublicKey, 1.2.840.10045.2.1. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int EC_PARAMETERS = 0xa0;

    private TlsKeys() {}

    /** The key in PKCS#8. */
    static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException otherAlgorithm) {
                // The envelope names its algorithm; the factory of another one refuses it.
            }
        }
        throw new InvalidKeySpecException("unknown algorithm");
    }

    /** The RSA key in PKCS#1. */
    static PrivateKey pkcs1(byte[] der) throws GeneralSecurityException {
        return pkcs8(tagged(SEQUENCE, VERSION_0, RSA, tagged(OCTETS, der)));
    }

    /**
     * The key in SEC 1, which names its curve itself, in [0].
     *
     * @throws InvalidKeySpecException when it does not
     */
    static PrivateKey sec1(byte[] der) throws GeneralSecurityException {
        byte[] curve = curve(der);
        if (curve == null) {
            throw new InvalidKeySpecException("no curve");
        }
        return pkcs8(tagged(SEQUENCE, VERSION_0, tagged(SEQUENCE, EC, curve), tagged(OCTETS, der)));
    }

    /** Whether the two make a pair: what one signs, the other verifies. */
    static boolean isPair(PrivateKey own, PublicKey other) {
        String signature = switch (own.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            case PSS -> PSS;
            default -> "SHA256with" + own.getAlgorithm();
        };
        try {
            byte[] text = {1, 2, 3};
            Signature signing = signature(signature);
            signing.initSign(own);
            signing.update(text);
            byte[] signed = signing.sign();
            Signature verifying = signature(signature);
            verifying.initVerify(other);
            verifying.update(text);
            return verifying.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    private static Signature signature(String name) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name);
        if (name.equals(PSS)) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256,
                    32, PSSParameterSpec.TRAILER_FIELD_BC));
        }
        return signature;
    }

    /** ECPrivateKey is SEQUENCE { INTEGER, OCTET STRING, [0] parameters, … }. */
    private static byte @Nullable [] curve(byte[] der) {
        try {
            int at = content(der, 0);
            for (int i = 0; i < 2; i++) {
                at = content(der, at) + length(der, at);
            }
            if ((der[at] & 0xff) != EC_PARAMETERS) {
                return null;
            }
            int from = content(der, at);
            return Arrays.copyOfRange(der, from, from + length(der, at));
        } catch (ArrayIndexOutOfBoundsException cut) {
            return null;
        }
    }

    /** Where the content of the value at {@code at} begins. */
    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
    }

    /** How long the content of the value at {@code at} is; never negative. */
    private static int length(byte[] der, int at) {
        int length = 0;
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        for (int i = at + 2; i < content(der, at); i++) {
            length = (length << 8 | der[i] & 0xff) & 0xffffff;
        }
        return length;
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int size = content.size();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        if (size < 0x80) {
            all.write(size);
        } else {
            // Three bytes hold the length of any key; X.690 §8.1.3.5 allows leading zeros in BER, DER does not.
            byte[] digits = digits(size);
            all.write(0x80 | digits.length);
            all.writeBytes(digits);
        }
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }

    private static byte[] digits(int size) {
        return size < 0x100
                ? new byte[] {(byte) size}
                : size < 0x10000
                        ? new byte[] {(byte) (size >> 8), (byte) size}
                        : new byte[] {(byte) (size >> 16), (byte) (size >> 8), (byte) size};
    }
}
