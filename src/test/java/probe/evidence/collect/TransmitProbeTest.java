package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import probe.attempt.Via;
import probe.evidence.TransmitTimes;
import probe.testing.ClosedPort;
import probe.testing.Loopback;
import probe.testing.Needs;
import probe.testing.Prerequisite;

/** The times of what leaves; that nothing leaves is tried in the fault laboratory, behind a filter. */
@Needs(Prerequisite.LINUX)
class TransmitProbeTest {
    private static final Duration LEFT = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource(Loopback.class)
    void what_is_taken_has_left_and_is_acknowledged(Loopback loopback) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, loopback.address())) {
            TransmitTimes times = TransmitProbe.ask(Via.HTTP_CLIENT,
                    (InetSocketAddress) listener.getLocalSocketAddress(), 111, LEFT).orElseThrow();
            assertEquals(112, times.bytes());
            assertNotNull(times.sentAfter());
            assertNotNull(times.acknowledgedAfter());
        }
    }

    @ParameterizedTest
    @EnumSource(Loopback.class)
    void without_a_connection_there_are_no_times(Loopback loopback) throws IOException {
        try (ClosedPort closed = ClosedPort.on(loopback)) {
            assertEquals(Optional.empty(),
                    TransmitProbe.ask(Via.HTTP_CLIENT, closed.address(), 111, LEFT));
        }
    }
}
