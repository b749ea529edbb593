package probe.evidence.collect;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import probe.evidence.IcmpMessage;
import probe.evidence.PathTrace;
import probe.evidence.PathTrace.Answer;
import probe.evidence.PathTrace.Hop;
import probe.evidence.linux.Linux;
import probe.target.AddressText;

/**
 * Finds the way to a port with ordinary connects that may only go so far: {@code IP_TTL} counts up, and the routers'
 * answers are read from the error queue. Unlike {@code traceroute -T} it needs no privileges (section 1.2 of the
 * experiments: 5 of 5 runs alike, and a drop at the first hop is told from one at the last).
 *
 * <p>Costs one SYN for each hop, all at once, and one round trip, or the whole wait if a hop is silent. Needs Linux
 * 5.10 or later and the system calls; elsewhere nothing is traced.
 */
public final class PathTracer {
    /** Long enough for any path, short enough that no SYN is sent twice (the first repeats after 1 s). */
    public static final Duration WAIT = Duration.ofMillis(900);
    /** Few paths are longer, and twice this many packets stay below the bound of a deep look. */
    public static final int MAX_HOPS = 20;

    /** Nobody listens on tcpmux, and it does not matter. */
    private static final int UNUSED_PORT = 1;
    private static final Duration LINKING = Duration.ofMillis(300);

    private final Connector connector;

    /** A tracer of this machine. */
    public PathTracer() {
        this(Connector.system());
    }

    PathTracer(Connector connector) {
        this.connector = connector;
    }

    /** Whether this machine can trace at all. */
    public static boolean isAvailable() {
        return Linux.hasNativeAccess();
    }

    /**
     * The way to one port.
     *
     * @param remote where to
     * @param maxHops how far to look, 1 to 255; one packet each
     * @param wait how long to wait for the silent ones
     */
    public PathTrace trace(InetSocketAddress remote, int maxHops, Duration wait) {
        return traceAll(List.of(remote), maxHops, wait).getFirst();
    }

    /**
     * The way to one port, and behind it in the list that to another port of the host where there is something to learn
     * from one; looked for at once.
     *
     * @param remote where to
     * @param maxHops how far to look, 1 to 255; two packets each
     * @param wait how long to wait for the silent ones
     */
    public List<PathTrace> traceBeside(InetSocketAddress remote, int maxHops, Duration wait) {
        // The first calls of a process are linked while a clock runs: 130 ms, which are nobody's on the way.
        connector.connect(List.of(new ConnectPlan(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), UNUSED_PORT), 1, 0)),
                LINKING);
        List<InetSocketAddress> remotes = new ArrayList<>(List.of(remote));
        Controls.otherPorts(remote)
                .stream()
                .limit(1)
                .map(ControlPlan::remote)
                .forEach(remotes::add);
        return traceAll(remotes, maxHops, wait);
    }

    /** The ways to several ports, looked for at once. */
    List<PathTrace> traceAll(List<InetSocketAddress> remotes, int maxHops, Duration wait) {
        List<ConnectPlan> plans = remotes.stream()
                .flatMap(remote -> IntStream
                        .rangeClosed(1, maxHops)
                        .mapToObj(ttl -> new ConnectPlan(remote, ttl, 0)))
                .toList();
        List<ConnectResult> results = connector.connect(plans, wait);
        List<PathTrace> traces = new ArrayList<>();
        for (int i = 0; i < remotes.size(); i++) {
            traces.add(trace(remotes.get(i), results.subList(i * maxHops, (i + 1) * maxHops)));
        }
        return traces;
    }

    private static PathTrace trace(InetSocketAddress remote, List<ConnectResult> results) {
        String address = AddressText.of(remote.getAddress());
        List<Hop> hops = new ArrayList<>();
        for (ConnectResult result : results) {
            Answer answer = answer(result);
            hops.add(new Hop(result.plan().ttl(), answer, from(address, result, answer),
                    result.duration()));
            if (answer.isFinal()) {
                break;
            }
        }
        while (!hops.isEmpty() && hops.getLast().answer() == Answer.SILENT && hops.size() > 1
                && hops.get(hops.size() - 2).answer() == Answer.SILENT) {
            // Silence beyond silence tells nothing more; one such hop is kept to show where it begins.
            hops.removeLast();
        }
        return new PathTrace(address, remote.getPort(), List.copyOf(hops));
    }

    private static Answer answer(ConnectResult result) {
        IcmpMessage icmp = result.icmp();
        if (icmp != null) {
            return icmp.meaning() == IcmpMessage.Meaning.TTL_EXCEEDED ? Answer.ROUTER
                    : Answer.UNREACHABLE;
        }
        return switch (result.outcome()) {
            case CONNECTED -> Answer.CONNECTED;
            case REFUSED -> Answer.RESET;
            case TIMED_OUT, UNREACHABLE, FAILED -> Answer.SILENT;
        };
    }

    private static @Nullable String from(String address, ConnectResult result, Answer answer) {
        if (result.icmp() != null) {
            return result.icmp().sender();
        }
        return answer == Answer.SILENT ? null : address;
    }
}
