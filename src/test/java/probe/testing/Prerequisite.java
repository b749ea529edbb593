package probe.testing;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A right or an ability of the machine that some tests depend on. */
public enum Prerequisite {

    /** Kernel evidence is read from Linux alone. */
    LINUX("Linux") {
        @Override
        boolean isMet() {
            return System.getProperty("os.name").equals("Linux");
        }
    },

    /** Effective user 0, as in /proc/self/status (proc_pid_status(5)). */
    ROOT("root") {
        @Override
        boolean isMet() throws IOException {
            Path status = Path.of("/proc/self/status");
            if (!Files.isReadable(status)) {
                return false;
            }
            try (Stream<String> lines = Files.lines(status)) {
                return lines.anyMatch(line -> line.matches("Uid:\\t\\d+\\t0\\t.*"));
            }
        }
    },

    /** The right to make network namespaces: root is not enough inside many containers. */
    NETWORK_NAMESPACES("the right to make network namespaces") {
        @Override
        boolean isMet() throws IOException {
            return find("unshare").isPresent() && succeeds("unshare", "--net", "true");
        }
    },

    /** The right to mount, seen by nobody else: root is not enough inside many containers. */
    MOUNT_NAMESPACES("the right to make mount namespaces") {
        @Override
        boolean isMet() throws IOException {
            return find("unshare").isPresent() && succeeds("unshare", "--mount", "true");
        }
    },

    /** ::1 answers; some containers have no IPv6 at all. */
    IPV6("IPv6 on loopback") {
        @Override
        boolean isMet() throws IOException {
            InetAddress loopback = InetAddress.ofLiteral("::1");
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(loopback, 0));
                return socket.getInetAddress() instanceof Inet6Address;
            } catch (java.net.SocketException e) {
                return false;
            }
        }
    },

    /** A reader of JUnit's XML that others wrote, in Debian's own Python. */
    JUNITPARSER("Debian's python3-junitparser") {
        @Override
        boolean isMet() throws IOException {
            Path python = Path.of("/usr/bin/python3");
            return Files.isExecutable(python)
                    && succeeds(python.toString(), "-c", "import junitparser");
        }
    },

    /** The packaged program: integration tests are told where it is, unit tests run before it exists. */
    PACKAGED("the packaged program (mvn verify)") {
        @Override
        boolean isMet() {
            String home = System.getProperty("probe.home");
            return home != null && Files.isExecutable(Path.of(home, "bin", "probe"));
        }
    },

    /** What is published, which is made before the integration tests. */
    PACKAGES("the packages (mvn verify)") {
        @Override
        boolean isMet() {
            String packages = System.getProperty("probe.packages");
            return packages != null && Files.exists(Path.of(packages, "SHA256SUMS"));
        }
    };

    private final String label;

    Prerequisite(String label) {
        this.label = label;
    }

    /** Whether this machine offers it, now. */
    abstract boolean isMet() throws IOException;

    /** How a skipped test names it. */
    String label() {
        return label;
    }

    /** The program of that name on the PATH, or in the folders where system programs live. */
    static Optional<Path> find(String command) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean succeeds(String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
        try {
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }
}
