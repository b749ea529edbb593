package probe.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keys and certificates as files, in one directory of this JVM that goes with it. */
final class KeyFiles {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final Map<String, Path> WRITTEN = new ConcurrentHashMap<>();

    private KeyFiles() {}

    private static final class Directory {
        static final Path PATH = create();

        private Directory() {}

        private static Path create() {
            try {
                Path path = Files.createTempDirectory("probe-test-keys");
                // Registered first, so deleted last, when it is empty.
                path.toFile().deleteOnExit();
                return path;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException, GeneralSecurityException;
    }

    /** PEM blocks (RFC 7468) in the given order. */
    static Path pem(String name, PrivateKey key) {
        return file(name + ".pem", out -> out.write(block("PRIVATE KEY", key.getEncoded())));
    }

    static Path pem(String name, List<? extends Certificate> certificates) {
        return file(name + ".pem", out -> writeAll(out, certificates));
    }

    static Path pem(String name, Identity identity) {
        return file(name + ".pem", out -> {
            writeAll(out, identity.chain());
            out.write(block("PRIVATE KEY", identity.key().getEncoded()));
        });
    }

    static Path pkcs12(String name, Identity identity, String password) {
        return file(name + ".p12", out -> {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "key",
                    identity.key(),
                    password.toCharArray(),
                    identity.chain().toArray(Certificate[]::new));
            store.store(out, password.toCharArray());
        });
    }

    private static Path file(String name, Content content) {
        return WRITTEN.computeIfAbsent(name, _ -> {
            Path path = Directory.PATH.resolve(name);
            try (OutputStream out = Files.newOutputStream(path)) {
                path.toFile().deleteOnExit();
                content.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("can't write " + name, e);
            }
            return path;
        });
    }

    private static void writeAll(OutputStream out, List<? extends Certificate> certificates)
            throws IOException, GeneralSecurityException {
        for (Certificate certificate : certificates) {
            out.write(block("CERTIFICATE", certificate.getEncoded()));
        }
    }

    private static byte[] block(String label, byte[] der) {
        String text = "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END "
                + label + "-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
