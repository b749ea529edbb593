package probe.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who answers a connection attempt that may only go so far: one SYN for each hop, the TTL counting up (section 1.2 of
 * the experiments).
 *
 * @param address the address traced to, a literal
 * @param port the port traced to
 * @param hops in the order of their distance, up to the first that is the host itself or else to the last tried
 */
public record PathTrace(String address, int port, List<Hop> hops) implements Observation {

    /** The distance of the hop at which the host itself answered; empty where it did not. */
    public Optional<Hop> host() {
        return hops.stream().filter(hop -> hop.answer().isFinal()).findFirst();
    }

    /** The farthest router that answered; empty where none did. */
    public Optional<Hop> lastRouter() {
        return hops.stream().filter(hop -> hop.answer() == Answer.ROUTER).reduce((a, b) -> b);
    }

    /**
     * One step of the way.
     *
     * @param ttl how many hops the packet was allowed
     * @param answer what came back
     * @param from the address it came from, a literal; null for silence
     * @param after how long after the SYN
     */
    public record Hop(int ttl, Answer answer, @Nullable String from, Duration after) {}

    /** What one hop says. */
    public enum Answer {
        /** The TTL ran out at a router. */
        ROUTER("router"),
        /** The handshake was done. */
        CONNECTED("connected"),
        /** A reset: refused. */
        RESET("reset"),
        /** An ICMP error that says that the packet goes no farther. */
        UNREACHABLE("unreachable"),
        /** Nothing. */
        SILENT("silent");

        private final String id;

        Answer(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** Whether the way ends here. */
        public boolean isFinal() {
            return this == CONNECTED || this == RESET || this == UNREACHABLE;
        }

        /** The answer with this {@link #id()}. */
        public static Optional<Answer> byId(String id) {
            for (Answer answer : values()) {
                if (answer.id.equals(id)) {
                    return Optional.of(answer);
                }
            }
            return Optional.empty();
        }
    }
}
