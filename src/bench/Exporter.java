import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** prometheus-blackbox-exporter, a service that probes when it is asked to: running before anything is measured. */
final class Exporter implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus-blackbox-exporter");
    private static final int TRIES = 100;

    private final Process process;
    private final int port;

    private Exporter(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    static Exporter start(Path folder) throws IOException, InterruptedException {
        Path config = Files.writeString(folder.resolve("blackbox.yml"),
                "modules:\n  tcp_connect:\n    prober: tcp\n  http_2xx:\n    prober: http\n");
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        Process process = new ProcessBuilder(PROGRAM.toString(), "--config.file=" + config,
                "--web.listen-address=127.0.0.1:" + port)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
                return new Exporter(process, port);
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        process.destroy();
        throw new IOException("prometheus-blackbox-exporter does not listen");
    }

    /** What curl is to ask for. */
    String probe(String module, String target) {
        return "http://127.0.0.1:" + port + "/probe?module=" + module + "&target=" + target;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
