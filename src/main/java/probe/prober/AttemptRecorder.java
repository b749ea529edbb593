package probe.prober;

import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.Conversation;
import probe.attempt.Excerpt;
import probe.attempt.ExchangeFacts;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.HttpFacts;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;
import probe.attempt.ProxyFacts;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts;
import probe.attempt.Via;
import probe.profile.Setting;
import probe.profile.TimeoutName;
import probe.target.AddressText;
import probe.target.Target;

/**
 * Collects the facts of one attempt while it is made. Every phase that begins ends: when the next begins, when
 * the attempt fails, or when it is finished; after a failure nothing more is recorded.
 */
final class AttemptRecorder {
    /** The beginning of the names of this program's own exceptions. */
    private static final String OWN = "probe.";

    private final Via via;
    private final Destination destination;
    private final ProbeContext context;
    private final List<PhaseTiming> phases = new ArrayList<>();
    private final Map<TimeoutName, Setting<Duration>> timeouts = new EnumMap<>(TimeoutName.class);
    private @Nullable Phase open;
    private Duration openedAt = Duration.ZERO;
    private @Nullable Duration upAt;
    private int watches;
    private @Nullable TapSocket socket;
    private @Nullable Long acknowledged;
    private @Nullable Integer localPort;
    private @Nullable Failure failure;
    private @Nullable Duration idle;
    private @Nullable Duration longestWait;
    private @Nullable Duration held;
    private @Nullable PeerState peer;
    private @Nullable Excerpt received;
    private RequestProgress request = RequestProgress.NO_REQUEST;
    private int use;
    private @Nullable TlsFacts tls;
    private @Nullable HttpFacts http;
    private @Nullable ExchangeFacts exchange;
    private @Nullable ProxyFacts proxy;

    AttemptRecorder(Via via, Destination destination, ProbeContext context) {
        this.via = via;
        this.destination = destination;
        this.context = context;
        if (destination.resolution() != null) {
            phases.add(destination.resolution());
        }
        inForce(TimeoutName.CONNECT);
        inForce(TimeoutName.DEADLINE);
    }

    /** What is asked for. */
    Target target() {
        return destination.target();
    }

    /** Says that a timer matters to this attempt, so that the report shows it. */
    synchronized void inForce(TimeoutName name) {
        timeouts.put(name, context.settings().timeouts().get(name));
    }

    /** Begins a phase; one that is still open ends well. */
    synchronized void begin(Phase phase) {
        end();
        open = phase;
        openedAt = context.elapsed();
        goOn();
    }

    private void goOn() {
        upAt = null;
        watches++;
    }

    /**
     * Watches the limit of what begins now, until the guard is closed. Whoever runs into the limit may get a processor
     * only after a while, with many targets at once and while the program is new; that is not how long the peer was
     * waited for.
     */
    synchronized Watchdog.Guard watch(Limit limit) {
        goOn();
        int watch = watches;
        return context.watchdog().guard(limit, () -> timeIsUp(watch));
    }

    private synchronized void timeIsUp(int watch) {
        if (watch == watches) {
            timeIsUp();
        }
    }

    /** The limit of the open phase is over now; whoever notices ends it, perhaps only after a while. */
    synchronized void timeIsUp() {
        if (upAt == null) {
            upAt = context.elapsed();
        }
    }

    private Duration now() {
        return upAt == null ? context.elapsed() : upAt;
    }

    /** Ends the open phase well, if there is one. */
    synchronized void end() {
        close(PhaseOutcome.OK);
    }

    /** The phase that is open now, or null. */
    synchronized @Nullable Phase open() {
        return open;
    }

    private void close(PhaseOutcome outcome) {
        if (open != null && failure == null) {
            // What came after its limit, and before anybody had noticed, has come: when it came.
            Duration end = outcome == PhaseOutcome.OK ? context.elapsed() : now();
            phases.add(new PhaseTiming(open, openedAt, end.minus(openedAt), outcome));
        }
        open = null;
    }

    /** The socket of this attempt, once there is one. */
    synchronized void socket(TapSocket opened) {
        socket = opened;
        opened.watchReads(
                millis -> watch(new Limit(Duration.ofMillis(millis), TimeoutName.SOCKET)));
    }

    /** The handshake is done: learns the local port and tells the listener. */
    synchronized void connected(Socket connected) {
        localPort = connected.getLocalPort();
        context.listener().connected(via, connected);
    }

    /** As {@link #fail(FailureName, TimeoutName, Throwable, LastWords)}, on a connection that nothing may be sent on. */
    void fail(FailureName name, @Nullable TimeoutName limit, @Nullable Throwable thrown) {
        fail(name, limit, thrown, LastWords.NONE);
    }

    /**
     * Records what ended the attempt, in the phase that is open or, between two, in the one that
     * ended last; a second failure is ignored, as it only follows from the first. The kernel is
     * asked about the socket before anybody closes it.
     */
    synchronized void fail(FailureName name, @Nullable TimeoutName limit,
            @Nullable Throwable thrown, LastWords lastWords) {
        if (failure != null) {
            return;
        }
        Integer alert = name == FailureName.TLS_ALERT ? TlsAlert.receivedIn(thrown) : null;
        if (alert != null && tls != null) {
            // Also one that came after the handshake: under TLS 1.3 a refused client certificate does.
            tls = tls.withAlert(alert);
        }
        if (open == null) {
            reopenLast();
        }
        Phase phase = open == null ? Phase.CONNECT : open;
        Duration elapsed = open == null ? Duration.ZERO : now().minus(openedAt);
        Throwable raw = raw(thrown);
        Failure happened = new Failure(name, phase, elapsed, limit,
                raw == null ? null : raw.getClass().getName(),
                raw == null || raw.getMessage() == null ? null
                        : Excerpt.printable(raw.getMessage()));
        if (socket != null) {
            Tap tap = socket.tap();
            idle = tap.idle();
            longestWait = tap.longestWait();
            peer = tap.peer();
        }
        close(PhaseOutcome.FAILED);
        failure = happened;
        if (socket != null) { // after the timing: the first question to the kernel takes its time
            Long ofAllUses = context.listener().failing(via, socket, happened, lastWords);
            acknowledged = ofAllUses == null ? null
                    : Math.max(0, ofAllUses - socket.tap().sentInEarlierUses());
        }
    }

    /** What Java or a library threw; what is thrown here to say that the peer has gone is no news to anybody. */
    private static @Nullable Throwable raw(@Nullable Throwable thrown) {
        Throwable raw = thrown;
        while (raw != null && raw.getClass().getName().startsWith(OWN)) {
            raw = raw.getCause();
        }
        return raw;
    }

    private void reopenLast() {
        if (!phases.isEmpty() && phases.getLast().phase() != Phase.RESOLVE) {
            PhaseTiming last = phases.removeLast();
            open = last.phase();
            openedAt = last.start();
        }
    }

    /** Whether the attempt has failed. */
    synchronized boolean hasFailed() {
        return failure != null;
    }

    synchronized void request(RequestProgress progress) {
        request = progress;
    }

    synchronized void use(int requestsBefore) {
        use = requestsBefore;
    }

    /** The connection is kept silent on purpose, so far for this long. */
    synchronized void held(Duration silence) {
        held = silence;
    }

    synchronized void received(@Nullable Excerpt excerpt) {
        received = excerpt;
    }

    synchronized void tls(@Nullable TlsFacts facts) {
        tls = facts;
    }

    synchronized void http(@Nullable HttpFacts facts) {
        http = facts;
    }

    synchronized void exchange(@Nullable ExchangeFacts facts) {
        exchange = facts;
    }

    synchronized void proxy(@Nullable ProxyFacts facts) {
        proxy = facts;
    }

    /** The facts, complete. */
    synchronized Attempt finish() {
        end();
        Tap tap = socket == null ? null : socket.tap();
        Bytes bytes = tap == null ? Bytes.NONE
                : new Bytes(tap.sent(), acknowledged, tap.received());
        Conversation conversation = tap == null || tap.peer() == PeerState.NONE ? Conversation.NONE
                : new Conversation(request, failure != null && peer != null ? peer : tap.peer(),
                        failure != null ? idle : null,
                        failure != null ? longestWait : tap.longestWait(),
                        held != null ? held : tap.held(), use);
        return new Attempt(via, AddressText.of(destination.address()), destination.port(),
                localPort,
                Map.copyOf(timeouts), List.copyOf(phases), bytes, conversation, failure, received,
                tls, http, exchange,
                proxy);
    }
}
