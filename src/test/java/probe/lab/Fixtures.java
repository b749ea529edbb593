package probe.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import probe.testing.TestCertificates;

/** The server's side of a {@link Slot}: every {@link Service}, in one JVM, until it is ended. */
final class Fixtures {
    private Fixtures() {}

    /**
     * Says {@code ready} when everything listens, and then to each line how many requests were acted on; the argument
     * is where the root certificate is put.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<Service, AutoCloseable> running = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            running.put(service, service.start());
        }
        Files.copy(TestCertificates.rootPem(), Path.of(arguments[0]),
                StandardCopyOption.REPLACE_EXISTING);
        Shell.run(List.of("chmod", "644", arguments[0]));
        System.out.println("ready");
        Ledger ledger = new Ledger(running);
        BufferedReader questions = new BufferedReader(
                new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (questions.readLine() != null) {
            System.out.println(ledger.acted());
        }
    }
}
