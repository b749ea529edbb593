package probe.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;

/** A server whose conversation begins in plaintext and goes on inside TLS, as STARTTLS has it. */
public final class StartTlsServer implements AutoCloseable {
    /**
     * One turn: hears exactly these bytes, then answers.
     *
     * @param hears what the client has to send; may be empty
     * @param says what the server answers; may be empty
     */
    public record Turn(Payload hears, Payload says) {
        /** In characters of one byte each. */
        public static Turn of(String hears, String says) {
            return new Turn(Payload.latin1(hears), Payload.latin1(says));
        }
    }

    private final ServerThreads threads = new ServerThreads("starttls-server");
    private final AtomicReference<String> heard = new AtomicReference<>("");
    private final LoopbackServer server;

    private StartTlsServer(List<Turn> before, ServerTls tls, List<Turn> inside) {
        this.server = LoopbackServer.start(threads,
                new InetSocketAddress(Loopback.V4.address(), 0), 0,
                socket -> () -> serve(socket, before, tls, inside));
    }

    /**
     * Listens when it returns; every connection goes the same way, and ends after the last turn.
     *
     * @param before the turns in plaintext; after the last one comes the handshake
     * @param inside the turns inside TLS
     */
    public static StartTlsServer start(List<Turn> before, ServerTls tls, List<Turn> inside) {
        return new StartTlsServer(List.copyOf(before), tls, List.copyOf(inside));
    }

    public InetSocketAddress address() {
        return server.address();
    }

    /** What was heard where something else should have been; empty while all went as told. */
    public String misheard() {
        return heard.get();
    }

    private void serve(Socket socket, List<Turn> before, ServerTls tls, List<Turn> inside)
            throws IOException {
        if (!take(socket, before)) {
            return;
        }
        SSLSocket secured = tls.over(socket);
        secured.startHandshake();
        if (take(secured, inside)) {
            secured.close();
        }
    }

    private boolean take(Socket socket, List<Turn> turns) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        for (Turn turn : turns) {
            byte[] bytes = new byte[turn.hears().length()];
            in.readFully(bytes);
            if (!Payload.of(bytes).equals(turn.hears())) {
                heard.set(Payload.of(bytes).text());
                return false;
            }
            turn.says().writeTo(socket.getOutputStream());
        }
        return true;
    }

    @Override
    public void close() {
        server.close();
    }
}
