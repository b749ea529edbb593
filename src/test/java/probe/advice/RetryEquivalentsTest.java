package probe.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import probe.advice.Advice.Backoff;
import probe.advice.Equivalents.Equivalent;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.diagnosis.Given;
import probe.profile.TimeoutName;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.HttpAnswers;
import probe.testing.Moment;
import probe.testing.Needs;

/** The settings that are named do what is said of them: by the table, and by the clients themselves. */
class RetryEquivalentsTest {
    private static final int REPEATS = 2;
    private static final Timeout SHORT = Timeout.ofMilliseconds(300);

    private static final Given RESET = Given.requested()
            .http("GET", null)
            .bytes(100, null, 0)
            .fails(FailureName.RESET, Phase.RESPONSE_HEAD, 20, null);
    private static final Given SILENT = Given.requested()
            .http("GET", null)
            .fails(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD, 300, TimeoutName.SOCKET);
    private static final Given CUT = Given.requested()
            .http("GET", 200)
            .fails(FailureName.TIMED_OUT, Phase.RESPONSE_BODY, 300, TimeoutName.SOCKET);
    private static final Given REFUSED = Given.target("http://web.example/")
            .fails(FailureName.REFUSED, Phase.CONNECT, 1, null);
    private static final Given FILTERED = Given.target("http://web.example/")
            .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT);
    private static final Given NAMELESS = Given.target("http://web.example/")
            .fails(FailureName.NAME_LOOKUP_FAILED, Phase.RESOLVE, 20, null);

    private static Backoff backoff(Given given) {
        return Objects.requireNonNull(RetryAndSafetyTest.advise(given.facts()).backoff());
    }

    private static String setting(Given given, String client) {
        return backoff(given).equivalents()
                .stream()
                .filter(one -> one.client().equals(client))
                .map(Equivalent::setting)
                .findFirst()
                .orElseThrow();
    }

    static Stream<Arguments> tabled() {
        return Stream.of(
                Arguments.of(RESET, "curl", "--retry 2 --retry-all-errors, with pauses of 1 s,"
                        + " doubled each time; it repeats any method: not with a POST"),
                Arguments.of(REFUSED, "curl",
                        "--retry 2 --retry-connrefused, with pauses of 1 s, doubled each time"),
                Arguments.of(FILTERED, "curl", "--retry 2, with pauses of 1 s, doubled each time"),
                Arguments.of(NAMELESS, "curl", "--retry 2, with pauses of 1 s, doubled each time"),
                Arguments.of(Given.answered(503), "curl", "--retry 4 --retry-delay 5,"
                        + " the same pause each time; it repeats any method: not with a POST"),
                Arguments.of(Given.answered(520), "curl", "--retry 2 --fail --retry-all-errors,"
                        + " with pauses of 1 s, doubled each time; it repeats any method: not with a POST"),
                Arguments.of(Given.answered(503), "requests",
                        "HTTPAdapter(max_retries=Retry(total=4, backoff_factor=2.5,"
                                + " backoff_jitter=5, backoff_max=50, status_forcelist=[503])),"
                                + " whose first repeat comes at once"),
                Arguments.of(Given.answered(503), "go", "none in net/http; go-retryablehttp:"
                        + " RetryMax: 4, RetryWaitMin: 5000 * time.Millisecond,"
                        + " RetryWaitMax: 50000 * time.Millisecond;"
                        + " it repeats any method: leave POST out in CheckRetry"),
                Arguments.of(FILTERED, "node", "dispatcher: new RetryAgent(new Agent(),"
                        + " {maxRetries: 2, minTimeout: 1000, maxTimeout: 10000, timeoutFactor: 2,"
                        + " errorCodes: ['UND_ERR_CONNECT_TIMEOUT']})"),
                Arguments.of(SILENT, "node", "dispatcher: new RetryAgent(new Agent(),"
                        + " {maxRetries: 2, minTimeout: 1000, maxTimeout: 10000, timeoutFactor: 2,"
                        + " errorCodes: ['UND_ERR_HEADERS_TIMEOUT']})"),
                Arguments.of(Given.answered(503), "profile", "attempts: 5"));
    }

    @ParameterizedTest
    @MethodSource("tabled")
    void a_client_is_told_its_own_setting(Given given, String client, String expected) {
        assertEquals(expected, setting(given, client));
    }

    /** A client repeats a method that is not idempotent only when it is told so. */
    @Test
    void what_was_never_acted_on_may_be_repeated_whatever_its_method() {
        Given refused = Given.answered(429).http("POST", 429);
        assertTrue(setting(refused, "requests").contains("allowed_methods=None"));
        assertTrue(setting(refused, "node").contains("methods: ['POST']"));
        assertTrue(setting(refused, "httpclient5").contains("handleAsIdempotent"));
        assertFalse(setting(refused, "curl").contains("not with a POST"));
    }

    @Test
    void nothing_is_set_to_repeat_what_has_been_done() {
        Given done = Given.requested()
                .http("POST", 200)
                .bytes(100, null, 200)
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_BODY, 300, TimeoutName.SOCKET);
        assertEquals(Advice.SafeFor.NONE, RetryAndSafetyTest.advise(done.facts()).safeFor());
        assertEquals(List.of(), backoff(done).equivalents());
    }

    static Stream<Arguments> repeated() {
        return Stream.of(Arguments.of(RESET, Fault.reset(Moment.AFTER_REQUEST), 200, true),
                Arguments.of(Given.answered(503), Fault.none(), 503, true),
                Arguments.of(Given.answered(502), Fault.none(), 502, false),
                Arguments.of(SILENT, Fault.stall(Moment.AFTER_REQUEST), 200, false),
                Arguments.of(CUT, Fault.stall(Moment.MID_BODY), 200, false));
    }

    /** HttpClient's own strategy repeats what the table says that it repeats, and nothing else. */
    @ParameterizedTest
    @MethodSource("repeated")
    void httpclients_strategy_repeats_what_is_said_of_it(Given given, Fault fault, int status,
            boolean repeats) throws IOException {
        String setting = setting(given, "httpclient5");
        assertEquals(repeats, setting.startsWith("setRetryStrategy"), setting);
        try (FaultServer server = FaultServer.builder()
                .connection(fault)
                .reply(HttpAnswers.status(status))
                .start(); CloseableHttpClient client = client()) {
            try {
                client.execute(new HttpGet(server.uri("/")),
                        response -> response.getEntity().getContent().readAllBytes().length);
            } catch (IOException expected) {
                // How often it was tried is what counts.
            }
            assertEquals(repeats ? 1 + REPEATS : 1, server.requestCount());
        }
    }

    private static CloseableHttpClient client() {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setSocketTimeout(SHORT)
                                .setConnectTimeout(SHORT)
                                .build())
                        .build())
                .setRetryStrategy(new DefaultHttpRequestRetryStrategy(REPEATS,
                        TimeValue.ofMilliseconds(10)))
                .build();
    }

    static Stream<Arguments> curled() {
        return Stream.of(Arguments.of(RESET, Fault.reset(Moment.AFTER_REQUEST), 200),
                Arguments.of(SILENT, Fault.stall(Moment.AFTER_REQUEST), 200),
                Arguments.of(Given.answered(502), Fault.none(), 502),
                Arguments.of(Given.answered(520), Fault.none(), 520));
    }

    /** With one repeat in place of the two that are advised, as each costs a second. */
    @ParameterizedTest
    @MethodSource("curled")
    @Needs(commands = "curl")
    void curl_repeats_with_the_options_that_are_named(Given given, Fault fault, int status)
            throws Exception {
        String named = setting(given, "curl");
        List<String> command = new ArrayList<>(List.of("curl", "-s", "--max-time", "0.5"));
        command.addAll(List.of(named.substring(0, named.indexOf(',')).split(" ")));
        command.addAll(List.of("--retry", "1"));
        try (FaultServer server = FaultServer.builder()
                .connection(fault)
                .reply(HttpAnswers.status(status))
                .start()) {
            command.add(server.uri("/").toString());
            Process curl = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                assertTrue(curl.waitFor(30, TimeUnit.SECONDS), command::toString);
            } finally {
                curl.destroyForcibly();
            }
            assertEquals(2, server.requestCount(), command::toString);
        }
    }
}
