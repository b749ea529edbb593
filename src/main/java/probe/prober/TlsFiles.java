package probe.prober;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;
import probe.profile.TlsSettings;

/** Reads the files that {@link TlsSettings} name, and says in one line what is wrong with one that will not do. */
final class TlsFiles {
    /** More than any bundle of certificates; {@code /dev/zero} ends here too. */
    private static final int MAX_FILE = 16 * 1024 * 1024;
    private static final Set<String> CERTIFICATE = Set.of("CERTIFICATE", "X509 CERTIFICATE");

    private TlsFiles() {}

    /**
     * A store of the certificates to trust.
     *
     * @throws TlsSettingsException when the file holds none
     */
    static KeyStore anchors(Path file) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException impossible) {
            throw new GeneralSecurityException(impossible);
        }
        List<X509Certificate> certificates = certificates(file,
                pem(file, "the certificates to trust"));
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("anchor-" + i, certificates.get(i));
        }
        return store;
    }

    /**
     * Who the client is, or null when the settings do not say.
     *
     * @throws TlsSettingsException when certificate and key cannot be read, or do not belong together
     */
    static @Nullable TlsIdentity identity(TlsSettings settings) throws GeneralSecurityException {
        Path given = settings.certificate();
        Path keyFile = settings.key();
        if (given == null) {
            if (keyFile != null) {
                throw wrong(keyFile, "is a key without a certificate",
                        "give the certificate too (--cert)");
            }
            return null;
        }
        TlsCertificateFile file = TlsCertificateFile.of(given);
        byte[] bytes = read(file.path(), "the client's certificate");
        if (!TlsPem.isPem(bytes)) {
            if (keyFile != null) {
                throw wrong(keyFile, "is given beside a PKCS#12 file, which has its own key",
                        "leave --key out");
            }
            return pkcs12(file, bytes);
        }
        List<TlsPem.Block> blocks = blocks(file.path(), bytes);
        List<X509Certificate> chain = certificates(file.path(), blocks);
        Path keyPath = keyFile == null ? file.path() : keyFile;
        PrivateKey key = key(keyPath, keyFile == null ? blocks : pem(keyFile, "the private key"));
        return paired(keyPath, key, chain);
    }

    private static TlsIdentity paired(Path file, PrivateKey key, List<X509Certificate> chain) {
        if (!TlsKeys.isPair(key, chain.getFirst().getPublicKey())) {
            throw wrong(file, "holds a key that is not the one of the certificate",
                    "give the pair, the client's own certificate first in its file");
        }
        return new TlsIdentity(key, chain);
    }

    private static TlsIdentity pkcs12(TlsCertificateFile file, byte[] bytes)
            throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(bytes), file.password());
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw wrong(file.path(), "does not open with this password",
                        "give it as FILE:PASSWORD");
            }
            throw wrong(file.path(), "is neither PEM nor PKCS#12",
                    "give a certificate that begins with -----BEGIN CERTIFICATE-----");
        }
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            if (chain != null && store.getKey(alias, file.password()) instanceof PrivateKey key) {
                return paired(file.path(), key,
                        Arrays.stream(chain).map(X509Certificate.class::cast).toList());
            }
        }
        throw wrong(file.path(), "holds no private key with a certificate",
                "export both (openssl pkcs12 -export -inkey KEY -in CERTIFICATE)");
    }

    private static PrivateKey key(Path file, List<TlsPem.Block> blocks) {
        for (TlsPem.Block block : blocks) {
            try {
                switch (block.label()) {
                    case "PRIVATE KEY" -> {
                        return TlsKeys.pkcs8(block.der());
                    }
                    case "RSA PRIVATE KEY" -> {
                        return TlsKeys.pkcs1(block.der());
                    }
                    case "EC PRIVATE KEY" -> {
                        return TlsKeys.sec1(block.der());
                    }
                    case "ENCRYPTED PRIVATE KEY" -> throw wrong(file, "holds an encrypted key",
                            "give it unencrypted (openssl pkey -in KEY -out PLAIN) or as PKCS#12");
                    default -> {
                        // Certificates and parameters may stand beside the key.
                    }
                }
            } catch (GeneralSecurityException unusable) {
                throw wrong(file, "holds a key that this Java runtime cannot read",
                        "convert it (openssl pkey -in KEY -out PKCS8) or use an RSA, P-256, P-384 or Ed25519 key");
            }
        }
        throw wrong(file, "holds no private key", "give the file that does (--key)");
    }

    private static List<X509Certificate> certificates(Path file, List<TlsPem.Block> blocks) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (TlsPem.Block block : blocks) {
            if (CERTIFICATE.contains(block.label())) {
                certificates.add(certificate(file, block.der(), certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw wrong(file, "holds no certificate",
                    "give a PEM file with -----BEGIN CERTIFICATE----- in it");
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate certificate(Path file, byte[] der, int number) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException malformed) {
            throw wrong(file, "holds a broken certificate, number " + number, "export it again");
        }
    }

    private static List<TlsPem.Block> pem(Path file, String role) {
        byte[] bytes = read(file, role);
        if (!TlsPem.isPem(bytes)) {
            throw wrong(file, "is not PEM",
                    "convert it (openssl x509 -inform der -in FILE, openssl pkey -inform der -in FILE)");
        }
        return blocks(file, bytes);
    }

    private static List<TlsPem.Block> blocks(Path file, byte[] bytes) {
        try {
            return TlsPem.blocks(bytes);
        } catch (IllegalArgumentException notBase64) {
            throw wrong(file, "has a block that is not in base 64", "export it again");
        }
    }

    private static byte[] read(Path file, String role) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE);
            if (bytes.length == MAX_FILE) {
                throw wrong(file, "is larger than 16 MiB", "give " + role + " alone");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw wrong(file, "does not exist", "give the path of " + role);
        } catch (IOException e) {
            throw wrong(file, Files.isDirectory(file) ? "is a directory" : "cannot be read",
                    "give a readable file with " + role);
        }
    }

    private static TlsSettingsException wrong(Path file, String what, String instead) {
        return new TlsSettingsException(
                Excerpt.printable(file.toString()) + " " + what + "; " + instead);
    }
}
