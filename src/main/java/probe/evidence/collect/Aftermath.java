package probe.evidence.collect;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import probe.evidence.ControlResult.Outcome;
import probe.evidence.IcmpAnswer;
import probe.evidence.IcmpMessage;
import probe.evidence.LateConnect;
import probe.evidence.LivenessCheck;
import probe.evidence.LivenessCheck.Answer;
import probe.evidence.NextHop;
import probe.evidence.Observation;
import probe.evidence.RouteFacts;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;
import probe.evidence.linux.ErrnoException;
import probe.evidence.linux.NativeSocket;
import probe.target.AddressText;

/**
 * What still happens to a connection after its attempt was given up, on the duplicate that was kept: the handshake is
 * done late, an ICMP error comes, the other end acknowledges the FIN.
 *
 * <p>Costs nothing but waiting: 0.3 s after the failure, or four round trips; for a handshake until its second SYN may have
 * been answered, and until 3.3 s after the first where the next hop has yet to answer ARP. Never beyond the given end.
 * Needs the system calls.
 */
final class Aftermath {
    /**
     * When a handshake has told all it will: the kernel reports a neighbour that does not answer, here or at the last
     * router, 3.05 to 3.10 s after the first SYN (section 1.5 of the experiments).
     */
    private static final Duration TELLING = Duration.ofMillis(3_300);
    /** When the second SYN, sent after 1.02 s, may have been answered. */
    private static final Duration SECOND_SYN = Duration.ofMillis(1_150);
    /** A FIN, and one retransmission of it at the shortest timeout of 200 ms. */
    private static final Duration PATIENCE = Duration.ofMillis(300);
    /** How long after the failure a handshake is waited for that may be answered any moment. */
    private static final Duration LATE = Duration.ofMillis(250);
    private static final long STEP_NANOS = Duration.ofMillis(3).toNanos();

    private final long end;
    private final Routes routes;

    /** Looks until {@code end} by {@link System#nanoTime}. */
    Aftermath(long end, Routes routes) {
        this.end = end;
        this.routes = routes;
    }

    /** How a handshake that ran into our connect timeout goes on. */
    List<Observation> lateConnect(WatchedSocket attempt) {
        NativeSocket kept = attempt.kept();
        if (kept != null) {
            long until = isNextHopSilent(attempt.remote()) ? attempt.begun() + TELLING.toNanos()
                    : Math.max(attempt.begun() + SECOND_SYN.toNanos(),
                            attempt.failedAt() + LATE.toNanos());
            return await(attempt.remote(), kept, attempt.begun(), until);
        }
        // The timeout was over before a duplicate was made; another handshake stands in for it.
        try (NativeSocket shadow = NativeSocket.open(attempt.remote().getAddress())) {
            shadow.queueIcmpErrors(attempt.remote().getAddress(), true);
            long begun = System.nanoTime();
            int errno = shadow.connect(attempt.remote());
            return errno == NativeSocket.IN_PROGRESS
                    ? await(attempt.remote(), shadow, begun, begun + LATE.toNanos())
                    : ended(attempt.remote(), shadow, begun, errno);
        } catch (ErrnoException none) {
            return List.of();
        }
    }

    /** Whether the kernel is still asking for the hardware address of the next hop, which it gives up after 3 s. */
    private boolean isNextHopSilent(InetSocketAddress remote) {
        return routes.to(remote.getAddress())
                .flatMap(Surroundings::nextHop)
                .filter(hop -> hop.state() == NextHop.State.INCOMPLETE)
                .isPresent();
    }

    private List<Observation> await(InetSocketAddress remote, NativeSocket socket, long begun,
            long latest) {
        // Java has let go of it, so errors cannot become fatal for anybody.
        socket.queueIcmpErrors(remote.getAddress(), true);
        long until = Math.min(end, latest);
        long left = Math.max(0, (until - System.nanoTime()) / 1_000_000);
        boolean over = NativeSocket.awaitConnects(List.of(socket), (int) left)[0];
        if (over) {
            return ended(remote, socket, begun, socket.takeError());
        }
        return List.of(new LateConnect(literal(remote), remote.getPort(), Outcome.TIMED_OUT, 0,
                since(begun)));
    }

    private List<Observation> ended(InetSocketAddress remote, NativeSocket socket, long begun,
            int errno) {
        List<Observation> found = new ArrayList<>();
        found.add(new LateConnect(literal(remote), remote.getPort(), ConnectResult.outcome(errno),
                errno, since(begun)));
        IcmpMessage icmp = socket.nextIcmpError();
        if (icmp != null) {
            found.add(icmpAnswer(remote, icmp, since(begun)));
        }
        return found;
    }

    /** An ICMP error, and where its sender stands. */
    static IcmpAnswer icmpAnswer(InetSocketAddress remote, IcmpMessage icmp, Duration after) {
        @Nullable
        String gateway = Surroundings.route(remote.getAddress())
                .map(RouteFacts::gateway)
                .orElse(null);
        return new IcmpAnswer(literal(remote), remote.getPort(), icmp,
                Surroundings.place(icmp.sender(), remote.getAddress(), gateway), after);
    }

    /** Whether the other end of an established connection has given a sign of life since the failure. */
    Optional<LivenessCheck> liveness(WatchedSocket attempt) {
        NativeSocket kept = attempt.kept();
        TcpInfo before = attempt.atFailure();
        if (kept == null || before == null) {
            return Optional.empty();
        }
        long patience = Math.max(PATIENCE.toNanos(), 4_000L * before.rttUs());
        long until = Math.min(end, attempt.failedAt() + patience);
        Answer answer = answer(before, kept.tcpInfo());
        while (answer == Answer.SILENT && System.nanoTime() < until) {
            LockSupport.parkNanos(STEP_NANOS);
            answer = answer(before, kept.tcpInfo());
        }
        return Optional.of(new LivenessCheck(attempt.via(), literal(attempt.remote()),
                attempt.remote().getPort(), answer, since(attempt.failedAt())));
    }

    /**
     * What has come between two looks. Our FIN is out by then, and the peer's own in answer to it takes a place in the
     * sequence and is counted as a byte received (net/ipv4/tcp_input.c, tcp_fin): it is no answer to the request.
     */
    static Answer answer(TcpInfo before, @Nullable TcpInfo now) {
        if (now == null) {
            return Answer.SILENT;
        }
        boolean finished = switch (now.state()) {
            case ESTABLISHED, SYN_SENT, SYN_RECEIVED, NEW_SYN_RECEIVED, LISTEN, FIN_WAIT_1,
                    FIN_WAIT_2 -> false;
            case TIME_WAIT, CLOSED, CLOSE_WAIT, LAST_ACK, CLOSING -> grew(before.bytesReceived(),
                    now.bytesReceived());
        };
        if (received(before, now) > (finished ? 1 : 0)) {
            return Answer.DATA;
        }
        if (finished) {
            return Answer.ACKNOWLEDGED;
        }
        if (now.state() == TcpState.CLOSED && before.state() != TcpState.CLOSED) {
            return Answer.RESET;
        }
        return grew(before.segmentsIn(), now.segmentsIn()) ? Answer.ACKNOWLEDGED : Answer.SILENT;
    }

    private static long received(TcpInfo before, TcpInfo now) {
        return before.bytesReceived() == null || now.bytesReceived() == null ? 0
                : now.bytesReceived() - before.bytesReceived();
    }

    private static boolean grew(@Nullable Long before, @Nullable Long now) {
        return before != null && now != null && now > before;
    }

    private static String literal(InetSocketAddress remote) {
        return AddressText.of(remote.getAddress());
    }

    private static Duration since(long instant) {
        return Duration.ofNanos(System.nanoTime() - instant);
    }
}
