package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SystemResolverTest {
    @TempDir
    Path folder;

    /** Looks a name up before and after it stands in the hosts file that this JVM is told to use. */
    public static final class Child {
        private Child() {}

        /** Two lines: what became of the first lookup, and of the second right after it. */
        public static void main(String[] arguments) throws IOException {
            for (String hosts : List.of("192.0.2.1 other.test\n", "192.0.2.7 db.test\n")) {
                Files.writeString(Path.of(arguments[0]), hosts);
                try {
                    System.out.println(
                            Resolver.SYSTEM.resolve("db.test").getFirst().getHostAddress());
                } catch (UnknownHostException e) {
                    System.out.println("unknown");
                }
            }
        }
    }

    /** jdk.net.hosts.file makes InetAddress read a file in place of asking the system; its cache stays in force. */
    @Test
    @Timeout(60)
    void a_failure_is_not_remembered() throws IOException, InterruptedException {
        Path hosts = folder.resolve("hosts");
        Path out = folder.resolve("out");
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + hosts, "-cp", System.getProperty("java.class.path"),
                Child.class.getName(),
                hosts.toString()).redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        assertEquals(List.of("unknown", "192.0.2.7"), Files.readAllLines(out));
    }
}
