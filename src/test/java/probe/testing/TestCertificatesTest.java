package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.testing.ConnectionLog.Tls;
import probe.testing.ServerTls.ClientAuth;

/** Each certificate in a real handshake with the JDK's own client. */
class TestCertificatesTest {
    private static FaultServer presenting(TestCertificate which) {
        return with(TestCertificates.serverTls(which));
    }

    private static FaultServer with(ServerTls tls) {
        return FaultServer.builder()
                .tls(tls)
                .reply(HttpAnswers.keepAliveThenClose("hello"))
                .start();
    }

    /** The whole answer to a request under this name. */
    private static String ask(FaultServer server, SSLContext context, String name)
            throws IOException {
        try (PlainClient client = PlainClient.connect(server.address());
                SSLSocket socket = over(client.socket(), context, name)) {
            socket.startHandshake();
            PlainClient.GET.writeTo(socket.getOutputStream());
            return PlainClient.hear(socket, 5000).text();
        }
    }

    private static SSLSocket over(Socket raw, SSLContext context, String name) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(raw, name, raw.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static SSLHandshakeException refusal(TestCertificate which, String name) {
        try (FaultServer server = presenting(which)) {
            return assertThrows(
                    SSLHandshakeException.class,
                    () -> ask(server, TestCertificates.clientContext(), name));
        }
    }

    private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
        Throwable at = thrown;
        while (at != null && !type.isInstance(at)) {
            at = at.getCause();
        }
        return type.cast(at);
    }

    private static CertPathValidatorException.@Nullable Reason reason(Throwable thrown) {
        CertPathValidatorException path = cause(thrown, CertPathValidatorException.class);
        return path == null ? null : path.getReason();
    }

    @ParameterizedTest
    @EnumSource(names = {"VALID", "VALID_CHAIN", "ENDING_SOON"})
    void a_valid_certificate_is_accepted(TestCertificate which) throws IOException {
        try (FaultServer server = presenting(which)) {
            assertTrue(ask(server, TestCertificates.clientContext(), "localhost")
                    .startsWith("HTTP/1.1 200"));
            assertEquals(Tls.ESTABLISHED, server.connections().getFirst().tls());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "good.test", "a.wild.test", "127.0.0.1", "::1"})
    void a_valid_certificate_is_for_every_name_of_this_machine(String name) throws IOException {
        try (FaultServer server = presenting(TestCertificate.VALID)) {
            assertTrue(
                    ask(server, TestCertificates.clientContext(), name).startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void the_server_remembers_the_name_it_was_asked_for() throws IOException {
        try (FaultServer server = presenting(TestCertificate.VALID)) {
            ask(server, TestCertificates.clientContext(), "good.test");
            assertEquals("good.test", server.connections().getFirst().serverName().orElseThrow());
        }
    }

    @Test
    void an_expired_certificate_is_expired() {
        SSLHandshakeException refusal = refusal(TestCertificate.EXPIRED, "localhost");
        assertEquals(BasicReason.EXPIRED, reason(refusal));
        assertThrows(CertificateExpiredException.class,
                () -> TestCertificates.identity(TestCertificate.EXPIRED)
                        .certificate()
                        .checkValidity());
    }

    @Test
    void a_certificate_of_tomorrow_is_not_yet_valid() {
        assertEquals(BasicReason.NOT_YET_VALID,
                reason(refusal(TestCertificate.NOT_YET_VALID, "localhost")));
        assertThrows(CertificateNotYetValidException.class, () -> TestCertificates.identity(
                TestCertificate.NOT_YET_VALID)
                .certificate()
                .checkValidity());
    }

    @Test
    void an_expired_intermediate_is_expired_above_a_valid_certificate() throws Exception {
        assertEquals(BasicReason.EXPIRED,
                reason(refusal(TestCertificate.EXPIRED_INTERMEDIATE, "localhost")));
        TestCertificates.identity(TestCertificate.EXPIRED_INTERMEDIATE)
                .certificate()
                .checkValidity();
    }

    @ParameterizedTest
    @EnumSource(names = {"SELF_SIGNED", "UNKNOWN_CA", "MISSING_INTERMEDIATE"})
    void no_path_leads_to_the_root(TestCertificate which) {
        assertNotNull(cause(refusal(which, "localhost"), CertPathBuilderException.class));
    }

    @ParameterizedTest
    @CsvSource({"VALID,1", "VALID_CHAIN,2", "MISSING_INTERMEDIATE,1", "EXPIRED_INTERMEDIATE,2",
        "SELF_SIGNED,1"})
    void the_chain_holds_what_is_sent(TestCertificate which, int length) {
        assertEquals(length, TestCertificates.identity(which).chain().size());
    }

    @Test
    void only_the_self_signed_certificate_is_its_own_issuer() {
        for (TestCertificate which : TestCertificate.values()) {
            var certificate = TestCertificates.identity(which).certificate();
            assertEquals(
                    which == TestCertificate.SELF_SIGNED,
                    certificate.getIssuerX500Principal()
                            .equals(certificate.getSubjectX500Principal()),
                    which.name());
        }
    }

    @Test
    void a_certificate_for_another_name_fails_in_the_name_alone() {
        SSLHandshakeException refusal = refusal(TestCertificate.WRONG_NAME, "localhost");
        assertNull(cause(refusal, CertPathValidatorException.class));
        assertNotNull(cause(refusal, CertificateException.class));
    }

    @Test
    void the_jdk_still_looks_in_the_common_name_when_there_is_no_other() throws Exception {
        assertNull(TestCertificates.identity(TestCertificate.NO_ALTERNATIVE_NAME)
                .certificate()
                .getSubjectAlternativeNames());
        try (FaultServer server = presenting(TestCertificate.NO_ALTERNATIVE_NAME)) {
            assertTrue(ask(server, TestCertificates.clientContext(), "localhost")
                    .startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void a_certificate_for_another_name_is_good_there() throws IOException {
        try (FaultServer server = presenting(TestCertificate.WRONG_NAME)) {
            assertTrue(ask(server, TestCertificates.clientContext(), "other.test")
                    .startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void a_clients_certificate_is_no_servers() {
        assertNotNull(cause(refusal(TestCertificate.WRONG_USAGE, "localhost"),
                CertificateException.class));
    }

    @Test
    void a_weak_key_is_constrained() {
        assertEquals(BasicReason.ALGORITHM_CONSTRAINED,
                reason(refusal(TestCertificate.WEAK_KEY, "localhost")));
    }

    @Test
    void the_files_hold_the_same_as_the_memory() throws Exception {
        Identity identity = TestCertificates.identity(TestCertificate.VALID_CHAIN);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try (InputStream in = Files
                .newInputStream(TestCertificates.chainPem(TestCertificate.VALID_CHAIN))) {
            assertEquals(identity.chain(), List.copyOf(factory.generateCertificates(in)));
        }
        try (InputStream in = Files.newInputStream(TestCertificates.rootPem())) {
            assertEquals(TestCertificates.root().certificate(), factory.generateCertificate(in));
        }
        KeyStore store = KeyStore.getInstance(
                TestCertificates.pkcs12(TestCertificate.VALID_CHAIN).toFile(),
                TestCertificates.PASSWORD.toCharArray());
        assertEquals(identity.key(), store.getKey("key", TestCertificates.PASSWORD.toCharArray()));
        assertTrue(Files.readString(TestCertificates.keyPem(TestCertificate.CLIENT))
                .startsWith("-----BEGIN PRIVATE KEY-----\n"));
        Path both = TestCertificates.chainAndKeyPem(TestCertificate.CLIENT);
        assertEquals(2, Files.readString(both).split("-----BEGIN ", -1).length - 1);
    }

    @Test
    void a_server_can_want_a_certificate_and_do_without() throws IOException {
        ServerTls wanting = TestCertificates.serverTls(TestCertificate.VALID)
                .asking(ClientAuth.WANT);
        try (FaultServer server = with(wanting)) {
            assertTrue(ask(server, TestCertificates.clientContext(), "localhost")
                    .startsWith("HTTP/1.1 200"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_server_can_need_a_certificate(String protocol) throws IOException {
        ServerTls needing = TestCertificates.serverTls(TestCertificate.VALID)
                .asking(ClientAuth.NEED)
                .protocols(protocol);
        try (FaultServer server = with(needing)) {
            assertTrue(
                    ask(server, TestCertificates.clientContext(TestCertificate.CLIENT), "localhost")
                            .startsWith("HTTP/1.1 200"));
            for (SSLContext refused : List.of(
                    TestCertificates.clientContext(),
                    TestCertificates.clientContext(TestCertificate.CLIENT_EXPIRED),
                    TestCertificates.clientContext(TestCertificate.CLIENT_OF_UNKNOWN_CA))) {
                // In TLS 1.3 the refusal comes after the client's handshake: as an alert or as a reset.
                String heard = "";
                try {
                    heard = ask(server, refused, "localhost");
                } catch (IOException e) {
                    heard = "";
                }
                assertEquals("", heard);
            }
            server.awaitFinished(4);
            assertEquals(
                    List.of(Tls.ESTABLISHED, Tls.FAILED, Tls.FAILED, Tls.FAILED),
                    server.connections().stream().map(ConnectionLog::tls).toList());
        }
    }

    @Test
    void a_server_can_speak_one_old_protocol_only() throws Exception {
        ServerTls old = TestCertificates.serverTls(TestCertificate.VALID).protocols("TLSv1.2");
        try (FaultServer server = with(old);
                PlainClient client = PlainClient.connect(server.address());
                SSLSocket socket = over(client.socket(), TestCertificates.clientContext(),
                        "localhost")) {
            socket.setEnabledProtocols(new String[] {"TLSv1.3"});
            assertThrows(SSLHandshakeException.class, socket::startHandshake);
        }
    }
}
