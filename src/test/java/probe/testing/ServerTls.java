package probe.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * How a server speaks TLS; empty lists leave the JDK's own choice.
 *
 * @param context the server's certificate, and whom it trusts when it asks for one
 * @param clientAuth whether it asks the client for a certificate
 * @param protocols for example {@code TLSv1.2}
 * @param cipherSuites for example {@code TLS_AES_128_GCM_SHA256}
 * @param applicationProtocols the ALPN names it accepts; a client that offers only others is refused with
 *     no_application_protocol (RFC 7301 §3.2)
 */
public record ServerTls(
        SSLContext context,
        ClientAuth clientAuth,
        List<String> protocols,
        List<String> cipherSuites,
        List<String> applicationProtocols) {
    /** Whether the server sends a CertificateRequest, and what an empty answer means. */
    public enum ClientAuth {
        NONE,
        /** Asks, and goes on without one. */
        WANT,
        /** Asks, and refuses to go on without one. */
        NEED
    }

    public ServerTls {
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    public static ServerTls of(SSLContext context) {
        return new ServerTls(context, ClientAuth.NONE, List.of(), List.of(), List.of());
    }

    /** Without any certificate: enough for faults below TLS; a real handshake is refused with handshake_failure. */
    public static ServerTls keyless() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return of(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    public ServerTls asking(ClientAuth auth) {
        return new ServerTls(context, auth, protocols, cipherSuites, applicationProtocols);
    }

    public ServerTls protocols(String... names) {
        return new ServerTls(context, clientAuth, List.of(names), cipherSuites,
                applicationProtocols);
    }

    public ServerTls cipherSuites(String... names) {
        return new ServerTls(context, clientAuth, protocols, List.of(names), applicationProtocols);
    }

    public ServerTls applicationProtocols(String... names) {
        return new ServerTls(context, clientAuth, protocols, cipherSuites, List.of(names));
    }

    /** A server-side TLS socket over an accepted connection; the handshake has not begun. */
    SSLSocket over(Socket raw) throws IOException {
        SSLSocketFactory factory = context.getSocketFactory();
        SSLSocket socket = (SSLSocket) factory.createSocket(raw, null, true);
        socket.setUseClientMode(false);
        socket.setSSLParameters(configure(socket.getSSLParameters()));
        return socket;
    }

    /**
     * The bytes this server would send in reply to a ClientHello, up to where it waits for the client again.
     *
     * @param clientHello one record holding the whole ClientHello
     */
    public Payload firstFlight(Payload clientHello) throws SSLException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(configure(engine.getSSLParameters()));
        ByteBuffer application = ByteBuffer
                .allocate(engine.getSession().getApplicationBufferSize());
        engine.unwrap(ByteBuffer.wrap(clientHello.bytes()), application);
        Payload flight = Payload.EMPTY;
        while (engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
            flight = flight.plus(nextRecord(engine));
        }
        return flight;
    }

    private static Payload nextRecord(SSLEngine engine) throws SSLException {
        for (Runnable task = engine.getDelegatedTask(); task
                != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), record);
        return Payload.of(record.array()).slice(0, record.position());
    }

    private SSLParameters configure(SSLParameters parameters) {
        if (!protocols.isEmpty()) {
            parameters.setProtocols(protocols.toArray(String[]::new));
        }
        if (!cipherSuites.isEmpty()) {
            parameters.setCipherSuites(cipherSuites.toArray(String[]::new));
        }
        parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        switch (clientAuth) {
            case NONE -> parameters.setWantClientAuth(false);
            case WANT -> parameters.setWantClientAuth(true);
            case NEED -> parameters.setNeedClientAuth(true);
        }
        return parameters;
    }
}
