package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.testing.ConnectionLog.Tls;
import probe.testing.PlainClient.End;

/** Faults under TLS's feet, seen by a client that trusts nobody and by a plain socket. */
class TlsFaultsTest {
    /** What a TLS client's first record looks like, without anything in it: enough for a server that never answers. */
    private static final Payload EMPTY_RECORD = Payload.hex("16 0301 0001 00");

    private static FaultServer keyless(Fault fault) {
        return FaultServer.builder().tls(ServerTls.keyless()).connection(fault).start();
    }

    /** The end of a handshake with the JDK's own client. */
    private static IOException handshake(FaultServer server, int silence) throws IOException {
        try (Socket raw = PlainClient.connect(server.address()).socket()) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            raw.setSoTimeout(silence);
            SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(raw, "localhost", 1, true);
            return assertThrows(IOException.class, socket::startHandshake);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 42, 70, 80, 112, 116, 120})
    void an_alert_is_seven_bytes_and_a_fin(int description) throws IOException {
        try (FaultServer server = keyless(Fault.alert(description))) {
            assertEquals(
                    new PlainClient.Heard(TlsBytes.alert(description), End.FIN),
                    PlainClient.ask(server.address(), EMPTY_RECORD));
            assertEquals(EMPTY_RECORD.length(), server.bytesReceived());
        }
    }

    @Test
    void an_alert_ends_the_handshake() throws IOException {
        try (FaultServer server = keyless(Fault.alert(40))) {
            assertEquals(SSLHandshakeException.class, handshake(server, 5000).getClass());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_400", "SSH_BANNER", "BINARY"})
    void plaintext_in_place_of_a_server_hello_is_not_tls(Garbage garbage) throws IOException {
        try (FaultServer server = keyless(Fault.garbage(garbage, Moment.ON_CLIENT_HELLO))) {
            assertEquals(SSLException.class, handshake(server, 5000).getClass());
        }
    }

    @Test
    void a_reset_on_the_client_hello_is_a_reset() throws IOException {
        try (FaultServer server = keyless(Fault.reset(Moment.ON_CLIENT_HELLO))) {
            assertEquals(SocketException.class, handshake(server, 5000).getClass());
        }
    }

    @Test
    void a_close_on_the_client_hello_is_a_fin_without_a_byte() throws IOException {
        try (FaultServer server = keyless(Fault.close(Moment.ON_CLIENT_HELLO))) {
            assertEquals(
                    new PlainClient.Heard(Payload.EMPTY, End.FIN),
                    PlainClient.ask(server.address(), EMPTY_RECORD));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ON_ACCEPT", "ON_CLIENT_HELLO"})
    void a_stall_in_the_handshake_is_silence(Moment moment) throws IOException {
        try (FaultServer server = keyless(Fault.stall(moment))) {
            assertEquals(SocketTimeoutException.class, handshake(server, 200).getClass());
            assertEquals(Tls.NONE, server.connections().getFirst().tls());
        }
    }

    @Test
    void a_server_without_a_certificate_refuses_the_handshake() throws IOException {
        try (FaultServer server = keyless(Fault.none())) {
            assertEquals(SSLHandshakeException.class, handshake(server, 5000).getClass());
            server.awaitFinished(1);
            assertEquals(Tls.FAILED, server.connections().getFirst().tls());
        }
    }

    private static FaultServer.Builder valid() {
        return FaultServer.builder().tls(TestCertificates.serverTls(TestCertificate.VALID));
    }

    @Test
    void a_close_in_the_handshake_comes_after_half_of_the_servers_flight() throws IOException {
        try (FaultServer server = valid().connection(Fault.close(Moment.MID_HANDSHAKE)).start()) {
            assertEquals(SSLHandshakeException.class, handshake(server, 5000).getClass());
            server.awaitFinished(1);
            assertTrue(server.connections().getFirst().bytesSent() > 100,
                    server.connections()::toString);
        }
    }

    @Test
    void a_dripping_handshake_outlasts_each_single_read() throws IOException {
        Fault drip = Fault.drip(Duration.ofMillis(1), Moment.ON_CLIENT_HELLO);
        try (FaultServer server = valid().connection(drip).start()) {
            // The whole flight arrives, then the server falls silent: what the client dislikes is the certificate.
            assertEquals(SSLHandshakeException.class, handshake(server, 1000).getClass());
            assertTrue(server.connections().getFirst().bytesSent() > 500,
                    server.connections()::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Moment.class,
            names = {"BEFORE_REQUEST", "AFTER_REQUEST", "MID_HEAD", "MID_BODY"})
    void faults_happen_inside_tls_too(Moment moment) throws IOException {
        try (FaultServer server = valid().connection(Fault.reset(moment)).start()) {
            PlainClient.Heard heard = askWithin(server);
            assertEquals(End.RESET, heard.end());
            assertEquals(Tls.ESTABLISHED, server.connections().getFirst().tls());
            assertEquals(moment == Moment.MID_HEAD || moment == Moment.MID_BODY,
                    heard.bytes().length() > 0);
        }
    }

    /** TLS 1.2, because in 1.3 every record claims to be application data. */
    @Test
    void an_orderly_close_says_close_notify_and_a_cut_does_not() throws IOException {
        ServerTls tls = TestCertificates.serverTls(TestCertificate.VALID).protocols("TLSv1.2");
        int alert = 21;
        int applicationData = 23;
        try (FaultServer server = FaultServer.builder()
                .tls(tls)
                .connection(Fault.close(Moment.MID_BODY))
                .connection(Fault.cut(40, Moment.AFTER_REQUEST))
                .start()) {
            assertEquals(alert, lastRecordType(server));
            assertEquals(applicationData, lastRecordType(server));
        }
    }

    private static int lastRecordType(FaultServer server) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (Socket raw = tapped(heard)) {
            raw.connect(server.address());
            try (SSLSocket socket = over(raw)) {
                socket.startHandshake();
                PlainClient.GET.writeTo(socket.getOutputStream());
                assertEquals(End.FIN, PlainClient.hear(socket, 5000).end());
            }
        }
        InputStream records = new ByteArrayInputStream(heard.toByteArray());
        int type = 0;
        while (records.available() > 0) {
            type = TlsBytes.readRecord(records).bytes()[0];
        }
        return type;
    }

    /** Keeps a copy of each byte that comes over the wire. */
    private static Socket tapped(OutputStream copy) {
        return new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return new FilterInputStream(super.getInputStream()) {
                    @Override
                    public int read() throws IOException {
                        byte[] one = new byte[1];
                        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        int count = super.read(into, offset, length);
                        copy.write(into, offset, Math.max(count, 0));
                        return count;
                    }
                };
            }
        };
    }

    @Test
    void a_client_without_a_common_application_protocol_is_refused() throws IOException {
        ServerTls tls = TestCertificates.serverTls(TestCertificate.VALID)
                .applicationProtocols("h2");
        try (FaultServer server = FaultServer.builder().tls(tls).start();
                SSLSocket socket = socket(server)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"http/1.1"});
            socket.setSSLParameters(parameters);
            assertThrows(SSLHandshakeException.class, socket::startHandshake);
        }
    }

    private static SSLSocket socket(FaultServer server) throws IOException {
        return over(PlainClient.connect(server.address()).socket());
    }

    private static SSLSocket over(Socket raw) throws IOException {
        return (SSLSocket) TestCertificates.clientContext()
                .getSocketFactory()
                .createSocket(raw, "localhost", 1, true);
    }

    private static PlainClient.Heard askWithin(FaultServer server) throws IOException {
        try (SSLSocket socket = socket(server)) {
            socket.startHandshake();
            try {
                PlainClient.GET.writeTo(socket.getOutputStream());
            } catch (SocketException e) {
                // A reset may be seen by the write already.
                return new PlainClient.Heard(Payload.EMPTY, End.RESET);
            }
            return PlainClient.hear(socket, 5000);
        }
    }
}
