package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import probe.attempt.Attempt;
import probe.attempt.HttpFacts;
import probe.attempt.Redirect;
import probe.attempt.Redirect.Outcome;
import probe.attempt.Via;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Kind;
import probe.diagnosis.RequestProcessed;
import probe.diagnosis.Side;
import probe.report.Report;
import probe.report.ReportReader;
import probe.testing.ClosedPort;
import probe.testing.FaultServer;
import probe.testing.HttpAnswers;
import probe.testing.Reply;
import probe.testing.ValidReport;

class RedirectChainTest {

    private static Report probe(String... words) {
        String out = Ran.probe(words).out();
        return ReportReader.report(ValidReport.check(out));
    }

    private static Diagnosis failed(Report report) {
        Diagnosis diagnosis = report.diagnosis();
        assertNotNull(diagnosis);
        return diagnosis;
    }

    private static List<HttpFacts> requests(Report report) {
        return report.attempts()
                .stream()
                .filter(attempt -> attempt.via() == Via.HTTP_CLIENT)
                .map(Attempt::http)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Outcome outcome(HttpFacts http) {
        Redirect redirect = http.redirect();
        assertNotNull(redirect);
        return redirect.outcome();
    }

    private static FaultServer answering(Reply reply) throws Exception {
        return FaultServer.builder().reply(reply).start();
    }

    @Test
    void each_hop_is_an_attempt_with_a_connection_of_its_own() throws Exception {
        try (FaultServer last = answering(HttpAnswers.ok("here"));
                FaultServer first = answering(
                        HttpAnswers.redirect(302, last.uri("/end").toString()))) {
            Report report = probe("-L", first.uri("/").toString());
            assertNull(report.diagnosis());
            List<HttpFacts> hops = requests(report);
            assertEquals(List.of(302, 200), hops.stream().map(HttpFacts::status).toList());
            assertEquals(List.of(0, 1), hops.stream().map(HttpFacts::hop).toList());
            assertEquals(last.uri("/end").toString(), hops.getLast().url());
            assertEquals(1, last.connectionCount());
        }
    }

    @Test
    void without_the_option_nothing_is_followed() throws Exception {
        try (FaultServer last = answering(HttpAnswers.ok("here"));
                FaultServer first = answering(
                        HttpAnswers.redirect(302, last.uri("/").toString()))) {
            assertNull(probe(first.uri("/").toString()).diagnosis());
            assertEquals(0, last.connectionCount());
        }
    }

    @Test
    void the_status_expected_is_that_of_the_last_answer() throws Exception {
        try (FaultServer last = answering(HttpAnswers.status(204));
                FaultServer first = answering(
                        HttpAnswers.redirect(302, last.uri("/").toString()))) {
            assertNull(probe("-L", "--expect-status", "204", first.uri("/").toString())
                    .diagnosis());
        }
    }

    @Test
    void a_circle_is_told_where_it_closes() throws Exception {
        try (FaultServer server = answering(HttpAnswers.redirect(301, "/"))) {
            Report report = probe("-L", server.uri("/").toString());
            assertEquals(Kind.HTTP_REDIRECT, failed(report).kind());
            assertEquals(Side.SERVER, failed(report).side());
            assertTrue(failed(report).summary().contains("circle"));
            assertEquals(Outcome.LOOP, outcome(requests(report).getFirst()));
            assertEquals(1, server.requestCount());
        }
    }

    @Test
    void a_chain_without_end_stops_at_the_limit() throws Exception {
        try (FaultServer server = answering(HttpAnswers.redirect(302, "x/"))) {
            Report report = probe("-L", "--max-redirs", "3", server.uri("/").toString());
            assertEquals(Kind.HTTP_REDIRECT, failed(report).kind());
            assertEquals(4, requests(report).size());
            assertEquals(Outcome.LIMIT, outcome(requests(report).getLast()));
        }
    }

    @Test
    void a_place_that_refuses_is_the_fault_of_whoever_led_there() throws Exception {
        try (ClosedPort closed = ClosedPort.open();
                FaultServer first = answering(HttpAnswers.redirect(302,
                        "http://127.0.0.1:" + closed.port() + "/gone"))) {
            Diagnosis diagnosis = failed(probe("-L", first.uri("/").toString()));
            assertEquals(Kind.REFUSED, diagnosis.kind());
            assertEquals(Side.SERVER, diagnosis.side());
            assertTrue(diagnosis.summary()
                    .startsWith("After 1 redirect, at http://127.0.0.1:" + closed.port() + "/gone"),
                    diagnosis.summary());
        }
    }

    @Test
    void a_name_that_does_not_exist_is_the_fault_of_whoever_wrote_it() throws Exception {
        try (FaultServer first = answering(
                HttpAnswers.redirect(302, "http://no-such-shop.invalid/"))) {
            Report report = probe("-L", first.uri("/").toString());
            assertEquals(Kind.DNS_NOT_FOUND, failed(report).kind());
            assertEquals(Side.SERVER, failed(report).side());
            assertEquals("http://no-such-shop.invalid:80/", requests(report).getLast().url());
        }
    }

    @Test
    void name_servers_are_asked_about_the_name_that_failed_and_no_other() throws Exception {
        try (FaultServer first = answering(
                HttpAnswers.redirect(302, "http://no-such-shop.invalid/"))) {
            String out = Ran.probe("-L", "http://localhost:" + first.port() + "/").out();
            assertTrue(out.contains("no-such-shop.invalid"), out);
            assertFalse(out.contains("\"name\":\"localhost\""), out);
        }
    }

    @Test
    void a_malformed_proxy_for_wherever_it_leads_is_said_before_anything_is_opened()
            throws Exception {
        try (FaultServer first = answering(HttpAnswers.ok("here"))) {
            Map<String, String> environment = Map.of("https_proxy", "gopher://x:1");
            String url = first.uri("/").toString();
            assertEquals(ExitCode.USAGE,
                    Ran.probe(Console.Reader.PROGRAM, environment, "-L", url).code());
            assertEquals(0, first.connectionCount());
            assertEquals(ExitCode.HEALTHY,
                    Ran.probe(Console.Reader.PROGRAM, environment, url).code());
        }
    }

    @Test
    void a_missing_page_at_the_end_is_not_surely_the_clients() throws Exception {
        try (FaultServer last = answering(HttpAnswers.status(404));
                FaultServer first = answering(
                        HttpAnswers.redirect(302, last.uri("/").toString()))) {
            Diagnosis diagnosis = failed(probe("-L", first.uri("/").toString()));
            assertEquals(Kind.HTTP_NOT_FOUND, diagnosis.kind());
            assertEquals(Side.SERVER, diagnosis.side());
        }
    }

    @Test
    void a_password_goes_to_its_own_origin_alone_and_into_no_report() throws Exception {
        try (FaultServer last = answering(HttpAnswers.ok("here"));
                FaultServer first = answering(
                        HttpAnswers.redirect(302, last.uri("/").toString()))) {
            String out = Ran.probe("-L", "--header", "Cookie: c00kie", "--header", "X-Trace: 7",
                    "http://user:s3cret@127.0.0.1:" + first.port() + "/").out();
            assertFalse(out.contains("s3cret") || out.contains("c00kie"), out);
            String sent = sent(last);
            assertTrue(sent.contains("X-Trace: 7"), sent);
            assertFalse(sent.contains("Authorization") || sent.contains("Cookie"), sent);
            assertTrue(sent(first).contains("Authorization: Basic"));
        }
    }

    private static String sent(FaultServer server) {
        return String.join("\n", server.connections()
                .stream()
                .flatMap(log -> log.requests().stream())
                .map(String::valueOf)
                .toList());
    }

    @Test
    void a_change_that_was_answered_with_a_redirect_has_been_made() throws Exception {
        try (FaultServer last = answering(HttpAnswers.status(404));
                FaultServer first = answering(
                        HttpAnswers.redirect(303, last.uri("/").toString()))) {
            Report report = probe("-L", "--data", "order=1", first.uri("/").toString());
            assertEquals(List.of("POST", "GET"),
                    requests(report).stream().map(HttpFacts::method).toList());
            assertEquals(RequestProcessed.YES, failed(report).requestProcessed());
        }
    }

    @Test
    void standard_input_is_not_sent_twice() throws Exception {
        try (FaultServer server = answering(HttpAnswers.redirect(307, "/x"))) {
            Report report = ReportReader.report(Ran
                    .probe(Console.Reader.PROGRAM, Map.of(), "-L", "--data", "@-",
                            server.uri("/").toString())
                    .out());
            assertEquals(Outcome.BODY_SPENT, outcome(requests(report).getLast()));
            assertEquals(Side.CLIENT, failed(report).side());
            assertEquals(1, server.requestCount());
        }
    }
}
