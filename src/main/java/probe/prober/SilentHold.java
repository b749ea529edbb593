package probe.prober;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.RequestProgress;
import probe.profile.TimeoutName;

/**
 * Keeps a connection silent. Where a script is to use it afterwards, what the peer says meanwhile is left for the
 * script. Where there is none, the end is listened for, and then the far end is asked by TCP keep-alive whether it still
 * knows the connection, so that nothing has to be said in a protocol that is not known.
 */
final class SilentHold {
    /** Three unanswered probes, a second apart, end a connection after three seconds (section 2.1 of the experiments). */
    private static final int PROBES = 3;
    private static final int SECONDS_BETWEEN = 1;
    private static final int PROBED_MILLIS = 3_600;

    private final ProbeContext context;
    private final AttemptRecorder recorder;
    private final TapSocket tapped;

    SilentHold(ProbeContext context, AttemptRecorder recorder, TapSocket tapped) {
        this.context = context;
        this.recorder = recorder;
        this.tapped = tapped;
    }

    /** Keeps the channel, which lies over the tapped socket or is it, and records how that ended if it ended badly. */
    void hold(Socket channel, Silence silence) {
        tapped.tap().ready();
        recorder.request(RequestProgress.NOT_STARTED);
        if (!context.settings().exchange().isEmpty()) {
            pause(silence);
            recorder.held(silence.lasting());
            look();
            return;
        }
        recorder.request(RequestProgress.NO_REQUEST);
        recorder.begin(Phase.EXCHANGE);
        Duration start = context.elapsed();
        try {
            if (!isOver(channel, silence, start)) {
                ask(channel);
            }
        } catch (IOException | RuntimeException e) {
            SocketFailures seen = SocketFailures.of(e,
                    context.deadline().limit(TimeoutName.SOCKET), null);
            recorder.fail(seen.name(), seen.limit(), e);
        }
        recorder.end();
    }

    private static void pause(Silence silence) {
        try {
            var _ = silence.over().await(silence.lasting().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An end that came in the silence is noticed before anything is sent: afterwards it would look like an answer. */
    private void look() {
        try {
            tapped.peek(1, 1);
        } catch (IOException gone) {
            // The script meets it again.
        }
    }

    /** Whether the connection ended while nothing was sent; however it went, that took as long as it was held. */
    private boolean isOver(Socket channel, Silence silence, Duration start) throws IOException {
        try {
            return listen(channel, silence, start);
        } finally {
            recorder.held(context.elapsed().minus(start));
        }
    }

    private boolean listen(Socket channel, Silence silence, Duration start) throws IOException {
        Duration end = start.plus(silence.lasting());
        while (context.elapsed().compareTo(end) < 0 && silence.over().getCount() > 0) {
            long left = end.minus(context.elapsed()).toMillis();
            if (read(channel, Math.clamp(left, 1, Integer.MAX_VALUE)) == Heard.END) {
                recorder.fail(FailureName.CLOSED, null, null);
                return true;
            }
        }
        return false;
    }

    /** Whoever answers, closes or speaks now still knew the connection; a reset or no answer at all is thrown. */
    private void ask(Socket channel) throws IOException {
        // The idle time last: setting it starts the clock, and the first probe leaves at once (section 2.1).
        tapped.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        tapped.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
        tapped.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, SECONDS_BETWEEN);
        tapped.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 1);
        long left = context.deadline().remaining().toMillis();
        Heard heard = read(channel, Math.clamp(left, 1, PROBED_MILLIS));
        if (heard == Heard.NOTHING && left < PROBED_MILLIS) {
            // The kernel had not given up on it yet, nor had it said that somebody answered.
            recorder.fail(FailureName.TIMED_OUT, TimeoutName.DEADLINE, null);
        }
    }

    /** What came within a time. */
    private enum Heard {
        NOTHING,
        /** Bytes, which are passed over. */
        BYTES,
        END
    }

    private static Heard read(Socket channel, int millis) throws IOException {
        try {
            channel.setSoTimeout(millis);
            return channel.getInputStream().read(new byte[4096]) < 0 ? Heard.END : Heard.BYTES;
        } catch (SocketTimeoutException silent) {
            return Heard.NOTHING;
        }
    }
}
