import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** What is probed, all on loopback: ports that accept, that answer HTTP, that are silent, and one that nobody has. */
final class Servers implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
            .getBytes(StandardCharsets.US_ASCII);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ServerSocket accepting;
    private final ServerSocket http;
    private final ServerSocket mute;
    private final ServerSocket full;
    private final int closed;

    Servers() throws IOException {
        accepting = listen(BACKLOG);
        http = listen(BACKLOG);
        mute = listen(BACKLOG);
        full = listen(1);
        try (ServerSocket unused = listen(1)) {
            closed = unused.getLocalPort();
        }
        serve(accepting, Runnable::run, socket -> socket.close());
        serve(http, Thread::startVirtualThread, Servers::answer);
        serve(mute, Runnable::run, open::add);
        fill();
    }

    private interface Handler {
        void handle(Socket socket) throws IOException;
    }

    private ServerSocket listen(int backlog) throws IOException {
        ServerSocket server = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
        open.add(server);
        return server;
    }

    /** Who is measured has both cores, so that a thread for each connection is started only where one has to wait. */
    private static void serve(ServerSocket server, Executor executor, Handler handler) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    executor.execute(() -> {
                        try {
                            handler.handle(socket);
                        } catch (IOException gone) {
                            // The client has what it wanted.
                        }
                    });
                }
            } catch (IOException closed) {
                // The measurement is over.
            }
        });
    }

    private static void answer(Socket socket) throws IOException {
        try (socket) {
            InputStream in = socket.getInputStream();
            int newlines = 0;
            for (int letter = in.read(); letter >= 0 && newlines < 2; letter = newlines < 2 ? in.read() : -1) {
                newlines = letter == '\n' ? newlines + 1 : letter == '\r' ? newlines : 0;
                if (newlines == 2) {
                    break;
                }
            }
            socket.getOutputStream().write(ANSWER);
        }
    }

    /** Takes every place in the queue of a port that accepts nobody: the kernel drops every further SYN. */
    private void fill() throws IOException {
        for (int i = 0; i < 16; i++) {
            Socket one = new Socket();
            open.add(one);
            try {
                one.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 200);
            } catch (IOException isFull) {
                return;
            }
        }
        throw new IOException("this kernel takes more connections than asked for");
    }

    String accepting() {
        return "127.0.0.1:" + accepting.getLocalPort();
    }

    String http() {
        return "127.0.0.1:" + http.getLocalPort();
    }

    /** Accepts, and never says anything. */
    String mute() {
        return "127.0.0.1:" + mute.getLocalPort();
    }

    /** Drops every SYN. */
    String dropping() {
        return "127.0.0.1:" + full.getLocalPort();
    }

    String refusing() {
        return "127.0.0.1:" + closed;
    }

    @Override
    @SuppressWarnings("try")
    public void close() throws Exception {
        for (AutoCloseable one : List.copyOf(open)) {
            one.close();
        }
    }
}
