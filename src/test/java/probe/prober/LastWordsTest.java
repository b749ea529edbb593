package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Via;
import probe.profile.Step;
import probe.target.Scheme;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.Loopback;
import probe.testing.Moment;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** What is said on a connection that is given up must be what its protocol allows, to an implementation not ours. */
class LastWordsTest {
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Duration PLENTY = Duration.ofSeconds(20);

    /** Sends the words and leaves the connection open until the server has understood them. */
    private static final class Sending implements AttemptListener {
        private final CompletableFuture<?> understood;
        private List<byte[]> words = List.of();

        Sending(CompletableFuture<?> understood) {
            this.understood = understood;
        }

        @Override
        public @Nullable Long failing(Via via, Socket socket, Failure failure,
                LastWords lastWords) {
            words = lastWords.bytes();
            try {
                for (byte[] word : words) {
                    socket.getOutputStream().write(word);
                }
                understood.handle((_, _) -> true).get(20, TimeUnit.SECONDS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_secured_conversation_ends_as_tls_ends(String version) throws Exception {
        try (SSLServerSocket listener = listener()) {
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
                try (SSLSocket server = (SSLSocket) listener.accept()) {
                    server.getInputStream().readNBytes(5);
                    return server.getInputStream().read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Sending sending = new Sending(read);
            Attempt attempt = TlsProbe.asking("localhost")
                    .versions(version, version)
                    .limits(PLENTY, Duration.ofSeconds(2))
                    .script(Scheme.TLS, new Step.Send("hello"), new Step.Expect("never"))
                    .attempt(address(listener), sending);
            assertEquals(FailureName.TIMED_OUT, TlsProbe.failure(attempt).name());
            assertEquals(3, sending.words.size());
            assertEquals(-1, read.get(20, TimeUnit.SECONDS), "an end without close_notify throws");
        }
    }

    @Test
    void a_handshake_without_an_answer_is_cancelled() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, Loopback.V4.address())) {
            Sending sending = new Sending(CompletableFuture.completedFuture(true));
            Attempt attempt = TlsProbe.asking("localhost")
                    .limits(LIMIT, PLENTY)
                    .attempt((InetSocketAddress) mute.getLocalSocketAddress(), sending);
            assertEquals(FailureName.TIMED_OUT, TlsProbe.failure(attempt).name());
            SSLEngine server = TestCertificates.serverTls(TestCertificate.VALID)
                    .context()
                    .createSSLEngine();
            server.setUseClientMode(false);
            server.beginHandshake();
            ByteBuffer nothing = ByteBuffer.allocate(server.getSession()
                    .getApplicationBufferSize());
            List<Status> heard = new ArrayList<>();
            for (byte[] word : sending.words) {
                heard.add(server.unwrap(ByteBuffer.wrap(word), nothing).getStatus());
            }
            assertEquals(List.of(Status.OK, Status.CLOSED), heard);
        }
    }

    @Test
    void a_handshake_that_has_begun_is_not_cancelled_in_the_clear() {
        Sending sending = new Sending(CompletableFuture.completedFuture(true));
        try (FaultServer server = FaultServer.builder()
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .connection(Fault.stall(Moment.MID_HANDSHAKE))
                .start()) {
            Attempt attempt = TlsProbe.asking("localhost")
                    .limits(LIMIT, PLENTY)
                    .attempt(server.address(), sending);
            assertEquals(FailureName.TIMED_OUT, TlsProbe.failure(attempt).name());
            assertEquals(List.of(), sending.words);
        }
    }

    private static InetSocketAddress address(SSLServerSocket listener) {
        return new InetSocketAddress(Loopback.V4.address(), listener.getLocalPort());
    }

    private static SSLServerSocket listener() throws IOException {
        return (SSLServerSocket) TestCertificates.serverTls(TestCertificate.VALID)
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 5, Loopback.V4.address());
    }
}
