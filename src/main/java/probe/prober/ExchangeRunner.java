package probe.prober;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;
import probe.attempt.ExchangeFacts;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.RequestProgress;
import probe.attempt.Via;
import probe.profile.Step;
import probe.profile.TimeoutName;

/** Runs a script of sends and expects over an open connection, in order, and says how far it came. */
final class ExchangeRunner {
    /** An answer that has not matched within this many bytes is not the one expected. */
    static final int MAX_REPLY = 64 * 1024;
    /** How long to look for an answer that had come before a write failed; it lies in our own kernel or nowhere. */
    private static final int LEFTOVER_MILLIS = 20;

    private final ProbeContext context;
    private final AttemptRecorder recorder;
    private final TapSocket tapped;
    private final StringBuilder reply = new StringBuilder();

    ExchangeRunner(ProbeContext context, AttemptRecorder recorder, TapSocket tapped) {
        this.context = context;
        this.recorder = recorder;
        this.tapped = tapped;
    }

    /** Runs all steps; on a failure, records which and leaves the rest undone. */
    void run(Socket opened, List<Step> steps) {
        Socket channel = opened;
        recorder.inForce(TimeoutName.SOCKET);
        recorder.begin(Phase.EXCHANGE);
        tapped.tap().answering();
        for (int i = 0; i < steps.size() && !recorder.hasFailed(); i++) {
            Step step = steps.get(i);
            recorder.exchange(new ExchangeFacts(steps.size(), i,
                    step instanceof Step.Expect e ? e.pattern() : null));
            switch (step) {
                case Step.Send send -> send(channel, send);
                case Step.Expect expect -> expect(channel, expect);
                case Step.StartTls _ -> channel = secure(channel, i + 1 < steps.size());
            }
        }
        if (!recorder.hasFailed()) {
            recorder.exchange(new ExchangeFacts(steps.size(), steps.size(), null));
            recorder.end();
        }
    }

    /**
     * The connection with TLS over it, or the old one when the handshake failed. The script's phase ends before the
     * handshake, and another begins behind it if there is more to do.
     */
    private Socket secure(Socket channel, boolean more) {
        if (channel != tapped) {
            // Secured from the start, as with tls://.
            return channel;
        }
        reply.setLength(0);
        Socket secured = new TlsHandshaker(context.settings().tls())
                .handshake(tapped, recorder.target(), context, recorder);
        tapped.tap().mark();
        if (secured != null && more) {
            recorder.begin(Phase.EXCHANGE);
        }
        return secured == null ? channel : secured;
    }

    private void send(Socket channel, Step.Send step) {
        byte[] bytes = step.text().getBytes(StandardCharsets.ISO_8859_1);
        long before = tapped.tap().sent();
        recorder.request(RequestProgress.NOT_STARTED);
        reply.setLength(0);
        tapped.tap().mark();
        context.listener().writing(Via.SOCKET, tapped);
        Limit limit = context.deadline().limit(TimeoutName.SOCKET);
        try (Watchdog.Guard guard = context.watchdog().guard(limit, () -> expire(limit, before))) {
            try {
                channel.getOutputStream().write(bytes);
                channel.getOutputStream().flush();
                recorder.request(RequestProgress.COMPLETE);
            } catch (IOException | RuntimeException e) {
                recorder.request(progress(before));
                leftover(channel, guard.fired());
                SocketFailures seen = SocketFailures.of(e, limit, guard.fired());
                recorder.fail(seen.name(), seen.limit(), e);
            }
        }
    }

    /** A write that is not taken: the kernel is asked first, then the socket is closed under the write. */
    private void expire(Limit limit, long sentBefore) {
        recorder.request(progress(sentBefore));
        recorder.fail(FailureName.TIMED_OUT, limit.name(), null);
        close(tapped);
    }

    private RequestProgress progress(long sentBefore) {
        return tapped.tap().sent() == sentBefore ? RequestProgress.NOT_STARTED
                : RequestProgress.PARTIAL;
    }

    /** A server that refuses early often says why before it closes: not to be lost behind the failed write. */
    private void leftover(Socket channel, @Nullable Limit fired) {
        if (fired != null) {
            return;
        }
        try {
            channel.setSoTimeout(LEFTOVER_MILLIS);
            byte[] buffer = new byte[Excerpt.LIMIT];
            int count = channel.getInputStream().read(buffer);
            if (count > 0) {
                recorder.received(Excerpt.of(buffer, count, count));
            }
        } catch (IOException nothingThere) {
            // The write's failure is the fact; there was no answer to go with it.
        }
    }

    private void expect(Socket channel, Step.Expect step) {
        Pattern pattern = Pattern.compile(step.pattern(), Pattern.DOTALL);
        byte[] buffer = new byte[8192];
        Limit limit = context.deadline().limit(TimeoutName.SOCKET);
        try {
            BoundedText.Found found = BoundedText.search(pattern, reply);
            while (found != BoundedText.Found.YES) {
                if (found == BoundedText.Found.NEVER || reply.length() >= MAX_REPLY) {
                    restOfLine(channel);
                    recorder.received(received());
                    recorder.fail(FailureName.MISMATCH, null, null);
                    return;
                }
                limit = context.deadline().limit(TimeoutName.SOCKET);
                channel.setSoTimeout(limit.millis());
                int count = channel.getInputStream().read(buffer);
                if (count < 0) {
                    throw new EOFException("end of stream");
                }
                reply.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                found = BoundedText.search(pattern, reply);
            }
            reply.setLength(0);
            tapped.tap().mark();
        } catch (IOException | RuntimeException e) {
            SocketFailures seen = SocketFailures.of(e, limit, null);
            boolean wholeLine = isWholeLine();
            recorder.received(received());
            // A whole line that is not the expected one is an answer; half a line is an answer that stalled.
            boolean otherAnswer = wholeLine
                    && (seen.limit() == TimeoutName.SOCKET || seen.name() == FailureName.CLOSED);
            recorder.fail(otherAnswer ? FailureName.MISMATCH : seen.name(), seen.limit(), e,
                    lastWords(channel));
        }
    }

    /** In the clear a script's protocol is not known, and nothing is harmless in all of them. */
    private LastWords lastWords(Socket channel) {
        return channel instanceof SSLSocket tls && context.settings().proxy() == null
                ? tapped.lastWords(tls)
                : LastWords.NONE;
    }

    private boolean isWholeLine() {
        return reply.length() > 0 && reply.charAt(reply.length() - 1) == '\n';
    }

    private Excerpt received() {
        return Excerpt.of(reply.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Where the first bytes already are not the answer, the rest of its line says more; it is not waited for. */
    private void restOfLine(Socket channel) {
        byte[] buffer = new byte[Excerpt.LIMIT];
        try {
            channel.setSoTimeout(LEFTOVER_MILLIS);
            int count = 0;
            while (count >= 0 && reply.length() < Excerpt.LIMIT && !isWholeLine()) {
                reply.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                count = channel.getInputStream().read(buffer);
            }
        } catch (IOException nothingMore) {
            // What came is the answer.
        }
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // Nothing is lost: the socket is given up either way.
        }
    }
}
