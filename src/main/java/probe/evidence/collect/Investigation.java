package probe.evidence.collect;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntSupplier;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.evidence.ControlResult;
import probe.evidence.ControlResult.Control;
import probe.evidence.ControlResult.Outcome;
import probe.evidence.CounterChanges;
import probe.evidence.Observation;
import probe.evidence.SequenceCheck;
import probe.evidence.linux.Linux;
import probe.evidence.linux.Proc;
import probe.profile.Durations;
import probe.profile.EvidenceLevel;
import probe.profile.Settings;
import probe.target.Scheme;

/**
 * One look at the failed attempts of a target, in the order in which the evidence perishes: first what is still
 * happening to their connections, then who refuses them, then the neighbourhood.
 */
final class Investigation {
    /** After the failure; what is not known by then is left out. */
    private static final Duration NORMAL = Duration.ofMillis(1_500);
    private static final Duration DEEP = Duration.ofMillis(2_500);
    /** A refusal takes one round trip; one that takes longer than this is not worth waiting for. */
    private static final Duration REPEAT = Duration.ofMillis(500);
    /** SYNs whose fate is compared with the counters. */
    private static final int CONFIRMING = 7;
    /**
     * The same for answers: two of these turns, drawn. Answers that were dropped are sent again by the far kernel, all
     * at once, 1, 3 and 7 s later ({@code tcp_synack_retries}), and what an earlier probe caused must not look like what
     * this one causes.
     */
    private static final List<Integer> TURNS = List.of(2, 3, 4);
    /** Who is within one hop answers in a few milliseconds. */
    private static final Duration ONE_HOP = Duration.ofMillis(250);
    /** What most hosts and routers begin with (net/ipv4: IPDEFTTL): after a router it is less. */
    private static final int COMMON_TTL = 64;
    /** A name with more dead addresses than these is looked at through the first. */
    private static final int ADDRESSES = 2;
    /** What answers fast, and what a repeat can trace to its sender. */
    private static final Set<FailureName> FAST = Set.of(FailureName.REFUSED, FailureName.RESET,
            FailureName.HOST_UNREACHABLE, FailureName.NETWORK_UNREACHABLE,
            FailureName.PERMISSION_DENIED, FailureName.INVALID_ROUTE);

    private final Scheme scheme;
    private final Settings settings;
    private final List<WatchedSocket> failed;
    private final List<Attempt> attempts;
    private final IntSupplier others;
    private final Routes routes = new Routes();
    private final List<Observation> found = new ArrayList<>();
    /** Who refused when asked again, and after how long. */
    private final Map<InetSocketAddress, Duration> refusals = new LinkedHashMap<>();

    /**
     * Of failed attempts.
     *
     * @param others how many attempts and looks of this program are under way that move the same counters
     */
    Investigation(Scheme scheme, Settings settings, List<WatchedSocket> failed,
            List<Attempt> attempts, IntSupplier others) {
        this.others = others;
        this.scheme = scheme;
        this.settings = settings;
        this.failed = latest(failed);
        this.attempts = attempts;
    }

    /** Of several rounds the last: one failure for each kind of attempt and address. */
    private static List<WatchedSocket> latest(List<WatchedSocket> failed) {
        List<WatchedSocket> last = new ArrayList<>();
        for (WatchedSocket one : failed.reversed()) {
            if (last.stream()
                    .noneMatch(other -> other.via() == one.via()
                            && other.remote().equals(one.remote()))) {
                last.addFirst(one);
            }
        }
        return last;
    }

    /** All that is to be learned within the budget. */
    List<Observation> run(Duration budget, Function<Routes, Comparison> comparison) {
        long begun = System.nanoTime();
        failed.forEach(one -> found.addAll(one.seen()));
        if (settings.evidence().includes(EvidenceLevel.NORMAL)) {
            long end = begun + shorter(budget, NORMAL).toNanos();
            // What is told by counters comes first: the comparisons move them too.
            repeat(end);
            resend(end);
            undelivered(end);
            Comparison running = comparison.apply(routes);
            afresh(end);
            nearby(end);
            oneHop(end);
            aftermath(end);
            found.addAll(running.results(end));
        } else {
            aftermath(begun);
        }
        remotes()
                .forEach(remote -> Surroundings.passive(remote, routes, begun).forEach(found::add));
        limits();
        if (settings.evidence().includes(EvidenceLevel.DEEP)) {
            Duration left = shorter(
                    budget.minusNanos(System.nanoTime() - begun), DEEP);
            remotes().stream()
                    .limit(1)
                    .forEach(remote -> found.addAll(DeepLook.at(remote, attempts, found, left)));
            transmit(left);
        }
        return found;
    }

    private static Duration shorter(Duration one, Duration other) {
        Duration shorter = one.compareTo(other) < 0 ? one : other;
        return shorter.isNegative() ? Duration.ZERO : shorter;
    }

    /** The addresses that failed, those that can still be reached some way last. */
    private List<InetSocketAddress> remotes() {
        return failed.stream().map(WatchedSocket::remote).distinct().limit(ADDRESSES).toList();
    }

    /** Asks once more where the answer was fast, with the counters watched and the error queue open. */
    private void repeat(long end) {
        List<InetSocketAddress> fast = failed.stream()
                .filter(one -> one.failure().filter(Investigation::isFast).isPresent())
                .map(WatchedSocket::remote)
                .distinct()
                .limit(ADDRESSES)
                .toList();
        Connector connector = Connector.system();
        for (InetSocketAddress remote : fast) {
            Duration limit = shorter(Duration.ofNanos(end - System.nanoTime()), REPEAT);
            if (!limit.isZero()) {
                repeat(connector, remote, limit);
            }
        }
    }

    /** Where a connection that had been kept failed, whether a fresh one stands: then it is that one which is at its end. */
    private void afresh(long end) {
        List<InetSocketAddress> kept = failed.stream()
                .filter(one -> attempts.stream().anyMatch(attempt -> isKept(attempt, one)))
                .map(WatchedSocket::remote)
                .distinct()
                .limit(ADDRESSES)
                .toList();
        Duration limit = shorter(Duration.ofNanos(end - System.nanoTime()), REPEAT);
        if (kept.isEmpty() || limit.isZero()) {
            return;
        }
        List<ConnectPlan> plans = kept.stream().map(ConnectPlan::to).toList();
        List<ConnectResult> results = Connector.system().connect(plans, limit);
        for (int i = 0; i < results.size(); i++) {
            found.add(new ControlResult(Control.REPEAT,
                    ControlPlan.of(Control.REPEAT, kept.get(i)).name(), results.get(i).outcome(),
                    results.get(i).duration()));
        }
    }

    private static boolean isKept(Attempt attempt, WatchedSocket one) {
        return !attempt.succeeded() && attempt.conversation().isKept()
                && attempt.via() == one.via()
                && Integer.valueOf(one.remote().getPort()).equals(attempt.port());
    }

    /** What took longer than a repeat is waited for would take as long again: a router's or our own ARP, for 3 s. */
    private static boolean isFast(Failure failure) {
        return failure.phase() == Phase.CONNECT && FAST.contains(failure.name())
                && failure.elapsed().compareTo(REPEAT) < 0;
    }

    private void repeat(Connector connector, InetSocketAddress remote, Duration limit) {
        int before = others.getAsInt();
        CounterWatch counters = CounterWatch.begin(remote.getAddress(), before);
        ConnectResult result = connector.connect(List.of(ConnectPlan.to(remote)), limit)
                .getFirst();
        Optional<CounterChanges> changes = counters.changes(1,
                Math.max(before, others.getAsInt()));
        changes.ifPresent(found::add);
        if (changes.map(CounterChanges::outNotTransmitted).filter(lost -> lost == 1).isPresent()) {
            confirm(connector, remote, CONFIRMING, limit);
        }
        found.add(new ControlResult(Control.REPEAT,
                ControlPlan.of(Control.REPEAT, remote).name(), result.outcome(),
                result.duration()));
        if (result.outcome() == Outcome.REFUSED && result.icmp() == null) {
            refusals.put(remote, result.duration());
        }
        if (result.icmp() != null) {
            found.add(Aftermath.icmpAnswer(remote, result.icmp(), result.duration()));
        }
    }

    /**
     * Whether a refusal by a host behind the gateway comes from no farther than that: with the TTL that its sender gave
     * it. Asked twice, as one may get lost; where it does, all TTLs are measured, as a network that translates addresses
     * in a program (a container's, a virtual machine's) answers everything itself.
     */
    private void nearby(long end) {
        refusals.forEach((remote, roundTrip) -> {
            if (Linux.hasNativeAccess() && System.nanoTime() < end && routes.passGateway(remote)
                    && isHeardFromNearby(remote, roundTrip)) {
                found.addAll(new ResetOrigin(Connector.system()).measure(List.of(remote,
                        Controls.otherPorts(remote).getFirst().remote()), roundTrip));
            }
        });
    }

    private static boolean isHeardFromNearby(InetSocketAddress remote, Duration roundTrip) {
        return Connector.system()
                .connect(Collections.nCopies(2, new ConnectPlan(remote, 0, COMMON_TTL)),
                        Durations.times(roundTrip, 2).plus(ResetOrigin.MARGIN))
                .stream()
                .anyMatch(one -> one.outcome() == Outcome.REFUSED && one.icmp() == null);
    }

    /** One packet may have been anybody's; one for each of several is ours. */
    private Optional<CounterChanges> confirm(Connector connector, InetSocketAddress remote,
            int syns, Duration limit) {
        int before = others.getAsInt();
        CounterWatch counters = CounterWatch.begin(remote.getAddress(), before);
        connector.connect(Collections.nCopies(syns, ConnectPlan.to(remote)), limit,
                () -> isEachGone(counters, syns));
        Optional<CounterChanges> changes = counters.changes(syns,
                Math.max(before, others.getAsInt()));
        changes.ifPresent(found::add);
        return changes;
    }

    /** Whether it is this machine that resets a request. */
    private void resend(long end) {
        withEmptyLines(Set.of(FailureName.RESET), (one, bytes) -> new ResendProbe(one.remote(),
                bytes, Math.min(end, System.nanoTime() + REPEAT.toNanos())).ask());
    }

    /** When a request leaves this machine that got no answer. */
    private void transmit(Duration left) {
        withEmptyLines(Set.of(FailureName.TIMED_OUT, FailureName.RESET),
                (one, bytes) -> TransmitProbe.ask(one.via(), one.remote(), bytes, left));
    }

    /**
     * What comes of as many bytes that mean nothing, where a request got no answer; plain HTTP has such bytes.
     *
     * @param ends how the request ended
     */
    private void withEmptyLines(Set<FailureName> ends,
            BiFunction<WatchedSocket, Long, Optional<? extends Observation>> probe) {
        if (scheme != Scheme.HTTP || settings.proxy() != null || !Linux.hasNativeAccess()) {
            return;
        }
        attempts.stream()
                .filter(attempt -> isUnanswered(attempt, ends))
                .findFirst()
                .flatMap(attempt -> failed.stream()
                        .filter(one -> one.via() == attempt.via())
                        .findFirst()
                        .flatMap(one -> probe.apply(one, attempt.bytes().sent())))
                .ifPresent(found::add);
    }

    private static boolean isUnanswered(Attempt attempt, Set<FailureName> ends) {
        Failure failure = attempt.failure();
        return failure != null && failure.phase() != Phase.CONNECT && attempt.bytes().sent() > 0
                && attempt.bytes().received() == 0 && ends.contains(failure.name());
    }

    /** Packets came that reached no program while a handshake was pending: whether they are its answers. */
    private void undelivered(long end) {
        failed.stream()
                .filter(WatchedSocket::failedConnecting)
                .filter(one -> one.seen()
                        .stream()
                        .anyMatch(seen -> seen instanceof CounterChanges changes
                                && changes.inNotDelivered() > 0))
                .findFirst()
                .ifPresent(one -> answers(Connector.system(), one.remote(), end));
    }

    private void answers(Connector connector, InetSocketAddress remote, long end) {
        List<Integer> turns = new ArrayList<>(TURNS);
        Collections.shuffle(turns);
        Duration turn = shorter(Duration.ofNanos((end - System.nanoTime()) / 2), ONE_HOP);
        confirm(connector, remote, turns.getFirst(), turn)
                .filter(seen -> seen.inNotDelivered() == seen.synsSent())
                .ifPresent(seen -> confirm(connector, remote, turns.getLast(), turn));
    }

    /** Whether as many packets as were sent, or answers to them, got lost within this machine already. */
    private static boolean isEachGone(CounterWatch counters, int syns) {
        return counters.changes(syns, 0)
                .filter(seen -> seen.inNotDelivered() >= syns
                        || seen.outNotTransmitted() != null && seen.outNotTransmitted() >= syns)
                .isPresent();
    }

    /** Whether the far end was silent, closed or did not read, whoever it is. */
    private static boolean isTheFarEndsDoing(WatchedSocket one) {
        Failure failure = one.failure().orElse(null);
        return failure != null && failure.phase() != Phase.CONNECT
                && (failure.name() == FailureName.CLOSED || failure.name() == FailureName.TRUNCATED
                        || failure.phase() == Phase.REQUEST
                                && failure.name() == FailureName.TIMED_OUT
                        || one.seen().stream().anyMatch(SequenceCheck.class::isInstance));
    }

    /** Whether it is the far host at all that took the connection; the gateway answers this in its own name. */
    private void oneHop(long end) {
        List<InetSocketAddress> silent = failed.stream()
                .filter(Investigation::isTheFarEndsDoing)
                .map(WatchedSocket::remote)
                .filter(routes::passGateway)
                .distinct()
                .limit(ADDRESSES)
                .toList();
        Duration limit = shorter(Duration.ofNanos(end - System.nanoTime()), ONE_HOP);
        Connector.system()
                .connect(silent.stream().map(remote -> new ConnectPlan(remote, 1, 0)).toList(),
                        limit)
                .forEach(result -> found.add(new ControlResult(Control.ONE_HOP,
                        ControlPlan.of(Control.ONE_HOP, result.plan().remote()).name(),
                        result.outcome(), result.duration())));
    }

    /** What goes on on the connections that were kept. */
    private void aftermath(long end) {
        if (!Linux.hasNativeAccess()) {
            return;
        }
        Aftermath aftermath = new Aftermath(end, routes);
        for (WatchedSocket one : failed) {
            Failure failure = one.failure().orElse(null);
            if (failure == null || failure.name() != FailureName.TIMED_OUT) {
                continue;
            }
            if (one.failedConnecting()) {
                if (one.kept() != null || settings.evidence().includes(EvidenceLevel.NORMAL)) {
                    found.addAll(aftermath.lateConnect(one));
                }
            } else {
                aftermath.liveness(one).ifPresent(found::add);
                one.whileAnswerIsLost(end).ifPresent(found::add);
            }
        }
    }

    private void limits() {
        boolean exhausted = attempts.stream()
                .map(Attempt::failure)
                .anyMatch(
                        failure -> failure != null
                                && (failure.name() == FailureName.TOO_MANY_OPEN_FILES
                                        || failure.name() == FailureName.ADDRESS_UNAVAILABLE));
        if (exhausted) {
            found.add(new LimitsReader(Proc.system()).read());
        }
    }
}
