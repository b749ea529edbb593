package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import probe.testing.ClosedPort;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Http2ErrorCode;
import probe.testing.Http2Fault;
import probe.testing.Http2FaultServer;
import probe.testing.HttpAnswer;
import probe.testing.Moment;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;
import probe.testing.TestProxy;

/** What a user entrusts to the program comes out of it nowhere, whatever is asked for and whatever goes wrong. */
class SecretsTest {
    private static final String SECRET = "s3cret";
    private static final List<String> REQUEST = List.of("--header",
            "Authorization: Bearer " + SECRET,
            "--header", "Cookie: id=" + SECRET, "--header", "X-Api-Key: " + SECRET, "--header",
            "X-Harmless: " + SECRET, "--data", "password=" + SECRET);

    private static EveryForm kept(String... words) throws Exception {
        EveryForm forms = EveryForm.of(words);
        forms.texts().forEach((name, text) -> {
            assertFalse(text.contains(SECRET), () -> name + ": " + text);
            // Of "user:s3cret" as HTTP's Basic scheme writes it, whatever stands before it.
            assertFalse(text.contains("dXNlcjpzM2NyZXQ"), () -> name + ": " + text);
        });
        return forms;
    }

    private static EveryForm request(String... more) throws Exception {
        return kept(Stream.concat(REQUEST.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private static String withUser(FaultServer server) {
        return "http://user:" + SECRET + "@127.0.0.1:" + server.port() + "/";
    }

    @Test
    void of_a_request_that_fails() throws Exception {
        try (FaultServer silent = FaultServer.start(Fault.stall(Moment.AFTER_REQUEST));
                FaultServer broken = FaultServer.builder()
                        .reply(HttpAnswer.status(500)
                                .header("Set-Cookie", "id=" + SECRET)
                                .header("WWW-Authenticate", "Bearer")
                                .body("no")
                                .reply())
                        .start();
                ClosedPort closed = ClosedPort.open()) {
            request("--socket-timeout", "300ms", withUser(silent)).areHarmless();
            assertEquals(2, silent.requestCount());
            request(withUser(broken)).areHarmless();
            request("http://user:" + SECRET + "@127.0.0.1:" + closed.port() + "/");
        }
    }

    @Test
    void of_a_chain_of_redirects() throws Exception {
        try (FaultServer last = FaultServer.start(Fault.reset(Moment.AFTER_REQUEST));
                FaultServer first = FaultServer.builder()
                        .reply(HttpAnswer.status(302)
                                .header("Location", withUser(last))
                                .body("")
                                .reply())
                        .start()) {
            request("-L", withUser(first)).areHarmless();
            assertFalse(last.connections().isEmpty(), "the chain was followed");
        }
    }

    @Test
    void of_a_proxy() throws Exception {
        try (TestProxy denying = TestProxy.http().refusing(HttpAnswer.status(407).reply()).start();
                TestProxy socks = TestProxy.socks().credentials("user", "other").start();
                TestProxy forwarding = TestProxy.http().credentials("user", SECRET).start();
                FaultServer server = FaultServer.start(Fault.close(Moment.AFTER_REQUEST))) {
            for (String proxy : List.of("http://user:" + SECRET + "@127.0.0.1:" + denying.port(),
                    "socks5://user:" + SECRET + "@127.0.0.1:" + socks.port(),
                    "http://user:" + SECRET + "@127.0.0.1:" + forwarding.port())) {
                request("--tls-timeout", "300ms", "--proxy", proxy,
                        "http://localhost:" + server.port() + "/");
                request("--tls-timeout", "300ms", "--proxy", proxy,
                        "https://localhost:" + server.port() + "/");
            }
            Ran ran = Ran.probe(Console.Reader.TERMINAL, Map.of("http_proxy",
                    "http://user:" + SECRET + "@127.0.0.1:" + denying.port()), "--debug",
                    "http://localhost:" + server.port() + "/");
            assertFalse((ran.out() + ran.err()).contains(SECRET), ran::toString);
            assertFalse(denying.requests().isEmpty());
        }
    }

    @Test
    void of_http2() throws Exception {
        try (Http2FaultServer server = Http2FaultServer.over(
                TestCertificates.serverTls(TestCertificate.VALID),
                new Http2Fault.ResetStream(Http2ErrorCode.INTERNAL_ERROR,
                        Http2Fault.Sent.NOTHING))) {
            request("--http2", "--cacert", TestCertificates.rootPem().toString(),
                    "https://user:" + SECRET + "@localhost:" + server.port() + "/").areHarmless();
        }
    }

    @Test
    void of_a_profile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("own.json"), """
                {"timeouts": {"socket": "300ms"},
                 "http": {"headers": {"Authorization": "Bearer s3cret"}},
                 "exchange": [{"send": "AUTH s3cret\\r\\n"}, {"expect": "^OK"}]}
                """);
        try (FaultServer denying = FaultServer.builder()
                .connection(Fault.say(probe.testing.Payload.utf8("-ERR denied\r\n"),
                        new probe.testing.Effect.Close(), Moment.ON_ACCEPT))
                .start();
                FaultServer silent = FaultServer.start(Fault.stall(Moment.ON_ACCEPT))) {
            kept("--profile", file.toString(), "127.0.0.1:" + denying.port());
            kept("--profile", file.toString(), "127.0.0.1:" + silent.port());
            kept("--profile", file.toString(), "http://127.0.0.1:" + silent.port());
        }
    }

    @Test
    void of_files_that_are_malformed(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key.pem"), """
                -----BEGIN PRIVATE KEY-----
                s3cret
                -----END PRIVATE KEY-----
                """);
        Path list = Files.writeString(folder.resolve("list"), "http://user:s3cret@h:99999/\n");
        Path array = Files.writeString(folder.resolve("array"),
                "[{\"target\": \"http://user:s3cret@h:99999/\"}]");
        Path broken = Files.writeString(folder.resolve("broken"),
                "[\"http://user:s3cret@h/\", http://user:s3cret@h/]");
        for (List<String> words : List.of(List.of("--key", key.toString(), "--cert",
                TestCertificates.chainPem(TestCertificate.CLIENT).toString(), "https://h/"),
                List.of("--cacert", key.toString(), "https://h/"),
                List.of("--targets", list.toString()), List.of("--targets", array.toString()),
                List.of("--targets", broken.toString()))) {
            refused(words);
        }
        for (String profile : List.of("{\"http\": {\"headers\": {\"Cookie\": \"s3cret\\u0001\"}}}",
                "{\"http\": {\"headers\": {\"Cookie\": \"s3cret\", }}}",
                "{\"http\": {\"headers\": {\"Cookie\": s3cret}}}",
                "{\"http\": {\"headers\": {\"Cookie\": {\"s3cret\": 1}}}}",
                "{\"exchange\": [{\"send\": \"AUTH s3cret\\u2028\"}]}",
                "{\"exchange\": [{\"send\": \"AUTH s3cret\", \"expect\": \"x\"}]}",
                "{\"exchange\": \"AUTH s3cret\"}")) {
            Path file = Files.writeString(folder.resolve("profile.json"), profile);
            refused(List.of("--profile", file.toString(), "h.example:1"));
        }
    }

    private static void refused(List<String> words) {
        Ran ran = Ran.probe(Stream.concat(Stream.of("--debug"), words.stream())
                .toArray(String[]::new));
        assertEquals(ExitCode.USAGE, ran.code(), ran::toString);
        assertFalse((ran.out() + ran.err()).contains(SECRET), ran::toString);
    }

    @Test
    void of_keys_and_settings_that_are_refused() {
        Path key = TestCertificates.pkcs12(TestCertificate.CLIENT);
        String proxy = "http://user:" + SECRET + "@127.0.0.1:1";
        for (Ran ran : List.of(
                Ran.probe("--debug", "--cert", key + ":" + SECRET, "https://127.0.0.1:1/"),
                Ran.probe("--debug", "--cert", key + "x:" + SECRET, "https://127.0.0.1:1/"),
                Ran.probe("--debug", "--key", TestCertificates.keyPem(TestCertificate.CLIENT) + "",
                        "--cert", key + ":" + SECRET, "https://127.0.0.1:1/"),
                Ran.probe("--debug", "--proxy", proxy + "x", "http://127.0.0.1:1/"),
                Ran.probe("--debug", "--proxy", "ftp://user:" + SECRET + "@h", "http://h/"),
                Ran.probe("--debug", "--header", "Authorization " + SECRET, "http://127.0.0.1:1/"),
                Ran.probe("--debug", "http://user:" + SECRET + "@127.0.0.1:99999/"),
                Ran.probe("--debug", "http://user:" + SECRET + "@/"),
                Ran.probe("--debug", "--proxy", proxy, "--send", SECRET, "http://127.0.0.1:1/"))) {
            assertEquals(ExitCode.USAGE, ran.code(), ran::toString);
            assertFalse((ran.out() + ran.err()).contains(SECRET), ran::toString);
        }
        Ran config = Ran.probe("config", "--proxy", proxy, "--header", "Cookie: " + SECRET);
        assertFalse((config.out() + config.err()).contains(SECRET), config::toString);
    }
}
