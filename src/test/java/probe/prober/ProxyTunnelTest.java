package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.HttpFacts;
import probe.attempt.Phase;
import probe.attempt.ProxyFacts;
import probe.profile.Origin;
import probe.profile.ProxySettings;
import probe.profile.TimeoutName;
import probe.target.HostPort;
import probe.testing.ClosedPort;
import probe.testing.Effect;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.HttpAnswer;
import probe.testing.HttpAnswers;
import probe.testing.Moment;
import probe.testing.TestProxy;

/** A proxy that fails is never taken for the target, nor the target for the proxy. */
class ProxyTunnelTest {

    /** What a stall costs; the working phases before it take some milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static Attempt through(ProxySettings.Kind kind, InetSocketAddress proxy, String url) {
        return trial(kind, proxy).attempt(url, proxy);
    }

    private static HttpTrial trial(ProxySettings.Kind kind, InetSocketAddress proxy) {
        ProxySettings settings = new ProxySettings(kind,
                new HostPort(proxy.getAddress().getHostAddress(), proxy.getPort()), null,
                new Origin.Flag());
        return HttpTrial.http().proxy(settings);
    }

    private static Failure failure(Attempt attempt) {
        return Objects.requireNonNull(attempt.failure(), attempt::toString);
    }

    @Test
    void a_plain_request_goes_through_an_http_proxy() {
        try (FaultServer target = FaultServer.builder().start();
                TestProxy proxy = TestProxy.http().start()) {
            Attempt attempt = through(ProxySettings.Kind.HTTP, proxy.address(),
                    target.uri("/").toString());
            assertNull(attempt.failure(), attempt::toString);
            assertEquals(1, target.requestCount());
            assertEquals("flag", Objects.requireNonNull(attempt.proxy()).from());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKS5", "SOCKS5_REMOTE_NAMES"})
    void a_request_goes_through_a_socks_proxy(ProxySettings.Kind kind) {
        try (FaultServer target = FaultServer.builder().start();
                TestProxy proxy = TestProxy.socks().start()) {
            Attempt attempt = through(kind, proxy.address(), target.uri("/").toString());
            assertNull(attempt.failure(), attempt::toString);
            assertEquals(1, target.requestCount());
        }
    }

    @Test
    void what_a_proxy_answers_to_connect_is_the_proxys_answer_and_no_status_of_the_target() {
        try (FaultServer target = FaultServer.builder().start();
                TestProxy proxy = TestProxy.http().refusing(HttpAnswers.status(403)).start()) {
            Attempt attempt = through(ProxySettings.Kind.HTTP, proxy.address(),
                    "https://127.0.0.1:" + target.port() + "/");
            assertEquals(FailureName.PROXY_REFUSED, failure(attempt).name());
            assertEquals(Phase.PROXY, failure(attempt).phase());
            ProxyFacts facts = Objects.requireNonNull(attempt.proxy());
            assertEquals(403, facts.status());
            HttpFacts http = attempt.http();
            assertFalse(http != null && http.answeredBy() == HttpFacts.AnsweredBy.TARGET,
                    attempt::toString);
            assertEquals(0, target.connectionCount());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "chunked", "nothing"})
    void a_refusal_is_told_with_the_first_line_of_its_body(String how) {
        String body = "\n  not this port\nask the administrators\n";
        HttpAnswer answer = HttpAnswer.status(403);
        try (TestProxy proxy = TestProxy.http().refusing((switch (how) {
            case "plain" -> answer.body(body);
            case "chunked" -> answer.chunked(body);
            default -> answer.body("");
        }).reply()).start()) {
            ProxyFacts facts = Objects.requireNonNull(through(ProxySettings.Kind.HTTP,
                    proxy.address(), "https://127.0.0.1:9/").proxy());
            assertEquals("HTTP/1.1 403 Status"
                    + (how.equals("nothing") ? "" : "\\nnot this port"),
                    Objects.requireNonNull(facts.answer()).text());
        }
    }

    @Test
    void an_address_behind_a_socks_proxy_is_not_looked_up() {
        try (FaultServer target = FaultServer.builder().start();
                TestProxy proxy = TestProxy.socks().start()) {
            Attempt attempt = through(ProxySettings.Kind.SOCKS5, proxy.address(),
                    target.uri("/").toString());
            assertEquals(Optional.empty(), attempt.timing(Phase.RESOLVE), attempt::toString);
        }
    }

    @Test
    void a_proxy_nobody_listens_at_is_refused_with_the_proxy_named() {
        try (ClosedPort proxy = ClosedPort.open()) {
            Attempt attempt = through(ProxySettings.Kind.HTTP, proxy.address(),
                    "http://127.0.0.1:9/");
            assertEquals(FailureName.REFUSED, failure(attempt).name());
            assertEquals(Phase.CONNECT, failure(attempt).phase());
            assertEquals("http://127.0.0.1:" + proxy.port(),
                    Objects.requireNonNull(attempt.proxy()).proxy());
        }
    }

    @Test
    void a_proxy_that_is_silent_after_connect_times_out_in_the_proxy_phase() {
        try (FaultServer target = FaultServer.builder().start();
                TestProxy proxy = TestProxy.http()
                        .fault(Fault.stall(Moment.AFTER_REQUEST))
                        .start()) {
            Attempt attempt = trial(ProxySettings.Kind.HTTP, proxy.address())
                    .limit(TimeoutName.SOCKET, PATIENCE)
                    .attempt("https://127.0.0.1:" + target.port() + "/", proxy.address());
            assertEquals(FailureName.TIMED_OUT, failure(attempt).name());
            assertEquals(Phase.PROXY, failure(attempt).phase());
            assertEquals(TimeoutName.SOCKET, failure(attempt).limit());
        }
    }

    @Test
    void a_handshake_that_stalls_behind_the_tunnel_ends_at_the_tls_limit() {
        try (FaultServer target = FaultServer.start(Fault.stall(Moment.AFTER_REQUEST));
                TestProxy proxy = TestProxy.http().tunnelling(new Effect.Stall()).start()) {
            Attempt attempt = trial(ProxySettings.Kind.HTTP, proxy.address())
                    .limit(TimeoutName.TLS, PATIENCE)
                    .attempt("https://127.0.0.1:" + target.port() + "/", proxy.address());
            assertEquals(FailureName.TIMED_OUT, failure(attempt).name());
            assertEquals(Phase.TLS, failure(attempt).phase());
            assertEquals(TimeoutName.TLS, failure(attempt).limit());
        }
    }

    @Test
    void a_socks_refusal_is_the_proxys_with_its_code() {
        try (TestProxy proxy = TestProxy.socks().refusing(2).start()) {
            Attempt attempt = through(ProxySettings.Kind.SOCKS5, proxy.address(),
                    "http://127.0.0.1:9/");
            assertEquals(FailureName.PROXY_REFUSED, failure(attempt).name());
            assertEquals(Phase.PROXY, failure(attempt).phase());
            assertEquals(2, Objects.requireNonNull(attempt.proxy()).status());
        }
    }
}
