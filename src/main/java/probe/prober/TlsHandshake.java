package probe.prober;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import probe.attempt.FailureName;
import probe.profile.TimeoutName;
import probe.profile.TlsSettings.Verification;

/** One handshake, from the ClientHello until it is sure how it ended. */
final class TlsHandshake {
    /** How long the handshake's own thread may take to see that its limit is over; loading JSSE's classes takes most. */
    private static final Duration OWN_THREAD = Duration.ofMillis(200);

    private final TapSocket socket;
    private final ProbeContext context;
    private final AttemptRecorder recorder;
    private final TlsMaterial material;
    private final String name;
    private final @Nullable String serverName;
    private final TlsWitness witness;
    /** Whoever sets it says how the handshake ended: the handshake itself or its time limit. */
    private final AtomicBoolean settled = new AtomicBoolean();

    /** With the host {@code name}, over a connected socket. */
    TlsHandshake(TapSocket socket, ProbeContext context, AttemptRecorder recorder,
            TlsMaterial material, String name) {
        this.socket = socket;
        this.context = context;
        this.recorder = recorder;
        this.material = material;
        this.name = name;
        this.serverName = serverName(name);
        this.witness = new TlsWitness(serverName, material.protocols());
    }

    /** An address is never sent as a server name, and a name is sent without the dot of the root (RFC 6066 §3). */
    private static @Nullable String serverName(String name) {
        if (TlsNames.literal(name) != null) {
            return null;
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** The secured socket, or null when the handshake failed; the recorder is told either way. */
    @Nullable
    SSLSocket run(Verification verification, int port, List<String> alpn) {
        Limit limit = context.deadline().limit(TimeoutName.TLS);
        socket.tap().mark();
        socket.tap().follow(witness.records()::read);
        try (Watchdog.Guard _ = context.watchdog().guard(limit, () -> expire(limit))) {
            // JSSE closes at once what fails; held open, the kernel can still be asked about the connection.
            socket.hold();
            int silence = socket.getSoTimeout();
            // A silent peer is given up on this thread, one that drips by the guard.
            socket.setSoTimeout(limit.millis());
            SSLSocket tls = open(verification, port, alpn);
            tls.startHandshake();
            socket.send();
            witness.established(tls);
            new TlsAftermath(socket, tls, witness, sequel()).await(limit);
            socket.setSoTimeout(silence);
            return succeed() ? tls : null;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            fail(limit, e);
            return null;
        } finally {
            socket.tap().follow(null);
            release();
        }
    }

    private TlsAftermath.Sequel sequel() {
        boolean talks = recorder.target().scheme().isHttp()
                || !context.settings().exchange().isEmpty();
        return talks ? TlsAftermath.Sequel.TALK : TlsAftermath.Sequel.NONE;
    }

    private void release() {
        try {
            socket.release();
        } catch (IOException gone) {
            // All that can have been left is our own alert, to a peer that hears no more.
        }
    }

    private SSLSocket open(Verification verification, int port, List<String> alpn)
            throws IOException, GeneralSecurityException {
        SSLSocket tls = (SSLSocket) material.context(verification, name, witness)
                .getSocketFactory()
                .createSocket(socket, name, port, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(material.protocols().toArray(String[]::new));
        parameters.setServerNames(serverName == null
                ? List.of()
                : List.of(new SNIHostName(serverName.getBytes(StandardCharsets.US_ASCII))));
        parameters.setApplicationProtocols(alpn.toArray(String[]::new));
        tls.setSSLParameters(parameters);
        return tls;
    }

    private boolean succeed() {
        boolean first = settled.compareAndSet(false, true);
        if (first) {
            recorder.tls(witness.facts(null));
            recorder.end();
        }
        return first;
    }

    /** Also ends a handshake that drips, where every single read is in time. */
    private void expire(Limit limit) {
        if (isSilent()) {
            recorder.timeIsUp();
            context.watchdog().guard(new Limit(OWN_THREAD, limit.name()), () -> end(limit));
        } else {
            end(limit);
        }
    }

    private boolean isSilent() {
        return socket.tap().excerpt().total() == 0;
    }

    private void end(Limit limit) {
        if (settled.compareAndSet(false, true)) {
            conclude(new SocketFailures(FailureName.TIMED_OUT, limit.name()), null);
            abandon();
        }
    }

    private void abandon() {
        try {
            socket.abandon();
        } catch (IOException alreadyClosed) {
            // It is given up either way.
        }
    }

    private void fail(Limit limit, Exception thrown) {
        if (settled.compareAndSet(false, true)) {
            new TlsLeftover(socket, witness).read(thrown);
            conclude(SocketFailures.of(thrown, limit, null), thrown);
        }
    }

    private void conclude(SocketFailures seen, @Nullable Exception thrown) {
        boolean canCancel = thrown != null && isSilent() && context.settings().proxy() == null;
        TlsFailure failure = TlsFailure.of(witness, socket.tap(), seen, thrown);
        if (witness.records().spoken() == TlsRecords.Spoken.SOMETHING_ELSE) {
            recorder.received(socket.tap().excerpt());
        }
        recorder.tls(witness.facts(failure.alert()));
        recorder.fail(failure.name(), seen.limit(), thrown,
                canCancel ? LastWords.CANCELLED_HANDSHAKE : LastWords.NONE);
    }
}
