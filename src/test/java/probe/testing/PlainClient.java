package probe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** The view of a plain socket, for the tests of the fixtures themselves. */
final class PlainClient implements AutoCloseable {
    /** How reading came to its end. */
    enum End {
        FIN,
        RESET,
        SILENCE
    }

    /**
     * @param bytes all that was read
     * @param end what came after it
     */
    record Heard(Payload bytes, End end) {
        String text() {
            return bytes.text();
        }
    }

    static final Payload GET = Payload.latin1("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private static final int CONNECT_MILLIS = 5000;

    private final Socket socket;

    private PlainClient(Socket socket) {
        this.socket = socket;
    }

    static PlainClient connect(InetSocketAddress address) {
        Socket socket = new Socket();
        try {
            socket.connect(address, CONNECT_MILLIS);
            return new PlainClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects, sends, and hears until the end or until {@code silence} milliseconds pass without a byte. */
    static Heard ask(InetSocketAddress address, Payload request, int silence) throws IOException {
        try (PlainClient client = connect(address)) {
            client.send(request);
            return client.hear(silence);
        }
    }

    static Heard ask(InetSocketAddress address, Payload request) throws IOException {
        return ask(address, request, (int) Eventually.GENEROUS.toMillis());
    }

    /**
     * Connects and hears, saying nothing. A server that resets on accept may be faster than the
     * client: then connecting itself fails with the reset.
     */
    static Heard listen(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            try {
                socket.connect(address, CONNECT_MILLIS);
            } catch (ConnectException e) {
                throw e;
            } catch (SocketException e) {
                return new Heard(Payload.EMPTY, End.RESET);
            }
            return hear(socket, CONNECT_MILLIS);
        }
    }

    Socket socket() {
        return socket;
    }

    void send(Payload bytes) throws IOException {
        bytes.writeTo(socket.getOutputStream());
    }

    Heard hear(int silence) throws IOException {
        return hear(socket, silence);
    }

    /** Also for a TLS socket. */
    static Heard hear(Socket socket, int silence) throws IOException {
        socket.setSoTimeout(silence);
        Payload heard = Payload.EMPTY;
        byte[] block = new byte[8192];
        try {
            for (int read = socket.getInputStream().read(block); read
                    >= 0; read = socket.getInputStream().read(block)) {
                heard = heard.plus(Payload.of(block).slice(0, read));
            }
            return new Heard(heard, End.FIN);
        } catch (SocketTimeoutException e) {
            return new Heard(heard, End.SILENCE);
        } catch (SocketException e) {
            return new Heard(heard, End.RESET);
        }
    }

    /** Exactly {@code count} bytes. */
    Payload hearBytes(int count) throws IOException {
        socket.setSoTimeout((int) Eventually.GENEROUS.toMillis());
        return Payload.of(socket.getInputStream().readNBytes(count));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
