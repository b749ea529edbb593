package probe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import probe.advice.IdleLimit.Ending;
import probe.advice.IdleLimit.Trial;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.Conversation;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;
import probe.attempt.RequestProgress;
import probe.attempt.Via;
import probe.prober.AttemptListener;
import probe.prober.Deadline;
import probe.prober.Destination;
import probe.prober.HttpPool;
import probe.prober.HttpProber;
import probe.prober.ProbeContext;
import probe.prober.SocketProber;
import probe.prober.Ticker;
import probe.prober.Watchdog;
import probe.profile.Settings;
import probe.profile.TimeoutName;

/**
 * One connection that is held silent and then used. Over HTTP it is one of HttpClient's pool that has carried a
 * request; a raw one is asked by TCP keep-alive whether the far end still knows it, so that nothing has to be said in a
 * protocol that is not known.
 */
final class IdleHold {
    /** An answer to a keep-alive probe takes a round trip; three unanswered ones take three seconds. */
    private static final Duration UNANSWERED = Duration.ofMillis(2500);
    private static final int PROBES = 3;
    private static final int PROBED_MILLIS = 6_000;

    private final Settings settings;
    private final Watchdog watchdog;
    private final CountDownLatch stopped;

    /**
     * What became of it.
     *
     * @param trial in a word
     * @param attempts what was done with it, the use after the silence last
     */
    record Held(Trial trial, List<Attempt> attempts) {}

    IdleHold(Settings settings, Watchdog watchdog, CountDownLatch stopped) {
        this.settings = settings;
        this.watchdog = watchdog;
        this.stopped = stopped;
    }

    /** Makes a connection, holds it this long without a byte, and uses it. */
    Held hold(Destination destination, Duration idle) {
        Duration each = settings.timeouts().deadline().value();
        Deadline whole = Deadline.start(Ticker.SYSTEM, settings.timeouts()
                .with(TimeoutName.DEADLINE, new probe.profile.Setting<>(
                        idle.plus(each.multipliedBy(2)),
                        settings.timeouts().deadline().origin())));
        return destination.target().scheme().isHttp() ? requests(destination, idle, whole, each)
                : raw(destination, idle, whole);
    }

    private Held requests(Destination destination, Duration idle, Deadline whole, Duration each) {
        try (HttpPool pool = new HttpPool(1)) {
            HttpProber prober = new HttpProber().withPool(pool);
            Attempt first = prober.attempt(destination, context(whole.atMost(each)));
            if (!first.succeeded()) {
                return new Held(new Trial(idle, Ending.NOT_MADE), List.of(first));
            }
            pause(idle);
            Attempt second = prober.attempt(destination, context(whole.atMost(each)));
            return new Held(new Trial(idle, ending(second)), List.of(first, second));
        }
    }

    private ProbeContext context(Deadline deadline) {
        return new ProbeContext(settings, deadline, watchdog, AttemptListener.NONE);
    }

    private static Ending ending(Attempt used) {
        Failure failure = used.failure();
        if (failure == null) {
            return used.conversation().use() > 0 ? Ending.ALIVE : Ending.NOT_KEPT;
        }
        if (failure.name() == FailureName.TIMED_OUT) {
            return Ending.FORGOTTEN;
        }
        return switch (used.conversation().peer()) {
            case RESET, RESET_BEFORE_REQUEST -> Ending.RESET;
            case CLOSED, CLOSED_BEFORE_REQUEST -> Ending.CLOSED;
            case NONE, OPEN -> failure.name() == FailureName.RESET ? Ending.RESET : Ending.CLOSED;
        };
    }

    private void pause(Duration idle) {
        try {
            var _ = stopped.await(idle.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Held raw(Destination destination, Duration idle, Deadline whole) {
        Duration start = whole.elapsed();
        try (Socket socket = new Socket()) {
            socket.connect(destination.socketAddress(),
                    whole.limit(TimeoutName.CONNECT).millis());
            PhaseTiming connect = new PhaseTiming(Phase.CONNECT, start,
                    whole.elapsed().minus(start), PhaseOutcome.OK);
            Duration silent = whole.elapsed();
            Ending ending = silence(socket, idle, whole);
            return new Held(new Trial(idle, ending),
                    List.of(attempt(destination, socket, connect, silent, ending, whole)));
        } catch (IOException notMade) {
            return new Held(new Trial(idle, Ending.NOT_MADE), List.of(new SocketProber()
                    .attempt(destination, context(whole))));
        }
    }

    /** Listens all the while, as an end can come at any time; then asks whether the far end still knows the connection. */
    private static Ending silence(Socket socket, Duration idle, Deadline whole) throws IOException {
        InputStream in = socket.getInputStream();
        Duration end = whole.elapsed().plus(idle);
        while (whole.elapsed().compareTo(end) < 0) {
            long left = end.minus(whole.elapsed()).toMillis();
            Ending ending = read(socket, in, Math.clamp(left, 1, Integer.MAX_VALUE));
            if (ending != null) {
                return ending;
            }
        }
        Duration asked = whole.elapsed();
        // The idle time last: setting it starts the clock, and the first probe leaves at once (section 2.1).
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 1);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 1);
        Ending ending = read(socket, in, PROBED_MILLIS);
        boolean late = whole.elapsed().minus(asked).compareTo(UNANSWERED) > 0;
        // Who closes only now still knew the connection when it was asked.
        return ending != Ending.RESET ? Ending.ALIVE : late ? Ending.FORGOTTEN : Ending.RESET;
    }

    /** How the connection ends within this time, or null when it does not. What the peer says is passed over. */
    private static @Nullable Ending read(Socket socket, InputStream in, int millis) {
        try {
            socket.setSoTimeout(millis);
            return in.read(new byte[4096]) < 0 ? Ending.CLOSED : null;
        } catch (SocketTimeoutException silent) {
            return null;
        } catch (IOException reset) {
            return Ending.RESET;
        }
    }

    /** The facts of the raw connection, its silence being the exchange that was made. */
    private Attempt attempt(Destination destination, Socket socket, PhaseTiming connect,
            Duration silent, Ending ending, Deadline whole) {
        Duration lasted = whole.elapsed().minus(silent);
        List<PhaseTiming> phases = new ArrayList<>();
        if (destination.resolution() != null) {
            phases.add(destination.resolution());
        }
        phases.add(connect);
        phases.add(new PhaseTiming(Phase.EXCHANGE, silent, lasted,
                ending == Ending.ALIVE ? PhaseOutcome.OK : PhaseOutcome.FAILED));
        FailureName name = switch (ending) {
            case CLOSED -> FailureName.CLOSED;
            case RESET -> FailureName.RESET;
            case ALIVE, FORGOTTEN, NOT_KEPT, NOT_MADE -> FailureName.TIMED_OUT;
        };
        PeerState peer = switch (ending) {
            case CLOSED -> PeerState.CLOSED_BEFORE_REQUEST;
            case RESET -> PeerState.RESET_BEFORE_REQUEST;
            case ALIVE, FORGOTTEN, NOT_KEPT, NOT_MADE -> PeerState.OPEN;
        };
        return new Attempt(Via.SOCKET, destination.address().getHostAddress(),
                destination.port(), socket.getLocalPort(),
                Map.of(TimeoutName.CONNECT, settings.timeouts().connect()), List.copyOf(phases),
                Bytes.NONE, new Conversation(RequestProgress.NO_REQUEST, peer, lasted, null, 0),
                ending == Ending.ALIVE ? null
                        : new Failure(name, Phase.EXCHANGE, lasted, null, null, null),
                null, null, null, null, null);
    }
}
