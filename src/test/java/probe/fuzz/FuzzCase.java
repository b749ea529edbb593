package probe.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.Conversation;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;
import probe.attempt.Via;
import probe.diagnosis.Facts;
import probe.evidence.NameServerAnswer;
import probe.evidence.collect.NameServerWords;
import probe.prober.AttemptListener;
import probe.prober.Deadline;
import probe.prober.Destination;
import probe.prober.HttpProber;
import probe.prober.ProbeContext;
import probe.prober.Prober;
import probe.prober.SocketProber;
import probe.prober.Ticker;
import probe.prober.Watchdog;
import probe.profile.Origin;
import probe.profile.ProxySettings;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.Step;
import probe.profile.Timeouts;
import probe.profile.TlsSettings;
import probe.report.Report;
import probe.target.HostPort;
import probe.target.Target;
import probe.target.TargetParser;
import probe.testing.TestCertificates;

/** One case: an answer, whoever is fed with it, and the report that comes of it. All of it follows from seed and number. */
final class FuzzCase {
    /** Nothing may take longer than this and a quarter of a second. */
    static final Duration DEADLINE = Duration.ofSeconds(3);
    /** A silent server in so many cases: each costs {@link #SILENCE}. */
    private static final int SILENT_ONE_IN = 400;
    private static final Duration SILENCE = Duration.ofMillis(60);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final List<List<Step>> SCRIPTS = List.of(
            List.of(new Step.Expect("^220 ")),
            List.of(new Step.Expect("PONG")),
            List.of(new Step.Expect("^SSH-2\\.0-")),
            List.of(new Step.Send("PING\r\n"), new Step.Expect("\\+PONG"),
                    new Step.Send("QUIT\r\n"),
                    new Step.Expect("\\+OK")),
            List.of(new Step.Send("x"), new Step.Expect("^[0-9]{3} .*\\n$")),
            List.of(new Step.Expect("220"), new Step.Send("STARTTLS\r\n"), new Step.StartTls(),
                    new Step.Expect("250")));

    /** A pattern that looks at some texts for years; seldom, as each is given up only after a while. */
    private static final List<Step> RUNAWAY = List.of(new Step.Expect("(?s)((.|\n)*,?)*end$"));
    private static final int RUNAWAY_ONE_IN = 200;

    /** The others are read without the way through the kernel, which takes its time. */
    private static final int OVER_UDP_ONE_IN = 8;
    private static final Duration NAME_SERVER_BUDGET = Duration.ofMillis(20);

    private final SplittableRandom random;
    private final Family family;
    private final Grammar grammar;
    private final Mutator mutator;
    private final boolean silent;

    FuzzCase(long seed, int number) {
        random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number);
        family = Family.any(random);
        grammar = new Grammar(random);
        mutator = new Mutator(random);
        silent = random.nextInt(SILENT_ONE_IN) == 0;
    }

    Family family() {
        return family;
    }

    /** The answer's bytes, where they do not depend on the question. */
    byte[] bytes() {
        return switch (family) {
            case HTTP_HEAD -> mutator.mutate(grammar.httpHead(), grammar.httpChunks());
            case HTTP_CHUNKS -> mutator.mutate(grammar.httpChunks(), grammar.httpHead());
            case BANNER -> mutator.mutate(grammar.banner(), grammar.banner());
            case CONNECT -> mutator.mutate(grammar.connectReply(), grammar.banner());
            case SOCKS -> mutator.mutate(grammar.socksReply(), grammar.tlsRecords());
            case TLS_RECORDS -> mutator.mutate(grammar.tlsRecords(), grammar.tlsRecords());
            case TLS12_FLIGHT, TLS13_FLIGHT, DNS -> new byte[0];
        };
    }

    /** The report that the program would give. */
    Report run(AnsweringServer server, Watchdog watchdog) throws InterruptedException {
        Instant now = Instant.now();
        long began = System.nanoTime();
        Settings settings = settings(server.port());
        Target target = target(server.port());
        Facts facts = family == Family.DNS ? lookup(target)
                : attempt(target, settings, server,
                        watchdog);
        return Report.of(facts, settings, now, Duration.ofNanos(System.nanoTime() - began),
                new Report.Environment("fuzz", "0", "none"));
    }

    private Facts attempt(Target target, Settings settings, AnsweringServer server,
            Watchdog watchdog) throws InterruptedException {
        server.answer(answer());
        ProbeContext context = new ProbeContext(settings,
                Deadline.start(Ticker.SYSTEM, settings.timeouts()), watchdog, AttemptListener.NONE);
        Destination destination = new Destination(target, InetAddress.ofLiteral("127.0.0.1"),
                server.port(), null);
        return new Facts(target, List.of(prober().attempt(destination, context)), List.of());
    }

    private Prober prober() {
        return switch (family) {
            case HTTP_HEAD, HTTP_CHUNKS -> new HttpProber();
            case CONNECT -> random.nextInt(4) == 0 ? new SocketProber() : new HttpProber();
            case BANNER, SOCKS, TLS_RECORDS, TLS12_FLIGHT, TLS13_FLIGHT, DNS -> new SocketProber();
        };
    }

    private Target target(int port) {
        return TargetParser.parse(switch (family) {
            case HTTP_HEAD, HTTP_CHUNKS -> "http://127.0.0.1:" + port + "/";
            case BANNER -> "tcp://127.0.0.1:" + port;
            case CONNECT -> random.nextBoolean() ? "https://service.test/"
                    : "http://service.test/";
            case SOCKS -> random.nextBoolean() ? "tcp://service.test:80" : "tcp://192.0.2.1:80";
            case TLS_RECORDS, TLS12_FLIGHT, TLS13_FLIGHT -> "tls://localhost:" + port;
            case DNS -> "tcp://db.shop.test:5432";
        });
    }

    private Settings settings(int port) {
        Setting<Duration> patience = Setting.ofFlag(silent ? SILENCE : PATIENCE);
        Setting<Duration> connect = Setting.ofFlag(PATIENCE);
        Settings settings = Settings.defaults()
                .withTimeouts(new Timeouts(connect, connect, patience, connect, patience,
                        Setting.ofFlag(DEADLINE)))
                .withTls(new TlsSettings(TestCertificates.rootPem(), null, null,
                        TlsSettings.Verification.REQUIRED, null, null, null));
        return switch (family) {
            case BANNER -> settings.withExchange(random.nextInt(RUNAWAY_ONE_IN) == 0 ? RUNAWAY
                    : SCRIPTS.get(random.nextInt(SCRIPTS.size())));
            case SOCKS -> settings.withProxy(proxy(ProxySettings.Kind.SOCKS5_REMOTE_NAMES, port))
                    .withExchange(List.of(new Step.Expect("^220 ")));
            case CONNECT -> settings.withProxy(proxy(ProxySettings.Kind.HTTP, port));
            case HTTP_HEAD, HTTP_CHUNKS, TLS_RECORDS, TLS12_FLIGHT, TLS13_FLIGHT, DNS -> settings;
        };
    }

    private static ProxySettings proxy(ProxySettings.Kind kind, int port) {
        return new ProxySettings(kind, new HostPort("127.0.0.1", port), "user:word",
                new Origin.Flag());
    }

    private AnsweringServer.Answer answer() {
        int dice = random.nextInt(20);
        AnsweringServer.Ending ending = silent ? AnsweringServer.Ending.SILENCE : switch (dice) {
            case 0 -> AnsweringServer.Ending.RESET;
            case 1 -> AnsweringServer.Ending.CLOSE;
            default -> AnsweringServer.Ending.FIN;
        };
        boolean unasked = family == Family.BANNER || random.nextInt(16) == 0;
        int splitAt = random.nextInt(8) == 0 ? random.nextInt(200) : 0;
        return switch (family) {
            case TLS12_FLIGHT, TLS13_FLIGHT -> new AnsweringServer.Answer(this::flight,
                    AnsweringServer.Start.WHEN_ASKED, ending, splitAt);
            case HTTP_HEAD, HTTP_CHUNKS, BANNER, CONNECT, SOCKS, TLS_RECORDS, DNS -> {
                byte[] bytes = bytes();
                yield new AnsweringServer.Answer(_ -> bytes,
                        unasked ? AnsweringServer.Start.AT_ONCE
                                : AnsweringServer.Start.WHEN_ASKED,
                        ending, splitAt);
            }
        };
    }

    /** What a true TLS server says to this client, mutated. */
    private byte[] flight(byte[] clientHello) throws IOException {
        byte[] proper = TlsFlights.of(family, clientHello, random);
        return mutator.mutate(proper, grammar.tlsRecords());
    }

    /** The same words as datagrams: what is no answer to the question is waited out. */
    private static NameServerAnswer askOverUdp(String name, UnaryOperator<byte[]> words) {
        try (DatagramSocket server = new DatagramSocket(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
            Thread.ofVirtual().start(() -> answer(server, words));
            return NameServerWords.ask((InetSocketAddress) server.getLocalSocketAddress(), name,
                    NAME_SERVER_BUDGET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(DatagramSocket server, UnaryOperator<byte[]> words) {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[512], 512);
            server.receive(packet);
            byte[] said = words.apply(Arrays.copyOf(packet.getData(), packet.getLength()));
            server.send(new DatagramPacket(said, said.length, packet.getSocketAddress()));
        } catch (IOException gone) {
            // Nobody waits any longer.
        }
    }

    /** A lookup that failed, and what a name server said about it. */
    private Facts lookup(Target target) {
        UnaryOperator<byte[]> words = query -> mutator.mutate(DnsAnswers.to(query, random), query);
        NameServerAnswer told = random.nextInt(OVER_UDP_ONE_IN) == 0
                ? askOverUdp(target.host(), words)
                : NameServerWords.read(target.host(), words);
        Duration took = Duration.ofMillis(5);
        Attempt attempt = new Attempt(Via.SOCKET, null, target.port(), null, java.util.Map.of(),
                List.of(new PhaseTiming(Phase.RESOLVE, Duration.ZERO, took, PhaseOutcome.FAILED)),
                Bytes.NONE, Conversation.NONE,
                new Failure(FailureName.NAME_LOOKUP_FAILED, Phase.RESOLVE, took, null,
                        "java.net.UnknownHostException", target.host()),
                null, null, null, null, null);
        return new Facts(target, List.of(attempt), List.of(told));
    }
}
