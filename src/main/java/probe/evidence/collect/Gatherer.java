package probe.evidence.collect;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.CertificateFault;
import probe.attempt.Failure;
import probe.attempt.TlsFacts;
import probe.attempt.Via;
import probe.evidence.Observation;
import probe.evidence.ServerClock;
import probe.evidence.linux.SynScheduleReader;
import probe.profile.Durations;
import probe.profile.EvidenceLevel;
import probe.profile.Settings;
import probe.target.Scheme;
import probe.target.Target;

/**
 * All evidence about one target: told of every socket while the attempts are made, and asked at the end. One for each
 * probe of a target; to be closed when its report is written.
 *
 * <p>Costs a task in a timer for each attempt while nothing is late, and loads nothing of {@code evidence.linux}. A
 * handshake that is pending after 250 ms, or a connection that is silent after 1 s, has 500 µs spent on it on another
 * thread (150 ms once in a process), and a failure the same; {@link #gather} then costs, by {@link EvidenceLevel}:
 * <ul>
 * <li>{@code none}: 30 µs; only the schedule of SYNs;</li>
 * <li>{@code passive}: 1 ms, and nothing is sent;</li>
 * <li>{@code normal}: up to 1.5 s after the failure and 8 connections; those for a pending handshake begin before its
 * limit, so that most verdicts come within 0.3 s of the failure;</li>
 * <li>{@code deep}: up to 2.5 s more and 60 packets.</li>
 * </ul>
 * Needs nothing: what this machine does not offer is left out. None of its methods throws for what the network or the
 * kernel does.
 */
public final class Gatherer implements AutoCloseable {
    private static final Duration LATE_HANDSHAKE = Duration.ofMillis(250);
    private static final Duration LATE_ANSWER = Duration.ofSeconds(1);
    /** One retransmission, sent after 1.02 s, is unanswered too: this is more than a lost packet. */
    private static final Duration CONTROLS_BEGIN = Duration.ofMillis(1_200);
    /** When the second SYN has gone out and may have been answered (evidence: sent after 1.02 s). */
    private static final Duration SECOND_SYN = Duration.ofMillis(1_100);
    /** How long after the failure a silent comparison is waited for, unless a round trip takes longer. */
    private static final Duration COMPARISONS_END = Duration.ofMillis(250);
    /** Attempts whose handshake is pending, in the whole process: what makes shared counters ambiguous. */
    private static final AtomicInteger CONNECTING = new AtomicInteger();
    /** Looks at failed attempts that are under way in the whole process: they move the counters as well. */
    private static final AtomicInteger LOOKING = new AtomicInteger();
    /** Handshakes that have failed in the whole process so far: their packets count while another one is pending. */
    private static final AtomicInteger FAILED_HANDSHAKES = new AtomicInteger();

    private volatile Target target;
    private volatile boolean calm;
    private final Settings settings;
    private final Map<Socket, WatchedSocket> watched = new ConcurrentHashMap<>();
    private final List<WatchedSocket> failed = new CopyOnWriteArrayList<>();
    private final List<Future<?>> timers = new CopyOnWriteArrayList<>();
    private final AtomicInteger connecting = new AtomicInteger();
    /** Looks count too: what they look at has failed a moment before. */
    private final int failedBefore = FAILED_HANDSHAKES.get() - LOOKING.get();
    private int failedHere;
    private final AtomicReference<@Nullable LateLookup> lookup = new AtomicReference<>();
    private @Nullable Comparison comparison;

    /** Evidence about one target, as far as the settings allow to look. */
    public Gatherer(Target target, Settings settings) {
        this.target = target;
        this.settings = settings;
    }

    private boolean looks(EvidenceLevel level) {
        return settings.evidence().includes(level);
    }

    /** From here on what fails is asked of another target: a redirect has led there. */
    public void asking(Target other) {
        target = other;
    }

    /** The system's resolver is about to be asked for this name, in ASCII form. */
    public void resolving(String host) {
        if (looks(EvidenceLevel.NORMAL)) {
            lookingUp(new LateLookup(host, settings.timeouts().dns().value(),
                    settings.timeouts().deadline().value(), DnsInquiry.ofSystem()));
        }
    }

    private void lookingUp(@Nullable LateLookup next) {
        LateLookup last = lookup.getAndSet(next);
        if (last != null) {
            last.over();
        }
    }

    /** The system's resolver has given an address. */
    public void resolved() {
        lookingUp(null);
    }

    /** A connect to {@code remote} is about to begin. */
    public void connecting(Via via, Socket socket, InetSocketAddress remote) {
        if (!looks(EvidenceLevel.PASSIVE) || remote.isUnresolved()) {
            return;
        }
        WatchedSocket one = new WatchedSocket(via, socket, remote);
        watched.put(socket, one);
        pending(1);
        timers.add(LateTimer.after(LATE_HANDSHAKE, () -> late(one)));
        if (looks(EvidenceLevel.NORMAL)) {
            Duration limit = settings.timeouts().connect().value();
            Duration begin = comparisonsBegin(limit);
            Duration left = limit.minus(begin).plus(COMPARISONS_END);
            timers.add(LateTimer.after(begin, () -> {
                if (one.isConnecting()) {
                    comparison(one.remote(),
                            left.compareTo(Controls.LIMIT) < 0 ? left : Controls.LIMIT,
                            new Routes());
                }
            }));
        }
    }

    /** So early that a silent comparison has had its second SYN unanswered when the limit is over. */
    private static Duration comparisonsBegin(Duration limit) {
        return Duration.ofNanos(Math.clamp(limit.minus(SECOND_SYN).toNanos(),
                LATE_HANDSHAKE.toNanos(), CONTROLS_BEGIN.toNanos()));
    }

    private void pending(int change) {
        synchronized (connecting) {
            connecting.addAndGet(change);
            CONNECTING.addAndGet(change);
        }
    }

    private void late(WatchedSocket one) {
        if (one.isOpen()) {
            one.late(others());
            Pulse.join(one);
        }
    }

    /** The TCP handshake is done. */
    public void connected(Via via, Socket socket) {
        WatchedSocket one = watched.get(socket);
        if (one != null && one.isConnecting()) {
            one.connected(calm);
            pending(-1);
            timers.add(LateTimer.after(LATE_ANSWER, () -> late(one)));
        }
    }

    /** The connections of this probe are silent on purpose: nothing on one that stands is late. */
    public void calm() {
        calm = true;
    }

    /**
     * The attempt has failed. Its socket is still open, unless it was connecting.
     *
     * @param lastWords what its protocol allows to be sent on the connection that is given up, one after the other; asked
     *            for only where something may be sent at all
     * @return how many payload bytes the peer's kernel has acknowledged, or null where that cannot be learned
     */
    public @Nullable Long failing(Via via, Socket socket, Failure failure,
            Supplier<List<byte[]>> lastWords) {
        WatchedSocket one = watched.remove(socket);
        if (one == null) {
            return null;
        }
        int others = othersMeanwhile(one);
        failed.add(one);
        return one.failing(failure, looks(EvidenceLevel.NORMAL) ? lastWords : null, others);
    }

    /**
     * The attempts and looks for other targets that may have moved the counters since this one was begun. In one step,
     * as several attempts of this target may fail at the same time, and none of them is another's.
     */
    private int othersMeanwhile(WatchedSocket failing) {
        synchronized (connecting) {
            if (failing.isConnecting()) {
                pending(-1);
                failedHere++;
                FAILED_HANDSHAKES.incrementAndGet();
            }
            return others() + FAILED_HANDSHAKES.get() - failedHere - failedBefore;
        }
    }

    /** The attempts and looks for other targets that are under way now. */
    private int others() {
        return CONNECTING.get() - connecting.get() + LOOKING.get();
    }

    /**
     * What was learned of the failed attempts; for a target whose attempts all succeeded only the schedule of SYNs.
     *
     * @param attempts those that the report is about
     * @param budget how long this may take, at most
     */
    public List<Observation> gather(List<Attempt> attempts, Duration budget) {
        List<Observation> found = new ArrayList<>();
        SynScheduleReader.system().ifPresent(found::add);
        if (looks(EvidenceLevel.PASSIVE) && !attempts.stream().allMatch(Attempt::succeeded)) {
            boolean lookup = DnsEvidence.isAboutLookup(attempts);
            if (lookup) { // nothing perishes; the name servers are asked while the controls are under way
                begin();
            }
            long end = System.nanoTime() + Math.min(budget.toNanos(), DnsInquiry.BUDGET.toNanos());
            if (lookup) {
                found.addAll(names(attempts, end));
            }
            found.addAll(look(attempts, lookup ? left(end) : budget));
            if (!lookup) {
                found.addAll(names(attempts, end));
            }
            if (looks(EvidenceLevel.NORMAL)) {
                otherClock(attempts, left(end)).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private List<Observation> look(List<Attempt> attempts, Duration budget) {
        LOOKING.incrementAndGet();
        try {
            return new Investigation(target.scheme(), settings, failed, attempts,
                    () -> others() - 1)
                    .run(budget, routes -> comparison(null, afterFailure(), routes));
        } finally {
            LOOKING.decrementAndGet();
        }
    }

    /** Where the dates of a service's certificate are what is wrong: what time it is there. */
    private Optional<ServerClock> otherClock(List<Attempt> attempts, Duration budget) {
        if (target.scheme() != Scheme.HTTPS || settings.proxy() != null
                || attempts.stream().noneMatch(Gatherer::isOutOfDate)) {
            return Optional.empty();
        }
        return failed.stream()
                .findFirst()
                .flatMap(one -> ClockInquiry.ask(target, one.remote(), budget));
    }

    private static boolean isOutOfDate(Attempt attempt) {
        TlsFacts tls = attempt.tls();
        return !attempt.succeeded() && tls != null
                && (tls.faults().contains(CertificateFault.EXPIRED)
                        || tls.faults().contains(CertificateFault.NOT_YET_VALID));
    }

    private void begin() {
        if (looks(EvidenceLevel.NORMAL)) {
            comparison(null, COMPARISONS_END, new Routes());
        }
    }

    private Duration afterFailure() {
        return failed.stream()
                .map(one -> Durations.times(one.roundTrip(), 2))
                .filter(slow -> slow.compareTo(COMPARISONS_END) > 0)
                .max(Duration::compareTo)
                .filter(slow -> slow.compareTo(Controls.LIMIT) < 0)
                .orElse(COMPARISONS_END);
    }

    private List<Observation> names(List<Attempt> attempts, long end) {
        LateLookup ended = lookup.get();
        if (ended != null) {
            ended.over();
        }
        return new DnsEvidence(DnsInquiry.ofSystem(), ended)
                .about(target, settings, attempts, left(end));
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** The comparisons, begun with the first to ask for them. */
    private synchronized Comparison comparison(@Nullable InetSocketAddress pending,
            Duration limit, Routes routes) {
        if (comparison == null) {
            InetSocketAddress remote = pending != null ? pending
                    : failed.isEmpty() ? null : failed.getFirst().remote();
            List<InetSocketAddress> attempted = new ArrayList<>();
            failed.forEach(one -> attempted.add(one.remote()));
            watched.values().forEach(one -> attempted.add(one.remote()));
            comparison = Comparison.begin(target, settings, remote, attempted, limit, routes);
        }
        return comparison;
    }

    /** Calls everything off and lets go of every socket. */
    @Override
    public void close() {
        lookingUp(null);
        timers.forEach(timer -> timer.cancel(false));
        CONNECTING.addAndGet(-connecting.getAndSet(0));
        watched.values().forEach(WatchedSocket::close);
        failed.forEach(WatchedSocket::close);
    }
}
