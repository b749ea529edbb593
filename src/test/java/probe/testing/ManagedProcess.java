package probe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real server in a process of its own: started in a temporary directory, ready when its port
 * answers, stopped by its process id, with all its children, when closed. Its program must stay in
 * the foreground.
 *
 * <p>In the arguments and files {@code {port}} stands for the port and {@code {dir}} for the
 * directory.
 */
public final class ManagedProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration START = Duration.ofSeconds(20);
    private static final int MOST_TRIES = 3;
    private static final int CONNECT_MILLIS = 500;

    private final Process process;
    private final Path directory;
    private final InetSocketAddress address;

    private ManagedProcess(Process process, Path directory, InetSocketAddress address) {
        this.process = process;
        this.directory = directory;
        this.address = address;
    }

    /**
     * The program and its arguments. A name without a slash is looked for as {@link Needs} does: along
     * PATH and where system programs live.
     */
    public static Builder of(String... command) {
        return new Builder(List.of(command));
    }

    public int port() {
        return address.getPort();
    }

    public InetSocketAddress address() {
        return address;
    }

    public Path directory() {
        return directory;
    }

    public long pid() {
        return process.pid();
    }

    /** What it wrote to standard output and standard error so far. */
    public String log() {
        return read(directory);
    }

    /** SIGSTOP: the kernel goes on accepting connections and acknowledging bytes, the program does not. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT, the end of {@link #freeze()}. */
    public void thaw() {
        signal("CONT");
    }

    /** SIGKILL, to the program alone: its kernel closes all its sockets. */
    public void kill() {
        process.destroyForcibly();
        await(process.toHandle());
    }

    private void signal(String name) {
        if (!trySignal(name)) {
            throw new IllegalStateException("kill -" + name + " " + pid() + " failed");
        }
    }

    /** By the shell's own kill: not every system has it as a program. */
    private boolean trySignal(String name) {
        try {
            return new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(
                process.descendants(), Stream.of(process.toHandle())).toList();
        if (process.isAlive() && !trySignal("CONT")) {
            // A frozen process would not hear SIGTERM; one that can't be thawed has just ended.
            process.destroyForcibly();
        }
        all.forEach(ProcessHandle::destroy);
        all.forEach(ManagedProcess::await);
        deleteAll(directory);
    }

    private static void await(ProcessHandle handle) {
        if (!Eventually.within(GRACE, () -> !handle.isAlive())) {
            handle.destroyForcibly();
            Eventually.holds(() -> !handle.isAlive(), () -> "process " + handle.pid() + " ends");
        }
    }

    private static void deleteAll(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path directory) {
        try {
            return Files.readString(directory.resolve("log"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to run, and with which files. */
    public static final class Builder {
        private final List<String> command;
        private final Map<String, String> files = new LinkedHashMap<>();

        private Builder(List<String> command) {
            this.command = new ArrayList<>(command);
            Prerequisite.find(command.getFirst())
                    .ifPresent(found -> this.command.set(0, found.toString()));
        }

        /** A file in the directory, in UTF-8. */
        public Builder file(String name, String content) {
            files.put(name, content);
            return this;
        }

        /**
         * Runs it on a free port of 127.0.0.1 and waits until that port answers. If the program ends
         * before, for another may have taken the port meanwhile, it is tried again, twice.
         *
         * @throws AssertionError with the log, when it does not come up
         */
        public ManagedProcess start() {
            String log = "";
            for (int i = 0; i < MOST_TRIES; i++) {
                ManagedProcess managed = launch();
                if (Eventually.within(START,
                        () -> !managed.process.isAlive() || answers(managed.address))
                        && managed.process.isAlive()) {
                    return managed;
                }
                log = managed.log();
                managed.close();
            }
            throw new AssertionError(command + " did not come up:\n" + log);
        }

        private ManagedProcess launch() {
            try {
                Path directory = Files.createTempDirectory("probe-test-process");
                InetSocketAddress address = freePort();
                for (Map.Entry<String, String> file : files.entrySet()) {
                    Files.writeString(directory.resolve(file.getKey()),
                            fill(file.getValue(), directory, address));
                }
                Process process = new ProcessBuilder(command.stream()
                        .map(argument -> fill(argument, directory, address))
                        .toList())
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
                process.getOutputStream().close();
                return new ManagedProcess(process, directory, address);
            } catch (IOException e) {
                throw new UncheckedIOException("can't run " + command, e);
            }
        }

        private static InetSocketAddress freePort() {
            try (ClosedPort port = ClosedPort.open()) {
                return port.address();
            }
        }

        private static String fill(String text, Path directory, InetSocketAddress address) {
            return text.replace("{port}", String.valueOf(address.getPort()))
                    .replace("{dir}", directory.toString());
        }

        private static boolean answers(InetSocketAddress address) {
            try (Socket socket = new Socket()) {
                socket.connect(address, CONNECT_MILLIS);
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
