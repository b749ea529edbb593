package probe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import probe.evidence.linux.OwnProcess;

/**
 * Typical runs, one after the other in one JVM, while it records which classes a start loads (JEP 483 records one
 * process): healthy targets and failing ones, as those load what the evidence needs. Everything happens on loopback,
 * with servers of its own, and whatever the environment says.
 */
final class Rehearsal {
    /** What {@link Main} takes alone on the command line; no option, as it is of no use to anybody who probes. */
    static final String WORD = "--rehearse-start";

    private static final int QUEUE = 50;
    private static final int QUICK_MILLIS = 100;
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            .getBytes(StandardCharsets.US_ASCII);

    private Rehearsal() {}

    /** Runs the program as often as there is something new to load. */
    static void run() {
        System.getenv(); // as every start asks, though this one heeds none of it
        Console.reader(1);
        try (ServerSocket healthy = loopback();
                ServerSocket silent = loopback();
                ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(healthy));
            String refused = "127.0.0.1:" + unusedPort();
            String works = "127.0.0.1:" + healthy.getLocalPort();
            String hangs = "127.0.0.1:" + silent.getLocalPort();
            String drops = "127.0.0.1:" + full.getLocalPort();
            fill(full);
            for (List<String> words : List.of(List.of("--version"), List.of("--help"),
                    List.of(works), List.of(refused), List.of("http://" + works + "/"),
                    List.of("http://" + refused + "/"),
                    List.of("--socket-timeout", "50ms", "http://" + hangs + "/"),
                    List.of("--tls-timeout", "50ms", "https://" + hangs + "/"),
                    List.of("--connect-timeout", "300ms", drops),
                    List.of(works, refused),
                    List.of("--connect-timeout", "50ms", "--socket-timeout", "50ms", drops,
                            "http://" + hangs + "/", "http://" + works + "/"))) {
                new Program(nobody()).exitCode(words.toArray(String[]::new));
            }
            OwnProcess.hasOtherInside();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, QUEUE, InetAddress.getLoopbackAddress());
    }

    /** Fills the queue of a server that accepts nobody: what comes then is dropped. */
    @SuppressWarnings("resource") // they are to stay; the process ends with the rehearsal
    private static void fill(ServerSocket full) throws IOException {
        try {
            for (int i = 0; i < QUEUE; i++) {
                new Socket().connect(full.getLocalSocketAddress(), QUICK_MILLIS);
            }
        } catch (SocketTimeoutException isFull) {
            // As intended.
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket unused = loopback()) {
            return unused.getLocalPort();
        }
    }

    private static Console nobody() {
        return new Console(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(), Console.Reader.PROGRAM, Console.Reader.PROGRAM,
                Map.of("LC_ALL", "C.UTF-8"));
    }

    /** Answers whoever asks; who does not ask finds an open connection. */
    private static void serve(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> answer(socket));
            }
        } catch (IOException closed) {
            // The rehearsal is over.
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            if (socket.getInputStream().read() >= 0) {
                socket.getOutputStream().write(ANSWER);
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException gone) {
            // The run is over.
        }
    }
}
