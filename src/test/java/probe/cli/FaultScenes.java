package probe.cli;

import static probe.cli.Situation.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import probe.testing.Effect;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Garbage;
import probe.testing.HttpAnswers;
import probe.testing.Moment;
import probe.testing.Reply;
import probe.testing.RequestFraming;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;
import probe.testing.TestProxy;

/** Every effect that the servers of the tests can have, at every moment, over each protocol: far more than is recorded. */
final class FaultScenes {
    private static final Duration GAP = Duration.ofMillis(30);
    private static final Reply PAGE = HttpAnswers.ok("hello, this is a body of some length\n");
    private static final String CA = TestCertificates.rootPem().toString();

    private FaultScenes() {}

    /** What the target is asked over, and whether its server speaks TLS. */
    private enum Over {
        HTTP("http"), HTTPS("https"), TCP("tcp"), TLS("tls");

        private final String scheme;

        Over(String scheme) {
            this.scheme = scheme;
        }

        boolean isTls() {
            return this == HTTPS || this == TLS;
        }

        boolean isHttp() {
            return this == HTTP || this == HTTPS;
        }
    }

    /** All of them, each with a name that says what is done when. */
    static List<Situation> all() {
        List<Situation> all = new ArrayList<>();
        for (Over over : Over.values()) {
            for (Moment moment : moments(over)) {
                effects(moment).forEach(effect -> all.add(fault(over, new Fault(effect, moment))));
            }
        }
        for (Garbage garbage : Garbage.values()) {
            for (Over over : Over.values()) {
                all.add(fault(over, Fault.garbage(garbage, Moment.AFTER_FIRST_BYTE)));
                all.add(fault(over,
                        Fault.say(garbage.payload(), new Effect.Stall(), Moment.ON_ACCEPT)));
            }
        }
        all.addAll(answers());
        all.addAll(proxies());
        return all;
    }

    private static Set<Moment> moments(Over over) {
        Set<Moment> moments = EnumSet.allOf(Moment.class);
        if (!over.isTls()) {
            moments.removeAll(EnumSet.of(Moment.ON_CLIENT_HELLO, Moment.MID_HANDSHAKE));
        }
        if (!over.isHttp()) {
            moments.remove(Moment.MID_BODY);
        }
        return moments;
    }

    private static List<Effect> effects(Moment moment) {
        List<Effect> effects = new ArrayList<>(List.of(new Effect.Answer(), new Effect.Close(),
                new Effect.HalfClose(), new Effect.Reset(), new Effect.Stall(),
                new Effect.NeverRead(), new Effect.Drip(GAP), new Effect.Cut(1)));
        if (moment == Moment.AFTER_FIRST_BYTE) { // nowhere else is there sure to be something unread
            effects.add(new Effect.CloseWithUnread());
        }
        return effects;
    }

    private static Situation fault(Over over, Fault fault) {
        FaultServer.Builder builder = FaultServer.builder()
                .connection(fault)
                .reply(over.isHttp() ? PAGE : Reply.raw("PONG and more\n"));
        if (!over.isHttp()) {
            builder.framing(new RequestFraming.Line());
        }
        if (over.isTls()) {
            builder.tls(TestCertificates.serverTls(TestCertificate.VALID));
        }
        String[] script = over.isHttp() ? new String[] {"--cacert", CA}
                : new String[] {"--cacert", CA, "--send", "PING\\n", "--expect", "PONG"};
        return new Situation(over + " " + fault, null, () -> {
            try (FaultServer server = builder.start()) {
                return probe(over.scheme + "://127.0.0.1:" + server.port(), script);
            }
        });
    }

    private static List<Situation> answers() {
        return Stream
                .of(HttpAnswers.endlessHeaders(64), HttpAnswers.endlessHeaderLine(64),
                        HttpAnswers.endlessBody(1024), HttpAnswers.gzipBomb(64),
                        HttpAnswers.headerFlood(5000), HttpAnswers.http09("hello"),
                        HttpAnswers.contentLength("-1", "hello"),
                        HttpAnswers.contentLength("99999999999999999999", "hello"),
                        HttpAnswers.contentLength("1000", "hello"), HttpAnswers.badChunkHeader(),
                        HttpAnswers.noLastChunk(), HttpAnswers.statusLine("HTTP/1.1 000 none"),
                        HttpAnswers.statusLine("HTTP/-1.1 200 OK"),
                        HttpAnswers.retryAfter(503, "soon"))
                .map(reply -> Situation.http("answer " + reply, null, Fault.none(), reply))
                .toList();
    }

    private static List<Situation> proxies() {
        List<Situation> all = new ArrayList<>();
        for (Moment moment : List.of(Moment.ON_ACCEPT, Moment.AFTER_REQUEST)) {
            for (Effect effect : List.of(new Effect.Close(), new Effect.HalfClose(),
                    new Effect.Reset(), new Effect.Stall(), new Effect.NeverRead(),
                    new Effect.Say(Garbage.SSH_BANNER.payload(), new Effect.Stall()),
                    new Effect.Say(Garbage.ESCAPES.payload(), new Effect.Close()))) {
                Fault fault = new Fault(effect, moment);
                for (String target : List.of("https://service.test/", "http://service.test/",
                        "tcp://service.test:80")) {
                    all.add(proxy("http", TestProxy.http().fault(fault), target, fault));
                    all.add(proxy("socks5h", TestProxy.socks().fault(fault), target, fault));
                }
            }
        }
        for (Effect effect : List.of(new Effect.Stall(), new Effect.Close(), new Effect.Reset())) {
            all.add(proxy("http", TestProxy.http().tunnelling(effect), "https://service.test/",
                    effect));
        }
        return all;
    }

    private static Situation proxy(String scheme, TestProxy.Builder builder, String target,
            Object what) {
        return new Situation(scheme + " proxy for " + target + ": " + what, null, () -> {
            try (TestProxy proxy = builder.start()) {
                return probe(target, "--proxy", scheme + "://127.0.0.1:" + proxy.port());
            }
        });
    }
}
