package probe.evidence.collect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.Via;
import probe.diagnosis.Diagnoser;
import probe.diagnosis.Facts;
import probe.evidence.Observation;
import probe.prober.AttemptListener;
import probe.prober.Deadline;
import probe.prober.Destination;
import probe.prober.LastWords;
import probe.prober.ProbeContext;
import probe.prober.SocketProber;
import probe.prober.Ticker;
import probe.prober.Watchdog;
import probe.profile.EvidenceLevel;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.Step;
import probe.profile.Timeouts;
import probe.target.Scheme;
import probe.target.Target;

/**
 * The client's side of a {@link NetworkLab}: probes what each line of its input names, {@code level address port
 * connect-ms socket-ms request-bytes}, and prints what it learned, ended by {@code done}.
 */
final class LabClient {
    private LabClient() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            probe(EvidenceLevel.byId(words[0]).orElseThrow(), words[1],
                    Integer.parseInt(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]),
                    Integer.parseInt(words[5]));
            System.out.println("done");
        }
    }

    private static void probe(EvidenceLevel level, String address, int port, long connectMillis,
            long socketMillis, int requestBytes) {
        Settings settings = settings(level, connectMillis, socketMillis, requestBytes);
        Target target = new Target(address + ":" + port, Scheme.TCP, address, port, "", null);
        try (Gatherer gatherer = new Gatherer(target, settings);
                Watchdog watchdog = new Watchdog()) {
            ProbeContext context = new ProbeContext(settings,
                    Deadline.start(Ticker.SYSTEM, settings.timeouts()), watchdog,
                    listener(gatherer));
            Attempt attempt = new SocketProber().attempt(
                    new Destination(target, InetAddress.ofLiteral(address), port, null), context);
            System.out.println(attempt.failure());
            System.out.println(attempt.bytes());
            long begun = System.nanoTime();
            List<Observation> observations = gatherer.gather(List.of(attempt),
                    Duration.ofSeconds(10));
            System.out.println("gathered in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
            observations.forEach(System.out::println);
            Diagnoser.diagnose(new Facts(target, List.of(attempt), observations))
                    .ifPresent(diagnosis -> {
                        System.out.println("verdict " + diagnosis.kind().id() + " "
                                + diagnosis.side().id() + " " + diagnosis.locus().id() + " "
                                + diagnosis.confidence().id());
                        diagnosis.evidence().forEach(System.out::println);
                    });
        }
    }

    private static Settings settings(EvidenceLevel level, long connectMillis, long socketMillis,
            int requestBytes) {
        Settings base = Settings.defaults();
        Timeouts limits = base.timeouts();
        Timeouts timeouts = new Timeouts(limits.dns(),
                Setting.ofFlag(Duration.ofMillis(connectMillis)), limits.tls(),
                limits.connectionRequest(), Setting.ofFlag(Duration.ofMillis(socketMillis)),
                limits.deadline());
        List<Step> exchange = requestBytes == 0 ? List.of()
                : List.of(new Step.Send("x".repeat(requestBytes)), new Step.Expect("never"));
        return new Settings(timeouts, base.family(), base.pins(), base.http(), exchange, base.tls(),
                null, level, List.of(), 1, base.interval());
    }

    private static AttemptListener listener(Gatherer gatherer) {
        return new AttemptListener() {
            @Override
            public void connecting(Via via, Socket socket, InetSocketAddress remote) {
                gatherer.connecting(via, socket, remote);
            }

            @Override
            public void connected(Via via, Socket socket) {
                gatherer.connected(via, socket);
            }

            @Override
            public @Nullable Long failing(Via via, Socket socket, Failure failure,
                    LastWords lastWords) {
                return gatherer.failing(via, socket, failure, lastWords::bytes);
            }
        };
    }
}
