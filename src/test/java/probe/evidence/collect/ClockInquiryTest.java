package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import probe.evidence.ServerClock;
import probe.target.Target;
import probe.target.TargetParser;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.HttpAnswer;
import probe.testing.Leaks;
import probe.testing.Moment;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** The second clock, asked of real servers with certificates that nobody would take. */
class ClockInquiryTest {
    private static final Instant HERE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Optional<ServerClock> ask(FaultServer server, Duration budget) {
        Target target = TargetParser.parse("https://localhost:" + server.port() + "/secret?key=1");
        return ClockInquiry.ask(target, server.address(), budget, InstantSource.fixed(HERE));
    }

    private static FaultServer.Builder expired() {
        return FaultServer.builder().tls(TestCertificates.serverTls(TestCertificate.EXPIRED));
    }

    private static FaultServer dated(String date) {
        return expired().reply(HttpAnswer.status(200).header("Date", date).body("").reply())
                .start();
    }

    @Test
    void the_date_of_a_server_whose_certificate_has_expired_is_told() {
        try (FaultServer server = dated("Wed, 31 Dec 2025 23:00:00 GMT")) {
            assertEquals(Optional.of(new ServerClock("127.0.0.1", server.port(),
                    HERE.getEpochSecond() - 3600, 3600)), ask(server, SECOND));
            server.awaitRequests(1);
            String request = server.connections().getFirst().requests().getFirst().toString();
            assertTrue(!request.contains("secret"), request);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "99999999", "Wed, 31 Dec 2025 25:61:00 GMT"})
    void what_is_no_date_tells_no_time(String date) {
        try (FaultServer server = dated(date)) {
            assertEquals(Optional.empty(), ask(server, SECOND));
        }
    }

    @Test
    void a_silent_server_is_not_waited_for() {
        try (FaultServer warmUp = dated("")) { // the timer's thread stays, one for the process
            assertEquals(Optional.empty(), ask(warmUp, SECOND));
        }
        Leaks before = Leaks.snapshot();
        try (FaultServer handshake = expired().connection(Fault.stall(Moment.ON_CLIENT_HELLO))
                .start();
                FaultServer answer = expired().connection(Fault.stall(Moment.AFTER_REQUEST))
                        .start()) {
            long began = System.nanoTime();
            assertEquals(Optional.empty(), ask(handshake, Duration.ofMillis(200)));
            assertEquals(Optional.empty(), ask(answer, Duration.ofMillis(500)));
            assertEquals(Optional.empty(), ask(answer, Duration.ZERO));
            assertTrue(System.nanoTime() - began < Duration.ofSeconds(8).toNanos());
        }
        before.assertNoneSince();
    }

    @Test
    void a_server_that_drips_its_handshake_is_not_waited_for() {
        try (FaultServer server = expired()
                .connection(Fault.drip(Duration.ofMillis(20), Moment.ON_CLIENT_HELLO))
                .start()) {
            long began = System.nanoTime();
            assertEquals(Optional.empty(), ask(server, Duration.ofMillis(300)));
            assertTrue(System.nanoTime() - began < Duration.ofSeconds(8).toNanos());
        }
    }
}
