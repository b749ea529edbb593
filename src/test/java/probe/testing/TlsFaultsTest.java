package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
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
}
