package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import probe.attempt.Attempt;
import probe.attempt.Conversation;
import probe.attempt.HttpFacts;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;
import probe.attempt.RequestProgress;
import probe.attempt.Via;
import probe.testing.FaultServer;
import probe.testing.Loopback;

/** What a request that is answered leaves behind. */
class HttpProberTest {

    @ParameterizedTest
    @EnumSource
    void a_request_that_is_answered_goes_through_every_phase(Loopback loopback) {
        try (FaultServer server = FaultServer.builder().on(loopback).start()) {
            Attempt attempt = HttpTrial.http().attempt(server.uri("/path?q").toString());

            assertNull(attempt.failure());
            assertEquals(Via.HTTP_CLIENT, attempt.via());
            assertEquals(
                    List.of(
                            Phase.LEASE,
                            Phase.CONNECT,
                            Phase.REQUEST,
                            Phase.RESPONSE_HEAD,
                            Phase.RESPONSE_BODY),
                    attempt.phases().stream().map(PhaseTiming::phase).toList());
            assertTrue(
                    attempt.phases().stream().allMatch(p -> p.outcome() == PhaseOutcome.OK));
            assertEquals(
                    new Conversation(RequestProgress.COMPLETE, PeerState.OPEN, null,
                            attempt.conversation().longestWait(), null, 0),
                    attempt.conversation());
            assertNotNull(attempt.conversation().longestWait());
            HttpFacts http = Objects.requireNonNull(attempt.http());
            assertEquals(200, http.status());
            assertEquals("HTTP/1.1", http.version());
            assertEquals(6, http.bodyBytes());
            assertEquals(server.uri("/path?q").toString(), http.url());
            assertEquals(HttpFacts.AnsweredBy.TARGET, http.answeredBy());
            server.awaitFinished(1);
            assertEquals(1, server.connectionCount());
            assertEquals(1, server.requestCount());
            assertEquals(server.bytesReceived(), attempt.bytes().sent());
        }
    }

    @Test
    void the_request_is_plain_and_says_who_asks() {
        try (FaultServer server = FaultServer.builder().start()) {
            HttpTrial.http()
                    .attempt("http://named.test:" + server.port() + "/a%20b?c=d", server.address());
            server.awaitRequests(1);
            String head = server.connections().getFirst().requests().getFirst().head();
            assertEquals(
                    "GET /a%20b?c=d HTTP/1.1\r\n"
                            + "User-Agent: " + HttpRequests.agent() + "\r\n"
                            + "Accept: */*\r\n"
                            + "Host: named.test:" + server.port() + "\r\n"
                            + "Connection: keep-alive\r\n\r\n",
                    head);
        }
    }
}
