package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.profile.TlsSettings;
import probe.profile.TlsSettings.Verification;
import probe.testing.Needs;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** Settings read and checked before anything is opened. */
class TlsMaterialTest {
    private static final Path CHAIN = TestCertificates.chainPem(TestCertificate.CLIENT);
    private static final Path KEY = TestCertificates.keyPem(TestCertificate.CLIENT);

    @TempDir
    Path directory;

    private static TlsSettings trusting(Path anchors) {
        return new TlsSettings(anchors, null, null, Verification.REQUIRED, null, null, null);
    }

    private static TlsSettings being(@Nullable Path certificate, @Nullable Path key) {
        return new TlsSettings(null, certificate, key, Verification.REQUIRED, null, null, null);
    }

    private static TlsSettings versions(@Nullable String lowest, @Nullable String highest) {
        return new TlsSettings(null, null, null, Verification.REQUIRED, lowest, highest, null);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    /** The message, which has to be one line that names the file and says what to do. */
    private static String refusal(TlsSettings settings) {
        String message = String.valueOf(assertThrows(TlsSettingsException.class,
                () -> TlsMaterial.load(settings)).getMessage());
        assertFalse(message.contains("\n"), message);
        assertTrue(message.contains("; "), message);
        return message;
    }

    private static void refused(TlsSettings settings, Path file, String because) {
        String message = refusal(settings);
        assertTrue(message.startsWith(file + " " + because), message);
    }

    @Test
    void settings_are_read_once() {
        TlsSettings settings = trusting(TestCertificates.rootPem());
        assertSame(TlsMaterial.load(settings), TlsMaterial.load(settings));
    }

    @Test
    void the_runtime_s_own_trust_and_versions_are_the_default() {
        TlsMaterial material = TlsMaterial.load(TlsSettings.defaults());
        assertTrue(material.anchors().size() > 20, () -> "anchors: " + material.anchors().size());
        assertEquals(List.of("TLSv1.3", "TLSv1.2"), material.protocols());
    }

    @Test
    void every_certificate_of_a_file_is_trusted_whatever_stands_between() throws IOException {
        String root = Files.readString(TestCertificates.rootPem());
        String other = Files.readString(TestCertificates.chainPem(TestCertificate.SELF_SIGNED));
        Path both = file("both.pem", "# ours\r\n" + root.replace("\n", "\r\n") + "\nthe other:\n"
                + other + "-----BEGIN CERTIFICATE-----\nunended");
        assertEquals(2, TlsMaterial.load(trusting(both)).anchors().size());
    }

    @Test
    void a_file_of_issuers_that_will_not_do_is_told() throws IOException {
        Path absent = directory.resolve("absent.pem");
        refused(trusting(absent), absent, "does not exist");
        refused(trusting(directory), directory, "is a directory");
        Path empty = file("empty.pem", "");
        refused(trusting(empty), empty, "is not PEM");
        Path text = file("text.pem", "hello\n");
        refused(trusting(text), text, "is not PEM");
        refused(trusting(KEY), KEY, "holds no certificate");
        Path base = file("base.pem",
                "-----BEGIN CERTIFICATE-----\n§§§\n-----END CERTIFICATE-----\n");
        refused(trusting(base), base, "has a block that is not in base 64");
        Path broken = file("broken.pem",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        refused(trusting(broken), broken, "holds a broken certificate, number 1");
        Path endless = Path.of("/dev/zero");
        refused(trusting(endless), endless, "is larger than 16 MiB");
    }

    @Test
    void a_certificate_and_a_key_that_do_not_make_a_client_are_told() throws IOException {
        refused(being(null, KEY), KEY, "is a key without a certificate");
        refused(being(CHAIN, null), CHAIN, "holds no private key");
        refused(being(CHAIN, CHAIN), CHAIN, "holds no private key");
        refused(being(KEY, null), KEY, "holds no certificate");
        Path other = TestCertificates.keyPem(TestCertificate.VALID);
        refused(being(CHAIN, other), other, "holds a key that is not the one of the certificate");
        Path junk = file("junk.pem",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        refused(being(CHAIN, junk), junk, "holds a key that this Java runtime cannot read");
        Path neither = file("neither.p12", "0neither");
        refused(being(neither, null), neither, "is neither PEM nor PKCS#12");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        """
                -----BEGIN ENCRYPTED PRIVATE KEY-----
                AAAA
                -----END ENCRYPTED PRIVATE KEY-----
                """,
        """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-256-CBC,00

                AAAA
                -----END RSA PRIVATE KEY-----
                """})
    void an_encrypted_key_is_told(String pem) throws IOException {
        Path key = file("key.pem", pem);
        refused(being(CHAIN, key), key, "holds an encrypted key");
    }

    @Test
    void a_pkcs12_file_opens_with_its_password_behind_a_colon() {
        Path store = TestCertificates.pkcs12(TestCertificate.CLIENT);
        TlsMaterial.load(being(Path.of(store + ":" + TestCertificates.PASSWORD), null));

        refused(being(store, null), store, "does not open with this password");
        refused(being(Path.of(store + ":sesame"), null), store,
                "does not open with this password");
        Path key = KEY;
        refused(being(Path.of(store + ":" + TestCertificates.PASSWORD), key), key,
                "is given beside a PKCS#12 file");
    }

    @Test
    void a_password_is_never_shown() {
        Path absent = directory.resolve("absent.p12");
        Path store = TestCertificates.pkcs12(TestCertificate.CLIENT);
        for (Path file : List.of(absent, store)) {
            String message = refusal(being(Path.of(file + ":open:sesame"), null));
            assertFalse(message.contains("sesame"), message);
            assertTrue(message.startsWith(file + " "), message);
        }
    }

    @Test
    void a_colon_in_a_file_s_name_is_no_password() throws IOException {
        Path odd = directory.resolve("a:b.pem");
        Files.copy(TestCertificates.chainAndKeyPem(TestCertificate.CLIENT), odd);
        TlsMaterial.load(being(odd, null));
        Path store = directory.resolve("c:d.p12");
        Files.copy(TestCertificates.pkcs12(TestCertificate.CLIENT), store);
        TlsMaterial.load(being(Path.of(store + ":" + TestCertificates.PASSWORD), null));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"-, -, TLSv1.3 TLSv1.2", "TLSv1.3, -, TLSv1.3",
        "-, TLSv1.2, TLSv1.2", "1.2, 1.3, TLSv1.3 TLSv1.2", "tlsv1.0, TLSv1.2, TLSv1.2"})
    void versions_are_those_between_the_bounds_that_the_runtime_allows(@Nullable String lowest,
            @Nullable String highest, String offered) {
        assertEquals(List.of(offered.split(" ")),
                TlsMaterial.load(versions(lowest, highest)).protocols());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "TLSv1.4, -, unknown TLS version 'TLSv1.4'",
        "-, SSL, unknown TLS version 'SSL'",
        "TLSv1.3, TLSv1.2, 'lowest TLS version TLSv1.3 is above the highest, TLSv1.2'",
        "TLSv1, TLSv1.1, this Java runtime allows no TLS version from TLSv1 to TLSv1.1"})
    void versions_that_leave_nothing_to_offer_are_told(@Nullable String lowest,
            @Nullable String highest, String because) {
        String message = refusal(versions(lowest, highest));
        assertTrue(message.startsWith(because), message);
    }

    @ParameterizedTest
    @Needs(commands = "openssl")
    @CsvSource({
        "RSA PRIVATE KEY, genrsa -traditional 2048",
        "PRIVATE KEY, genpkey -algorithm RSA",
        "EC PRIVATE KEY, ecparam -genkey -name prime256v1",
        "EC PRIVATE KEY, ecparam -genkey -noout -name secp384r1",
        "PRIVATE KEY, genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp521r1",
        "PRIVATE KEY, genpkey -algorithm ED25519",
        "PRIVATE KEY, genpkey -algorithm RSA-PSS"})
    void every_form_of_key_that_openssl_writes_is_read(String label, String command)
            throws Exception {
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("certificate.pem");
        openssl(command.replaceFirst(" |$", " -out " + key + " "));
        openssl("req -x509 -subj /CN=x -days 2 -key " + key + " -out " + certificate);
        assertTrue(Files.readString(key).contains("-----BEGIN " + label + "-----"));
        TlsMaterial.load(being(certificate, key));
    }

    private void openssl(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.trim().split(" +")));
        Path log = directory.resolve("log");
        int code = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertEquals(0, code, () -> command + ": " + read(log));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
