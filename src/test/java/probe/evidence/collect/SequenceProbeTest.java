package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import probe.evidence.SequenceCheck.Written;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;
import probe.evidence.linux.NativeSocket;
import probe.testing.Loopback;
import probe.testing.Needs;
import probe.testing.Prerequisite;

/** On a machine with traffic of its own nothing may be told; what is told must be true. */
@Needs(Prerequisite.LINUX)
class SequenceProbeTest {
    /** As often as a busy machine may disturb it. */
    private static final int TRIES = 50;

    @Test
    void a_silent_far_end_has_written_nothing() throws Exception {
        assertEquals(Optional.of(Written.NOTHING), told(0));
    }

    @Test
    void what_has_come_does_not_count() throws Exception {
        assertEquals(Optional.of(Written.NOTHING), told(300));
    }

    @Test
    void a_connection_that_has_ended_tells_nothing() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 8, Loopback.V4.address());
                Socket client = new Socket(Loopback.V4.address(), listener.getLocalPort());
                NativeSocket kept = kept(client)) {
            listener.accept().close();
            assertEquals(-1, client.getInputStream().read());
            assertEquals(Optional.empty(), SequenceProbe.ask(kept, words()));
        }
    }

    @Test
    void the_counters_tell_only_where_one_of_them_stood_still() {
        TcpInfo before = info(10L, 64_000L, 0L);
        assertEquals(Optional.of(Written.NOTHING), SequenceProbe.written(before, before, 1, 0));
        assertEquals(Optional.of(Written.NOTHING), SequenceProbe.written(before, before, 9, 0));
        assertEquals(Optional.of(Written.SOMETHING), SequenceProbe.written(before, before, 0, 1));
        assertEquals(Optional.empty(), SequenceProbe.written(before, before, 1, 1));
        assertEquals(Optional.empty(), SequenceProbe.written(before, before, 0, 0));
    }

    @Test
    void what_goes_the_slow_way_for_another_reason_tells_nothing() {
        TcpInfo before = info(10L, 64_000L, 0L);
        assertEquals(Optional.empty(), // a new window
                SequenceProbe.written(before, info(10L, 63_872L, 0L), 0, 1));
        assertEquals(Optional.empty(), // a part is missing anyway
                SequenceProbe.written(before, info(10L, 64_000L, 1L), 0, 1));
        assertEquals(Optional.empty(), // it came at last
                SequenceProbe.written(before, info(500L, 64_000L, 0L), 1, 0));
        assertEquals(Optional.empty(), // a kernel that does not say
                SequenceProbe.written(before, info(10L, null, 0L), 0, 1));
    }

    private static TcpInfo info(Long received, @Nullable Long window, Long outOfOrder) {
        return new TcpInfo(TcpState.ESTABLISHED, 0, 0, 204_000, 1448, 536, 0, 1000, 1000, 1000,
                1500, 20_000, 0, 6L, received, 3L, 3L, 0L, null, null, null, null, outOfOrder,
                window);
    }

    private static NativeSocket kept(Socket client) {
        return Objects.requireNonNull(SocketFinder.duplicate(client,
                (InetSocketAddress) client.getRemoteSocketAddress(), TcpState.ESTABLISHED));
    }

    private static List<byte[]> words() {
        byte[] word = "\r\n".getBytes(StandardCharsets.US_ASCII);
        return List.of(word, word, word);
    }

    /** What is told of a server that has written so many bytes, all of which were read. */
    private static Optional<Written> told(int written) throws IOException {
        Optional<Written> told = Optional.empty();
        for (int i = 0; i < TRIES && told.isEmpty(); i++) {
            try (ServerSocket listener = new ServerSocket(0, 8, Loopback.V4.address());
                    Socket client = new Socket(Loopback.V4.address(), listener.getLocalPort());
                    Socket server = listener.accept();
                    NativeSocket kept = kept(client)) {
                client.getOutputStream().write(new byte[120]);
                assertEquals(120, server.getInputStream().readNBytes(120).length);
                server.getOutputStream().write(new byte[written]);
                assertEquals(written, client.getInputStream().readNBytes(written).length);
                told = SequenceProbe.ask(kept, words());
            }
        }
        return told;
    }
}
