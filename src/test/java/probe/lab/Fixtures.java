package probe.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import probe.testing.TestCertificates;

/** The server's side of a {@link Slot}: every {@link Service}, in one JVM, until it is ended. */
final class Fixtures {
    private Fixtures() {}

    /** Says {@code ready} when everything listens; the argument is where the root certificate is put. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<AutoCloseable> running = new ArrayList<>();
        for (Service service : Service.values()) {
            running.add(service.start());
        }
        Files.copy(TestCertificates.rootPem(), Path.of(arguments[0]),
                StandardCopyOption.REPLACE_EXISTING);
        Shell.run(List.of("chmod", "644", arguments[0]));
        System.out.println("ready");
        Thread.currentThread().join();
        throw new AssertionError(running);
    }
}
