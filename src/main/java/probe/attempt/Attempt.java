package probe.attempt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.profile.Setting;
import probe.profile.TimeoutName;

/**
 * Everything that was seen of one attempt: one address, one connection, no hidden retry, no hidden redirect.
 *
 * @param via what made it
 * @param address the address literal connected to (the proxy's if there is one); null when no address was known
 * @param port the port connected to
 * @param localPort the port connected from, or null where it was not learned
 * @param timeouts the limits that were in force, in the order of {@link TimeoutName}
 * @param phases every phase gone through, in order; a failed one is the last
 * @param bytes payload bytes each way
 * @param conversation how far the talk had come
 * @param failure what ended it, or null when it did what it was for
 * @param received the first bytes of what came last, when it was not what had to come; else null
 * @param tls of the handshake, if there was one
 * @param http of the request, if there was one
 * @param exchange of the script, if there was one
 * @param proxy of the proxy, if there was one
 */
public record Attempt(Via via, @Nullable String address, int port, @Nullable Integer localPort,
        Map<TimeoutName, Setting<Duration>> timeouts, List<PhaseTiming> phases, Bytes bytes,
        Conversation conversation, @Nullable Failure failure, @Nullable Excerpt received,
        @Nullable TlsFacts tls,
        @Nullable HttpFacts http, @Nullable ExchangeFacts exchange, @Nullable ProxyFacts proxy) {

    /** This attempt with other facts of its request. */
    public Attempt withHttp(HttpFacts other) {
        return new Attempt(via, address, port, localPort, timeouts, phases, bytes, conversation,
                failure, received, tls, other, exchange, proxy);
    }

    /** This attempt, had its last phase not done what it is for. */
    public Attempt failing(FailureName name) {
        PhaseTiming last = phases.getLast();
        List<PhaseTiming> failed = new ArrayList<>(phases);
        failed.set(phases.size() - 1, new PhaseTiming(last.phase(), last.start(), last.duration(),
                PhaseOutcome.FAILED));
        Failure why = new Failure(name, last.phase(), last.duration(), null, null, null);
        return new Attempt(via, address, port, localPort, timeouts, List.copyOf(failed), bytes,
                conversation, why, received, tls, http, exchange, proxy);
    }

    /** Whether it did what it was for. */
    public boolean succeeded() {
        return failure == null;
    }

    /**
     * The timing of a phase, if it was gone through; the last one, where there are two: a script goes on after
     * STARTTLS, and with a SOCKS proxy the proxy's name and the target's can both be looked up.
     */
    public Optional<PhaseTiming> timing(Phase phase) {
        return phases.reversed().stream().filter(timing -> timing.phase() == phase).findFirst();
    }

    /** Whether a phase was gone through and did what it is for, the last time. */
    public boolean reached(Phase phase) {
        return timing(phase).filter(timing -> timing.outcome() == PhaseOutcome.OK).isPresent();
    }
}
