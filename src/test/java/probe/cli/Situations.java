package probe.cli;

import static probe.cli.Situation.closedPort;
import static probe.cli.Situation.http;
import static probe.cli.Situation.https;
import static probe.cli.Situation.nobody;
import static probe.cli.Situation.port;
import static probe.cli.Situation.probe;
import static probe.cli.Situation.silentPort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import probe.diagnosis.Kind;
import probe.testing.CertificateSpec;
import probe.testing.Effect;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Garbage;
import probe.testing.Http2ErrorCode;
import probe.testing.Http2Fault;
import probe.testing.Http2FaultServer;
import probe.testing.HttpAnswer;
import probe.testing.HttpAnswers;
import probe.testing.Moment;
import probe.testing.Payload;
import probe.testing.Reply;
import probe.testing.RequestFraming;
import probe.testing.ServerTls;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;
import probe.testing.TestProxy;

/** Every situation that is recorded as a golden case, by the phase in which it goes wrong. */
final class Situations {
    private static final Reply HELLO = HttpAnswers.ok("hello, this is a body of some length\n");
    private static final String[] SHORT_SILENCE = {"--socket-timeout", "400ms"};
    private static final String CA = TestCertificates.rootPem().toString();

    private Situations() {}

    static List<Situation> all() {
        return Stream
                .of(healthy(), names(), connecting(), exchanges(), writing(), answers(), bodies(),
                        statuses(), redirects(), http2(),
                        tls(), certificates(), proxies(), clock(), PooledScene.all())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Situation> healthy() {
        return List.of(
                port("healthy-tcp-port", null, "tcp", FaultServer.builder()),
                port("healthy-scripted-exchange", null, "tcp", pingServer(Reply.raw("PONG\n")),
                        "--send", "PING\\n", "--expect", "PONG"),
                http("healthy-http", null, Fault.none(), HELLO),
                http("healthy-redirect", null, Fault.none(),
                        HttpAnswers.redirect(302, "http://127.0.0.1/x")),
                https("healthy-https", null, valid(), Fault.none(), "--cacert", CA),
                https("expired-certificate-forgiven", null, serving(TestCertificate.EXPIRED),
                        Fault.none(),
                        "--cacert", CA, "--insecure"),
                https("certificate-ending-soon", null, serving(TestCertificate.ENDING_SOON),
                        Fault.none(),
                        "--cacert", CA),
                new Situation("one-of-two-addresses-refused", null, () -> {
                    try (FaultServer server = FaultServer.builder().reply(HELLO).start()) {
                        return probe("http://two.test:" + server.port() + "/", "--resolve",
                                "two.test:" + server.port() + ":127.0.0.1,127.0.0.2");
                    }
                }));
    }

    private static List<Situation> names() {
        return List.of(
                nobody("name-does-not-exist", Kind.DNS_NOT_FOUND,
                        "tcp://does-not-exist.invalid:80"),
                nobody("name-of-a-url-does-not-exist", Kind.DNS_NOT_FOUND,
                        "https://no-such-shop.invalid/"));
    }

    private static List<Situation> connecting() {
        return List.of(
                closedPort("refused-by-closed-port", Kind.REFUSED, "tcp://127.0.0.1:{port}"),
                closedPort("refused-url", Kind.REFUSED, "http://127.0.0.1:{port}/"),
                silentPort("silent-port", Kind.CONNECT_TIMEOUT, "tcp://127.0.0.1:{port}"),
                silentPort("silent-port-of-a-url", Kind.CONNECT_TIMEOUT, "http://127.0.0.1:{port}/",
                        "--connect-timeout", "500ms"),
                closedPort("two-addresses-refused", Kind.REFUSED, "tcp://two.test:{port}",
                        "--resolve",
                        "two.test:{port}:127.0.0.1,127.0.0.2"));
    }

    private static List<Situation> exchanges() {
        return List.of(
                port("banner-of-another-service", Kind.UNEXPECTED_REPLY, "tcp",
                        FaultServer.builder().greeting(Garbage.SSH_BANNER.payload()), "--expect",
                        "^220 ",
                        "--socket-timeout", "400ms"),
                port("no-banner", Kind.READ_TIMEOUT, "tcp",
                        FaultServer.builder().connection(Fault.stall(Moment.ON_ACCEPT)), "--expect",
                        "^220 ",
                        "--socket-timeout", "400ms"),
                port("closed-before-banner", Kind.EMPTY_REPLY, "tcp",
                        FaultServer.builder().connection(Fault.close(Moment.ON_ACCEPT)), "--expect",
                        "^220 "),
                port("closed-inside-banner", Kind.TRUNCATED, "tcp",
                        FaultServer.builder()
                                .connection(
                                        Fault.say(Payload.latin1("22"), new Effect.Close(),
                                                Moment.ON_ACCEPT)),
                        "--expect", "^220 "),
                port("reset-in-exchange", Kind.RESET, "tcp",
                        pingServer(Reply.raw("PONG\n"))
                                .connection(Fault.reset(Moment.AFTER_REQUEST)),
                        "--send",
                        "PING\\n", "--expect", "PONG"));
    }

    private static List<Situation> writing() {
        return List.of(
                upload("never-reading-peer", Kind.WRITE_TIMEOUT,
                        Fault.neverRead(Moment.AFTER_REQUEST_HEAD), HELLO),
                upload("upload-into-a-closed-connection", Kind.EMPTY_REPLY,
                        Fault.close(Moment.ON_ACCEPT), HELLO),
                // The first send meets a closed connection and is answered with RST; the next finds the pipe broken.
                port("sends-after-the-server-hung-up", Kind.BROKEN_PIPE, "tcp",
                        FaultServer.builder()
                                .connection(Fault.say(Payload.latin1("x"),
                                        new Effect.Close(), Moment.ON_ACCEPT)),
                        "--expect", "x", "--send", "a", "--send", "b", "--expect", "y"),
                port("reset-right-after-connect", Kind.CONNECT_RESET, "tcp",
                        FaultServer.builder().connection(Fault.reset(Moment.ON_ACCEPT)),
                        "--expect", "x"),
                upload("upload-reset", Kind.RESET, Fault.reset(Moment.AFTER_REQUEST_HEAD), HELLO),
                upload("upload-refused-early", Kind.HTTP_TOO_LARGE,
                        Fault.answer(Moment.AFTER_REQUEST_HEAD),
                        HttpAnswers.contentTooLarge(Reply.Afterwards.LINGER)));
    }

    private static List<Situation> answers() {
        return List.of(
                http("closed-before-request", Kind.EMPTY_REPLY, Fault.close(Moment.BEFORE_REQUEST),
                        HELLO),
                http("closed-after-request", Kind.EMPTY_REPLY, Fault.close(Moment.AFTER_REQUEST),
                        HELLO),
                http("reset-after-request", Kind.RESET, Fault.reset(Moment.AFTER_REQUEST), HELLO),
                http("reset-inside-head", Kind.RESET, Fault.reset(Moment.MID_HEAD), HELLO),
                http("stalled-response", Kind.READ_TIMEOUT, Fault.stall(Moment.AFTER_REQUEST),
                        HELLO, SHORT_SILENCE),
                http("stalled-inside-head", Kind.READ_TIMEOUT, Fault.stall(Moment.MID_HEAD), HELLO,
                        SHORT_SILENCE),
                http("header-cut", Kind.TRUNCATED, Fault.none(), HttpAnswers.headCutByFin()),
                http("half-status-line", Kind.TRUNCATED, Fault.none(),
                        HttpAnswers.halfStatusLine()),
                http("bad-status-line", Kind.PROTOCOL_ERROR, Fault.none(),
                        HttpAnswers.statusLine("HTTP/1.1 abc")),
                http("bad-header-line", Kind.PROTOCOL_ERROR, Fault.none(),
                        HttpAnswers.badHeaderLine()),
                http("ssh-banner-in-place-of-http", Kind.PROTOCOL_ERROR,
                        Fault.garbage(Garbage.SSH_BANNER, Moment.ON_ACCEPT), HELLO),
                http("html-without-head", Kind.PROTOCOL_ERROR,
                        Fault.garbage(Garbage.HTML, Moment.AFTER_REQUEST), HELLO),
                http("http2-frames-in-place-of-http1", Kind.PROTOCOL_ERROR,
                        Fault.garbage(Garbage.HTTP2_SETTINGS, Moment.AFTER_REQUEST), HELLO),
                http("terminal-escapes-in-place-of-http", Kind.PROTOCOL_ERROR,
                        Fault.garbage(Garbage.ESCAPES, Moment.AFTER_REQUEST), HELLO));
    }

    private static List<Situation> bodies() {
        return List.of(
                http("truncated-body", Kind.TRUNCATED, Fault.close(Moment.MID_BODY), HELLO),
                http("truncated-chunk", Kind.TRUNCATED, Fault.none(), HttpAnswers.truncatedChunk()),
                http("last-chunk-missing", Kind.TRUNCATED, Fault.none(), HttpAnswers.noLastChunk()),
                http("bad-chunk-header", Kind.PROTOCOL_ERROR, Fault.none(),
                        HttpAnswers.badChunkHeader()),
                http("reset-inside-body", Kind.RESET, Fault.reset(Moment.MID_BODY), HELLO),
                http("stalled-inside-body", Kind.READ_TIMEOUT, Fault.stall(Moment.MID_BODY), HELLO,
                        SHORT_SILENCE),
                http("body-not-as-expected", Kind.UNEXPECTED_REPLY, Fault.none(), HELLO,
                        "--expect-body",
                        "all systems go"));
    }

    private static List<Situation> statuses() {
        return List.of(status(400, Kind.HTTP_BAD_REQUEST), status(401, Kind.HTTP_UNAUTHORIZED),
                status(403, Kind.HTTP_FORBIDDEN), status(404, Kind.HTTP_NOT_FOUND),
                status(407, Kind.HTTP_PROXY_AUTH_REQUIRED), status(408, Kind.HTTP_REQUEST_TIMEOUT),
                status(410, Kind.HTTP_NOT_FOUND), status(413, Kind.HTTP_TOO_LARGE),
                status(418, Kind.HTTP_CLIENT_ERROR), status(429, Kind.HTTP_RATE_LIMITED),
                status(431, Kind.HTTP_TOO_LARGE), status(500, Kind.HTTP_SERVER_ERROR),
                status(502, Kind.HTTP_BAD_GATEWAY), status(503, Kind.HTTP_UNAVAILABLE),
                status(504, Kind.HTTP_GATEWAY_TIMEOUT), status(522, Kind.HTTP_BAD_GATEWAY),
                http("status-429-with-retry-after", Kind.HTTP_RATE_LIMITED, Fault.none(),
                        HttpAnswers.retryAfter(429, "7")),
                http("status-503-with-retry-after", Kind.HTTP_UNAVAILABLE, Fault.none(),
                        HttpAnswers.retryAfter(503, "120")),
                http("status-503-with-retry-after-date", Kind.HTTP_UNAVAILABLE, Fault.none(),
                        HttpAnswer.status(503)
                                .header("Date", "Mon, 01 Jun 2026 12:00:00 GMT")
                                .header("Retry-After", "Mon, 01 Jun 2026 12:01:30 GMT")
                                .body("later\n")
                                .reply()),
                http("status-503-behind-a-gateway", Kind.HTTP_UNAVAILABLE, Fault.none(),
                        edge(503, "Via", "1.1 varnish")),
                http("status-520-from-an-edge", Kind.HTTP_BAD_GATEWAY, Fault.none(),
                        edge(520, "CF-Ray", "1-AMS")),
                http("status-521-from-an-edge", Kind.HTTP_BAD_GATEWAY, Fault.none(),
                        edge(521, "CF-Ray", "1-AMS")),
                http("status-524-from-an-edge", Kind.HTTP_GATEWAY_TIMEOUT, Fault.none(),
                        edge(524, "CF-Ray", "1-AMS")),
                http("status-526-from-an-edge", Kind.HTTP_BAD_GATEWAY, Fault.none(),
                        edge(526, "CF-Ray", "1-AMS")),
                http("body-without-end", null, Fault.none(), HttpAnswers.endlessBody(8)),
                http("status-not-the-one-expected", Kind.HTTP_UNEXPECTED_STATUS, Fault.none(),
                        HELLO,
                        "--expect-status", "204"));
    }

    private static List<Situation> http2() {
        return List.of(
                http2("http2-healthy", null, Http2Fault.none()),
                http2("http2-status-503", Kind.HTTP_UNAVAILABLE,
                        new Http2Fault.Answer(503, "busy")),
                http2("http2-refused-stream", Kind.RESET, new Http2Fault.ResetStream(
                        Http2ErrorCode.REFUSED_STREAM, Http2Fault.Sent.NOTHING)),
                http2("http2-stream-reset-inside-body", Kind.RESET, new Http2Fault.ResetStream(
                        Http2ErrorCode.INTERNAL_ERROR, Http2Fault.Sent.HALF_BODY)),
                http2("http2-goaway-before-the-request", Kind.EMPTY_REPLY, new Http2Fault.GoAway(
                        Http2ErrorCode.NO_ERROR, Http2Fault.Processed.NO)),
                http2("http2-goaway-after-the-request", Kind.EMPTY_REPLY, new Http2Fault.GoAway(
                        Http2ErrorCode.NO_ERROR, Http2Fault.Processed.MAYBE)),
                http2("http2-enhance-your-calm", Kind.EMPTY_REPLY, new Http2Fault.GoAway(
                        Http2ErrorCode.ENHANCE_YOUR_CALM, Http2Fault.Processed.MAYBE)),
                http2("http2-silent-after-request", Kind.READ_TIMEOUT,
                        new Http2Fault.Stall(Http2Fault.Sent.NOTHING)),
                http2("http2-silent-from-start", Kind.READ_TIMEOUT,
                        new Http2Fault.SilentFromStart()),
                http2("http2-cut-frame", Kind.TRUNCATED, new Http2Fault.CutFrame()),
                https("http2-not-spoken-there", Kind.UNEXPECTED_REPLY,
                        valid().applicationProtocols("http/1.1"), Fault.none(), "--cacert", CA,
                        "--http2"),
                http("http1-in-answer-to-http2", Kind.PROTOCOL_ERROR,
                        Fault.garbage(Garbage.HTTP_400, Moment.AFTER_FIRST_BYTE), HELLO,
                        "--http2"));
    }

    private static Situation http2(String name, @Nullable Kind kind, Http2Fault fault) {
        return new Situation(name, kind, () -> {
            try (Http2FaultServer server = Http2FaultServer.plain(fault)) {
                return probe(server.uri("/").toString(), "--http2", "--socket-timeout", "400ms");
            }
        });
    }

    private static List<Situation> redirects() {
        return List.of(
                redirect("redirect-followed", null, HELLO),
                redirect("redirect-to-missing-page", Kind.HTTP_NOT_FOUND, HttpAnswers.status(404)),
                redirect("redirect-to-failing-server", Kind.HTTP_SERVER_ERROR,
                        HttpAnswers.status(500)),
                http("redirect-in-a-circle", Kind.HTTP_REDIRECT, Fault.none(),
                        HttpAnswers.redirect(301, "/"), "-L"),
                http("redirect-without-end", Kind.HTTP_REDIRECT, Fault.none(),
                        HttpAnswers.redirect(302, "x/"), "-L", "--max-redirs", "2"),
                http("redirect-to-another-scheme", Kind.HTTP_REDIRECT, Fault.none(),
                        HttpAnswers.redirect(302, "ftp://files.example/"), "-L"),
                http("redirect-to-a-name-that-does-not-exist", Kind.DNS_NOT_FOUND, Fault.none(),
                        HttpAnswers.redirect(302, "http://no-such-shop.invalid/"), "-L"),
                http("redirect-of-a-body-to-another-origin", Kind.HTTP_REDIRECT, Fault.none(),
                        HttpAnswers.redirect(307, "http://elsewhere.invalid/"), "-L", "--data",
                        "x"));
    }

    private static Situation redirect(String name, @Nullable Kind kind, Reply last) {
        return new Situation(name, kind, () -> {
            try (FaultServer second = FaultServer.builder().reply(last).start();
                    FaultServer first = FaultServer.builder()
                            .reply(HttpAnswers.redirect(302, second.uri("/end").toString()))
                            .start()) {
                return probe(first.uri("/").toString(), "-L");
            }
        });
    }

    private static Reply edge(int code, String name, String value) {
        return HttpAnswer.status(code)
                .header("Server", "edge.example")
                .header(name, value)
                .body("error\n")
                .reply();
    }

    private static Situation status(int code, Kind kind) {
        return http("status-" + code, kind, Fault.none(), HttpAnswers.status(code));
    }

    private static List<Situation> tls() {
        return List.of(
                port("tls-on-a-plaintext-http-port", Kind.TLS_NOT_TLS, "https",
                        FaultServer.builder()
                                .connection(
                                        Fault.garbage(Garbage.HTTP_400, Moment.AFTER_FIRST_BYTE))),
                port("tls-on-an-ssh-port", Kind.TLS_NOT_TLS, "tls",
                        FaultServer.builder().greeting(Garbage.SSH_BANNER.payload())),
                port("tls-on-a-mail-port", Kind.TLS_NOT_TLS, "tls",
                        FaultServer.builder().greeting(Garbage.SMTP_BANNER.payload())),
                port("dripping-tls-handshake", Kind.TLS_TIMEOUT, "tls",
                        FaultServer.builder()
                                .tls(valid())
                                .connection(Fault.drip(Duration.ofMillis(50),
                                        Moment.ON_CLIENT_HELLO)),
                        "--tls-timeout", "400ms"),
                port("plaintext-on-a-tls-port", Kind.PROTOCOL_ERROR, "http",
                        FaultServer.builder().tls(valid())),
                port("silent-tls", Kind.TLS_TIMEOUT, "tls", FaultServer.builder()
                        .tls(valid())
                        .connection(Fault.stall(Moment.ON_CLIENT_HELLO)), "--tls-timeout", "400ms"),
                port("closed-inside-tls-handshake", Kind.TLS_CLOSED, "tls",
                        FaultServer.builder()
                                .tls(valid())
                                .connection(Fault.close(Moment.ON_CLIENT_HELLO))),
                port("reset-inside-tls-handshake", Kind.TLS_CLOSED, "tls",
                        FaultServer.builder()
                                .tls(valid())
                                .connection(Fault.reset(Moment.ON_CLIENT_HELLO))),
                port("alert-handshake-failure", Kind.TLS_CIPHER_MISMATCH, "tls",
                        FaultServer.builder()
                                .tls(valid())
                                .connection(Fault.alert(40))),
                port("alert-unrecognized-name", Kind.TLS_ALERT, "tls",
                        FaultServer.builder()
                                .tls(valid())
                                .connection(Fault.alert(112))),
                port("alert-internal-error", Kind.TLS_ALERT, "tls",
                        FaultServer.builder()
                                .tls(valid())
                                .connection(Fault.alert(80))),
                https("no-tls-version-in-common", Kind.TLS_PROTOCOL_MISMATCH,
                        valid().protocols("TLSv1.2"),
                        Fault.none(), "--cacert", CA, "--tls-min", "1.3"),
                https("java-server-without-common-cipher", Kind.TLS_CLOSED,
                        valid().protocols("TLSv1.2").cipherSuites("TLS_RSA_WITH_AES_128_CBC_SHA"),
                        Fault.none(),
                        "--cacert", CA),
                https("client-certificate-missing", Kind.TLS_CLIENT_CERT_REQUIRED,
                        valid().asking(ServerTls.ClientAuth.NEED), Fault.none(), "--cacert", CA),
                https("client-certificate-missing-tls12", Kind.TLS_CLIENT_CERT_REQUIRED,
                        valid().asking(ServerTls.ClientAuth.NEED).protocols("TLSv1.2"),
                        Fault.none(), "--cacert",
                        CA));
    }

    private static List<Situation> certificates() {
        return List.of(
                certificate("expired", TestCertificate.EXPIRED, Kind.TLS_CERT_EXPIRED),
                certificate("not-yet-valid", TestCertificate.NOT_YET_VALID,
                        Kind.TLS_CERT_NOT_YET_VALID),
                certificate("self-signed", TestCertificate.SELF_SIGNED, Kind.TLS_CERT_SELF_SIGNED),
                certificate("of-unknown-issuer", TestCertificate.UNKNOWN_CA,
                        Kind.TLS_CERT_UNTRUSTED),
                certificate("without-intermediate", TestCertificate.MISSING_INTERMEDIATE,
                        Kind.TLS_CERT_UNTRUSTED),
                certificate("with-expired-intermediate", TestCertificate.EXPIRED_INTERMEDIATE,
                        Kind.TLS_CERT_EXPIRED),
                dated("certificate-expired-by-this-clock-alone", Duration.ofDays(-5)),
                dated("certificate-expired-by-two-clocks", Duration.ZERO),
                https("certificate-expired-and-for-another-name", Kind.TLS_CERT_NAME_MISMATCH,
                        TestCertificates.serverTls(TestCertificates.issue(CertificateSpec.server()
                                .forNames("other.test")
                                .valid(Duration.ofDays(-10), Duration.ofDays(-1)))),
                        Fault.none(), "--cacert", CA),
                certificate("for-another-name", TestCertificate.WRONG_NAME,
                        Kind.TLS_CERT_NAME_MISMATCH));
    }

    /** A server whose certificate ended a day ago, and what time it is by its own clock. */
    private static Situation dated(String name, Duration fromNow) {
        return new Situation(name, Kind.TLS_CERT_EXPIRED, () -> {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME
                    .format(ZonedDateTime.now(ZoneOffset.UTC).plus(fromNow));
            try (FaultServer server = FaultServer.builder()
                    .tls(serving(TestCertificate.EXPIRED))
                    .reply(HttpAnswer.status(200).header("Date", date).body("hello\n").reply())
                    .start()) {
                return probe(server.uri("/").toString(), "--cacert", CA);
            }
        });
    }

    private static Situation certificate(String what, TestCertificate which, Kind kind) {
        return https("certificate-" + what, kind, serving(which), Fault.none(), "--cacert", CA);
    }

    private static List<Situation> proxies() {
        return List.of(
                closedPort("proxy-refused", Kind.PROXY_REFUSED, "https://service.test/", "--proxy",
                        "http://127.0.0.1:{port}"),
                silentPort("proxy-silent", Kind.PROXY_CONNECT_TIMEOUT, "https://service.test/",
                        "--proxy",
                        "http://127.0.0.1:{port}", "--connect-timeout", "500ms"),
                nobody("proxy-name-does-not-exist", Kind.PROXY_UNREACHABLE, "https://service.test/",
                        "--proxy",
                        "http://no-such-proxy.invalid:3128"),
                proxy("proxy-wants-credentials", Kind.PROXY_AUTH_REQUIRED,
                        TestProxy.http().credentials("user", "password"), "http"),
                proxy("proxy-forbids", Kind.PROXY_DENIED,
                        TestProxy.http().refusing(HttpAnswers.status(403)), "http"),
                proxy("proxy-cannot-reach-target", Kind.PROXY_DENIED,
                        TestProxy.http().refusing(HttpAnswers.status(502)), "http"),
                proxy("proxy-names-what-failed", Kind.PROXY_DENIED,
                        TestProxy.http()
                                .refusing(HttpAnswer.status(502)
                                        .header("Proxy-Status",
                                                "proxy.test; error=connection_refused")
                                        .body("The service refused the connection.\n")
                                        .reply()),
                        "http"),
                new Situation("proxy-names-what-failed-for-a-port", Kind.PROXY_DENIED, () -> {
                    try (TestProxy proxy = TestProxy.http()
                            .refusing(HttpAnswer.status(503)
                                    .header("Proxy-Status",
                                            "proxy.test; error=destination_unavailable")
                                    .body("No way to the host.\n")
                                    .reply())
                            .start()) {
                        return probe("tcp://service.test:5432", "--proxy",
                                "http://127.0.0.1:" + proxy.port());
                    }
                }),
                plainProxy("plain-proxy-cannot-reach-target", Kind.HTTP_BAD_GATEWAY,
                        HttpAnswers.status(502)),
                plainProxy("plain-proxy-names-what-failed", Kind.HTTP_GATEWAY_TIMEOUT,
                        HttpAnswer.status(504)
                                .header("Via", "1.1 proxy.test")
                                .header("Proxy-Status", "proxy.test; error=connection_timeout")
                                .body("no answer\n")
                                .reply()),
                plainProxy("plain-proxy-fails-itself", Kind.HTTP_SERVER_ERROR,
                        HttpAnswer.status(500)
                                .header("Proxy-Status", "proxy.test; error=proxy_internal_error")
                                .body("oops\n")
                                .reply()),
                new Situation("socks-with-a-name-that-does-not-exist-here", Kind.DNS_NOT_FOUND,
                        () -> {
                            try (TestProxy proxy = TestProxy.socks().start()) {
                                return probe("tcp://no-such-service.invalid:80", "--proxy",
                                        "socks5://127.0.0.1:" + proxy.port());
                            }
                        }),
                proxy("socks-forbids", Kind.PROXY_DENIED, TestProxy.socks().refusing(2), "socks5h"),
                proxy("socks-says-refused", Kind.PROXY_DENIED, TestProxy.socks().refusing(5),
                        "socks5h"),
                new Situation("healthy-through-proxy", null, () -> {
                    try (TestProxy proxy = TestProxy.http().start();
                            FaultServer server = FaultServer.builder()
                                    .tls(valid())
                                    .reply(HELLO)
                                    .start()) {
                        return probe(server.uri("/").toString(), "--cacert", CA, "--proxy",
                                "http://127.0.0.1:" + proxy.port());
                    }
                }));
    }

    private static Situation proxy(String name, Kind kind, TestProxy.Builder builder,
            String scheme) {
        return new Situation(name, kind, () -> {
            try (TestProxy proxy = builder.start()) {
                return probe("https://service.test/", "--proxy",
                        scheme + "://127.0.0.1:" + proxy.port());
            }
        });
    }

    private static Situation plainProxy(String name, Kind kind, Reply reply) {
        return new Situation(name, kind, () -> {
            try (TestProxy proxy = TestProxy.http().refusing(reply).start()) {
                return probe("http://service.test/", "--proxy",
                        "http://127.0.0.1:" + proxy.port());
            }
        });
    }

    private static List<Situation> clock() {
        return List.of(
                http("deadline-before-response", Kind.DEADLINE_EXCEEDED,
                        Fault.stall(Moment.AFTER_REQUEST), HELLO,
                        "--deadline", "600ms"),
                http("dripping-body-past-deadline", Kind.DEADLINE_EXCEEDED,
                        Fault.drip(Duration.ofMillis(50), Moment.MID_BODY), HELLO, "--deadline",
                        "700ms"));
    }

    private static FaultServer.Builder pingServer(Reply pong) {
        return FaultServer.builder().framing(new RequestFraming.Line()).reply(pong);
    }

    /** A body larger than the buffers of both kernels together. */
    private static Situation upload(String name, Kind kind, Fault fault, Reply reply) {
        return new Situation(name, kind, () -> {
            Path body = Files.createTempFile("probe-upload", ".bin");
            try (FaultServer server = FaultServer.builder()
                    .connection(fault)
                    .reply(reply)
                    .start()) {
                Files.write(body, new byte[16 << 20]);
                return probe(server.uri("/").toString(), "--data", "@" + body, "--socket-timeout",
                        "600ms");
            } finally {
                Files.delete(body);
            }
        });
    }

    private static ServerTls valid() {
        return serving(TestCertificate.VALID);
    }

    private static ServerTls serving(TestCertificate which) {
        return TestCertificates.serverTls(which);
    }
}
