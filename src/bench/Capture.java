import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The same attempts as the kernel saw them: packets of one port on loopback, as tcpdump prints them. */
final class Capture implements AutoCloseable {
    static final Path TCPDUMP = Path.of("/usr/bin/tcpdump");

    private static final Pattern PACKET = Pattern.compile(
            "([0-9.]+) IP 127\\.0\\.0\\.1\\.([0-9]+) > 127\\.0\\.0\\.1\\.([0-9]+): Flags \\[([A-Z.]+)].* length ([0-9]+)");

    private final String port;
    private final Process process;
    private final Thread reader;
    private final Map<String, Times> connections = new HashMap<>();

    /** When things happened on one connection, in seconds; 0 for never. */
    private static final class Times {
        private double syn;
        private double accepted;
        private double asked;
        private double answered;
    }

    private Capture(String port, Process process) {
        this.port = port;
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    static boolean isPossible() {
        return Files.isExecutable(TCPDUMP);
    }

    /** Captures what goes to and from a port, from the moment that this returns; needs root. */
    static Capture of(String port) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(TCPDUMP.toString(), "-i", "lo", "-n", "-tt", "-l", "--immediate-mode",
                "tcp port " + port).start();
        CountDownLatch listening = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> process.errorReader().lines().forEach(line -> {
            if (line.contains("listening on")) {
                listening.countDown();
            }
        }));
        if (!listening.await(10, TimeUnit.SECONDS)) {
            process.destroy();
            throw new IOException("tcpdump does not listen: is this root?");
        }
        return new Capture(port, process);
    }

    private void read() {
        process.inputReader().lines().forEach(line -> {
            Matcher packet = PACKET.matcher(line);
            if (packet.lookingAt()) {
                boolean out = packet.group(3).equals(port);
                note(connections.computeIfAbsent(packet.group(out ? 2 : 3), key -> new Times()), out,
                        Double.parseDouble(packet.group(1)), packet.group(4), !packet.group(5).equals("0"));
            }
        });
    }

    private static void note(Times times, boolean out, double at, String flags, boolean data) {
        if (out && flags.equals("S") && times.syn == 0) {
            times.syn = at;
        } else if (!out && flags.equals("S.") && times.accepted == 0) {
            times.accepted = at;
        } else if (out && data) {
            times.asked = at;
        } else if (!out && data && times.answered == 0) {
            times.answered = at;
        }
    }

    /**
     * By how many milliseconds a phase is longer in the reports than on the wire, in their order.
     *
     * @param phase "connect", from SYN to SYN-ACK, or "response-head", from the request to the answer's first byte
     */
    List<Double> differences(List<String> reports, String phase) {
        Pattern attempt = Pattern.compile("\"localPort\":([0-9]+).*?\"phases\":\\[(.*?)]");
        Pattern timing = Pattern.compile("\"phase\":\"" + phase + "\",\"startMs\":[0-9.]+,\"durationMs\":([0-9.]+)");
        List<Double> differences = new ArrayList<>();
        for (String report : reports) {
            Matcher attempts = attempt.matcher(report);
            while (attempts.find()) {
                Matcher told = timing.matcher(attempts.group(2));
                Times times = connections.get(attempts.group(1));
                if (told.find() && times != null) {
                    double seen = phase.equals("connect") ? times.accepted - times.syn : times.answered - times.asked;
                    differences.add(Double.parseDouble(told.group(1)) - 1e3 * seen);
                }
            }
        }
        return differences;
    }

    @Override
    public void close() throws InterruptedException {
        Thread.sleep(200); // what was captured last is printed
        process.toHandle().destroy(); // that of the process itself would close what is still being read
        reader.join();
        process.waitFor();
    }
}
