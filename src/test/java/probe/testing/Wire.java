package probe.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** One accepted connection, with or without TLS: the ways to read it, write it and end it. */
final class Wire {
    private static final int BLOCK = 8192;

    private final Socket raw;
    private final ConnectionLog log;
    private Socket top;

    Wire(Socket raw, ConnectionLog log) throws SocketException {
        this.raw = raw;
        this.log = log;
        this.top = raw;
        // A dripping server sends each byte as a segment of its own.
        raw.setTcpNoDelay(true);
    }

    void handshake(ServerTls tls) throws IOException {
        SSLSocket socket = tls.over(raw);
        try {
            socket.startHandshake();
        } catch (SSLException e) {
            log.tls(ConnectionLog.Tls.FAILED, Optional.empty());
            throw e;
        }
        top = socket;
        log.tls(ConnectionLog.Tls.ESTABLISHED, serverName(socket));
    }

    private static Optional<String> serverName(SSLSocket socket) {
        List<SNIServerName> names = ((ExtendedSSLSession) socket.getSession())
                .getRequestedServerNames();
        return names.stream()
                .filter(SNIHostName.class::isInstance)
                .map(name -> ((SNIHostName) name).getAsciiName())
                .findFirst();
    }

    /** The next record as the client sent it, before any handshake. */
    Payload readTlsRecord() throws IOException {
        Payload record = TlsBytes.readRecord(raw.getInputStream());
        log.received(record.bytes(), record.length());
        return record;
    }

    /**
     * The next byte.
     *
     * @throws EOFException when the client has closed
     */
    int read() throws IOException {
        byte[] one = new byte[1];
        read(one, 1);
        return one[0] & 0xff;
    }

    /** At least one byte and at most {@code limit}; otherwise as {@link #read()}. */
    int read(byte[] into, int limit) throws IOException {
        int count;
        try {
            count = top.getInputStream().read(into, 0, limit);
        } catch (SSLException e) {
            throw e;
        } catch (SocketException e) {
            noteReset();
            throw e;
        }
        if (count < 0) {
            log.ended(ConnectionLog.ClientEnd.FIN);
            throw new EOFException("the client closed");
        }
        log.received(into, count);
        return count;
    }

    /** A SocketException on a socket that this side closed is the fixture's own end. */
    private void noteReset() {
        if (!raw.isClosed()) {
            log.ended(ConnectionLog.ClientEnd.RESET);
        }
    }

    void write(Payload bytes) throws IOException {
        if (bytes.length() == 0) {
            return;
        }
        try {
            bytes.writeTo(top.getOutputStream());
        } catch (SSLException e) {
            throw e;
        } catch (SocketException e) {
            noteReset();
            throw e;
        }
        log.sent(bytes.length());
    }

    /** Reads and drops until the client closes. */
    void drain() throws IOException {
        byte[] block = new byte[BLOCK];
        try {
            while (true) {
                read(block, BLOCK);
            }
        } catch (EOFException e) {
            // The client closed: all is drained.
        }
    }

    boolean hasUnread() {
        try {
            return raw.getInputStream().available() > 0;
        } catch (IOException e) {
            // Closed under our hands by the fixture's end: nothing to wait for any more.
            return true;
        }
    }

    /** FIN, without close_notify; reading stays possible. */
    void halfClose() throws IOException {
        raw.shutdownOutput();
    }

    /** close_notify where there is TLS, then FIN; reading stays possible. */
    void finish() throws IOException {
        top.shutdownOutput();
        if (!raw.isOutputShutdown()) {
            raw.shutdownOutput();
        }
    }

    /** close_notify where there is TLS, then FIN. */
    void close() throws IOException {
        dropUnread();
        top.close();
        raw.close();
    }

    /** FIN without close_notify. */
    void cut() throws IOException {
        dropUnread();
        raw.close();
    }

    /**
     * RST in place of FIN (socket(7), SO_LINGER). Also what closing with unread bytes looks like; a plain close() would
     * not do for that, as the JDK shuts its output down first and so sends FIN before the RST.
     */
    void reset() throws IOException {
        raw.setSoLinger(true, 0);
        raw.close();
    }

    /** Unread bytes would turn the FIN of a close into a RST. */
    private void dropUnread() throws IOException {
        InputStream in = raw.getInputStream();
        byte[] block = new byte[BLOCK];
        while (in.available() > 0 && in.read(block) > 0) {
            log.received(block, 0);
        }
    }
}
