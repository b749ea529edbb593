package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import probe.report.JsonReport;
import probe.report.Layout;
import probe.report.ReportReader;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Moment;
import probe.testing.ValidReport;

/** Many requests over one pool of HttpClient, against real servers. */
class PoolRunTest {

    /** Every answer takes half a second and more: some eighty bytes, one each eight milliseconds. */
    private static FaultServer slow() {
        return FaultServer.start(Fault.drip(Duration.ofMillis(8), Moment.AFTER_REQUEST));
    }

    private static JsonNode report(Ran ran) throws Exception {
        String text = ValidReport.check(ran.out());
        StringBuilder again = new StringBuilder();
        JsonReport.write(ReportReader.report(text), again, Layout.ONE_LINE);
        assertEquals(text, again.toString());
        return new ObjectMapper().readTree(text);
    }

    private static Ran drive(FaultServer server, int pool, String leaseTimeout) {
        return Ran.probe("--requests", "8", "--concurrency-per-target", "8", "--pool-size",
                String.valueOf(pool), "--connection-request-timeout", leaseTimeout,
                server.uri("/").toString());
    }

    @Test
    void a_slow_server_drains_the_pool_and_the_clients_own_pool_is_what_fails() throws Exception {
        try (FaultServer server = slow()) {
            Ran ran = drive(server, 2, "100ms");
            JsonNode report = report(ran);
            assertEquals("connection-request-timeout", report.at("/diagnosis/kind").textValue());
            assertEquals("client", report.at("/diagnosis/side").textValue());
            assertEquals(ExitCode.CLIENT_FAULT, ran.code());
            assertEquals(8, report.at("/pool/requests").intValue());
            assertEquals(6, report.at("/pool/leaseTimeouts").intValue(), ran.out());
            String summary = report.at("/diagnosis/summary").textValue();
            assertTrue(summary.contains("A pool of 8 would have been enough."), summary);
            assertTrue(summary.contains("Behind it is a server that takes"), summary);
            assertTrue(report.at("/advice/actions/0/text").textValue().contains("8 connections"),
                    ran.out());
        }
    }

    @Test
    void the_size_that_was_advised_is_enough() throws Exception {
        try (FaultServer server = slow()) {
            int advised = report(drive(server, 2, "100ms")).at("/pool/sufficient").intValue();
            Ran followed = drive(server, advised, "100ms");
            assertEquals(ExitCode.HEALTHY, followed.code(), followed.out());
            assertEquals(0, report(followed).at("/pool/leaseTimeouts").intValue());
        }
    }

    @Test
    void a_pool_that_is_large_enough_is_healthy_and_still_counted() throws Exception {
        try (FaultServer server = FaultServer.builder().start()) {
            Ran ran = drive(server, 2, "20s");
            assertEquals(ExitCode.HEALTHY, ran.code(), ran.out());
            assertEquals(8, report(ran).at("/attempts").size());
            assertTrue(server.connectionCount() <= 2, "more connections than the pool has");
            String text = Ran.probe("--requests", "3", "--format", "text",
                    server.uri("/").toString()).out();
            assertTrue(text.contains("3 requests, 25 at once, over 5 connections: 0 failed"),
                    text);
            assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        }
    }
}
