package probe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Threads and open file descriptors that stay behind.
 *
 * <pre>{@code
 * Leaks before = Leaks.snapshot();
 * … everything opened here is closed here …
 * before.assertNoneSince();
 * }</pre>
 *
 * Virtual threads are not seen: the JDK does not list them. Descriptors are seen on Linux only. Other
 * tests must not run at the same time in the same JVM.
 */
public final class Leaks {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Threads and descriptors that the JDK opens once, on demand, and keeps for the JVM's life. */
    private static final List<String> OF_THE_JDK = List.of(
            "process reaper",
            "Common-Cleaner",
            "Cleaner-",
            "ForkJoinPool",
            "Read-Poller",
            "Write-Poller",
            "Master-Poller",
            "MasterPoller",
            "VirtualThread-un",
            "Keep-Alive-Timer",
            "Attach Listener",
            "Signal Dispatcher",
            "DestroyJavaVM");

    private final Set<Thread> threads;
    private final Set<String> descriptors;

    private Leaks(Set<Thread> threads, Set<String> descriptors) {
        this.threads = threads;
        this.descriptors = descriptors;
    }

    /** What is there now, after the JDK has opened what it opens with the first socket. */
    public static Leaks snapshot() {
        openOneOfEach();
        return new Leaks(threads(), descriptors());
    }

    /**
     * Waits until all that came after the snapshot is gone.
     *
     * @throws AssertionError when something is still there after {@link Eventually#GENEROUS}
     */
    public void assertNoneSince() {
        Eventually.holds(() -> since().isEmpty(), () -> "left behind: " + since());
    }

    /** Each thread and descriptor that is there now and was not at the snapshot, in words. */
    public List<String> since() {
        Set<String> left = new TreeSet<>(descriptors());
        left.removeAll(descriptors);
        threads().stream()
                .filter(thread -> !threads.contains(thread))
                .forEach(thread -> left.add("thread " + thread.getName()));
        return List.copyOf(left);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces()
                .keySet()
                .stream()
                .filter(thread -> OF_THE_JDK.stream().noneMatch(thread.getName()::startsWith))
                .collect(Collectors.toSet());
    }

    /** {@code fd 7 socket:[4711]}: number and target, as a number alone is soon used again. */
    private static Set<String> descriptors() {
        Set<String> open = new TreeSet<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return open;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path entry : entries) {
                target(entry, open);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open;
    }

    private static void target(Path entry, Set<String> open) {
        try {
            String target = Files.readSymbolicLink(entry).toString();
            // The listing itself, class files of a class first used now, the random source.
            boolean ofTheJdk = target.startsWith("/proc/") || target.endsWith(".jar")
                    || target.endsWith("/modules") || target.startsWith("/dev/");
            if (!ofTheJdk) {
                open.add("fd " + entry.getFileName() + " " + target);
            }
        } catch (IOException e) {
            // Closed since it was listed.
        }
    }

    /** The first socket of each kind makes the JDK open a few descriptors that it never closes. */
    private static void openOneOfEach() {
        InetSocketAddress any = new InetSocketAddress(Loopback.V4.address(), 0);
        try (ServerSocket server = new ServerSocket();
                Socket client = new Socket();
                DatagramSocket datagrams = new DatagramSocket(any);
                Selector selector = Selector.open()) {
            server.bind(any);
            client.connect(server.getLocalSocketAddress());
            try (Socket accepted = server.accept()) {
                waitVirtually(client, accepted);
            }
            datagrams.setSoTimeout(1);
            selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first virtual thread that waits for a socket makes the JDK start what wakes all of them. */
    private static void waitVirtually(Socket client, Socket accepted) throws IOException {
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                client.getInputStream().read();
            } catch (IOException closed) {
                // It has waited, which is all that it was for.
            }
        });
        Eventually.within(Duration.ofSeconds(1), () -> reader.getState() == Thread.State.WAITING);
        accepted.getOutputStream().write(0);
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
