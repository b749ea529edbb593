package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.FullBacklog;
import probe.testing.Garbage;
import probe.testing.HttpAnswers;
import probe.testing.Moment;
import probe.testing.ValidReport;

/** Advice is followed, and what comes of it compared with what it promised. */
class AdviceHeldTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode probe(String... words) throws IOException {
        return MAPPER.readTree(ValidReport.check(Ran.probe(words).out()));
    }

    private static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (Moment moment : List.of(Moment.ON_ACCEPT, Moment.AFTER_REQUEST, Moment.MID_HEAD,
                Moment.MID_BODY)) {
            faults.add(Fault.close(moment));
            faults.add(Fault.reset(moment));
            faults.add(Fault.stall(moment));
            faults.add(Fault.halfClose(moment));
        }
        faults.add(Fault.closeWithUnread(Moment.ON_ACCEPT));
        faults.add(Fault.neverRead(Moment.ON_ACCEPT));
        faults.add(Fault.cut(10, Moment.AFTER_REQUEST));
        for (Garbage garbage : Garbage.values()) {
            faults.add(Fault.garbage(garbage, Moment.AFTER_REQUEST));
        }
        return faults;
    }

    /**
     * A server that has read a whole request can have acted on it: then no request that must not be made twice is
     * advised to be repeated. Counted over all faults: zero.
     */
    @Test
    void what_a_server_has_acted_on_is_never_advised_to_be_done_twice() throws IOException {
        int acted = 0;
        List<String> wrong = new ArrayList<>();
        for (Fault fault : faults()) {
            try (FaultServer server = FaultServer.start(fault)) {
                JsonNode report = probe("--method", "POST", "--data", "amount=1",
                        "--socket-timeout", "300ms", "--evidence", "none",
                        server.uri("/pay").toString());
                // A 400 among the garbage is the server's own word that it did nothing.
                if (server.requestCount() > 0 && !report.at("/advice").isNull()
                        && !"http-bad-request".equals(
                                report.at("/diagnosis/kind").textValue())) {
                    acted++;
                    if (report.at("/advice/safeFor").textValue().equals("any-method")) {
                        wrong.add(fault + ": " + report.at("/advice/safe/because").textValue());
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(acted >= 8, "only " + acted + " servers had read the request");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 501})
    void where_no_repeat_is_advised_a_repeat_ends_in_the_same_way(int status) throws IOException {
        try (FaultServer server = FaultServer.builder()
                .reply(HttpAnswers.status(status))
                .start()) {
            JsonNode report = probe("--attempts", "2", "--interval", "1ms", "--evidence", "none",
                    server.uri("/").toString());
            assertEquals("no", report.at("/advice/helps/answer").textValue(), report.toString());
            assertEquals("steady", report.at("/series/pattern").textValue());
        }
    }

    @Test
    void where_a_repeat_is_advised_and_the_cause_has_passed_it_works() throws IOException {
        for (Fault passing : List.of(Fault.reset(Moment.AFTER_REQUEST),
                Fault.close(Moment.AFTER_REQUEST), Fault.close(Moment.MID_BODY))) {
            try (FaultServer server = FaultServer.start(passing)) {
                assertEquals("yes", probe("--evidence", "none", server.uri("/").toString())
                        .at("/advice/helps/answer")
                        .textValue(), passing.toString());
            }
        }
        try (FaultServer server = FaultServer.builder()
                .reply(HttpAnswers.status(500), HttpAnswers.ok("x"))
                .start()) {
            JsonNode report = probe("--attempts", "2", "--interval", "backoff", "--evidence",
                    "none", server.uri("/").toString());
            assertEquals("healthy", report.at("/outcome").textValue(), report.toString());
        }
    }

    @Test
    void the_pause_that_a_server_asks_for_is_kept_and_then_it_works() throws IOException {
        try (FaultServer server = FaultServer.builder()
                .reply(HttpAnswers.retryAfter(503, "1"), HttpAnswers.ok("x"))
                .start()) {
            JsonNode report = probe("wait", "--for", "30s", "--interval", "1ms",
                    server.uri("/").toString());
            assertEquals("healthy", report.at("/outcome").textValue(), report.toString());
            assertTrue(report.at("/series/rounds/1/pauseMs").doubleValue() >= 1000,
                    report.toString());
        }
    }

    private static String suggested(JsonNode report, String name) {
        for (JsonNode timeout : report.at("/advice/timeouts")) {
            if (timeout.at("/name").textValue().equals(name)) {
                return timeout.at("/suggested").textValue();
            }
        }
        throw new AssertionError("no suggestion for " + name + ": " + report);
    }

    @Test
    void the_connect_limit_that_is_suggested_outlives_a_lost_syn() throws Exception {
        try (FullBacklog full = FullBacklog.open()) {
            String limit = suggested(probe("--connect-timeout", "300ms", "--evidence", "none",
                    "127.0.0.1:" + full.port()), "connect");
            Thread room = full.makeRoomAfterFirstSyn();
            JsonNode followed = probe("--connect-timeout", limit, "127.0.0.1:" + full.port());
            room.join();
            assertEquals("healthy", followed.at("/outcome").textValue(), followed.toString());
        }
    }

    @Test
    void the_silence_limit_that_is_suggested_lets_a_slow_answer_come() throws IOException {
        try (FaultServer server = FaultServer
                .start(Fault.drip(Duration.ofMillis(40), Moment.AFTER_REQUEST))) {
            JsonNode cut = probe("--socket-timeout", "10ms", "--evidence", "none",
                    server.uri("/").toString());
            assertEquals("read-timeout", cut.at("/diagnosis/kind").textValue(), cut.toString());
            JsonNode followed = probe("--socket-timeout", suggested(cut, "socket"), "--deadline",
                    "60s", server.uri("/").toString());
            assertEquals("healthy", followed.at("/outcome").textValue(), followed.toString());
            assertFalse(followed.has("series"));
        }
    }
}
