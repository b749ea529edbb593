package probe.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.diagnosis.Kind;
import probe.testing.ClosedPort;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.FullBacklog;
import probe.testing.Reply;
import probe.testing.ServerTls;

/**
 * One thing that goes wrong in a way of its own, and what a user types to see it.
 *
 * @param name of the case that it is recorded as
 * @param kind what it is, or null for a healthy target: decided here, apart from the rules
 * @param scene brings it about and probes it
 */
record Situation(String name, @Nullable Kind kind, Scene scene) {

    /** What the program reports while the situation lasts, as JSON. */
    interface Scene {
        String report() throws Exception;
    }

    /** What runs the program with these words. */
    interface Runner {
        Ran run(String... words);
    }

    /** Another runner than {@link Ran#probe}, for as long as a scene is run under it. */
    static final ScopedValue<Runner> RUNNER = ScopedValue.newInstance();

    /** A server that goes wrong, and a URL of it. */
    static Situation http(String name, @Nullable Kind kind, Fault fault, Reply reply,
            String... options) {
        return http(name, kind, FaultServer.builder().connection(fault).reply(reply), options);
    }

    /** A server that goes wrong, and a URL of it. */
    static Situation http(String name, @Nullable Kind kind, FaultServer.Builder builder,
            String... options) {
        return new Situation(name, kind, () -> {
            try (FaultServer server = builder.start()) {
                return probe(server.uri("/").toString(), options);
            }
        });
    }

    /** As {@code http}, inside TLS. */
    static Situation https(String name, @Nullable Kind kind, ServerTls tls, Fault fault,
            String... options) {
        return http(name, kind, FaultServer.builder().tls(tls).connection(fault), options);
    }

    /** A server that goes wrong, and its port under another scheme: {@code tcp}, {@code tls}, {@code https}. */
    static Situation port(String name, @Nullable Kind kind, String scheme,
            FaultServer.Builder builder,
            String... options) {
        return new Situation(name, kind, () -> {
            try (FaultServer server = builder.start()) {
                return probe(scheme + "://127.0.0.1:" + server.port(), options);
            }
        });
    }

    /** A port on which nobody listens. */
    static Situation closedPort(String name, Kind kind, String target, String... options) {
        return new Situation(name, kind, () -> {
            try (ClosedPort port = ClosedPort.open()) {
                return probe(target.replace("{port}", String.valueOf(port.port())),
                        filled(options, port.port()));
            }
        });
    }

    /** A port whose accept queue is full. */
    static Situation silentPort(String name, Kind kind, String target, String... options) {
        return new Situation(name, kind, () -> {
            try (FullBacklog port = FullBacklog.open()) {
                return probe(target.replace("{port}", String.valueOf(port.port())),
                        filled(options, port.port()));
            }
        });
    }

    /** No server at all. */
    static Situation nobody(String name, Kind kind, String target, String... options) {
        return new Situation(name, kind, () -> probe(target, options));
    }

    /** What the program reports, with these options before the target. */
    static String probe(String target, String... options) {
        List<String> words = new ArrayList<>(List.of(options));
        words.add(target);
        return RUNNER.orElse(Ran::probe).run(words.toArray(String[]::new)).out();
    }

    private static String[] filled(String[] options, int port) {
        return java.util.Arrays.stream(options)
                .map(option -> option.replace("{port}", String.valueOf(port)))
                .toArray(String[]::new);
    }
}
