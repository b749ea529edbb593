package probe.evidence;

import java.time.Duration;
import java.util.Optional;
import probe.attempt.Via;

/**
 * Whether the kernel at the other end of an established connection still answers, asked on that connection after the
 * attempt had failed: with a keepalive probe, and with the FIN that closing it sends anyway (section 2.1 of the
 * experiments; 23 to 32 ms on a round trip of 20 ms). With a proxy or a load balancer between, the other end is that.
 *
 * @param via which attempt
 * @param address the address connected to, a literal
 * @param port the port connected to
 * @param answer what came back
 * @param after how long after the question it came, or was given up
 */
public record LivenessCheck(Via via, String address, int port, Answer answer, Duration after)
        implements Observation {

    /** What a question on an idle connection brings. */
    public enum Answer {
        /** An acknowledgement: the host is up, and the path works both ways. */
        ACKNOWLEDGED("acknowledged"),
        /** Payload: the answer came after all, too late. */
        DATA("data"),
        /** A reset: somebody is there and does not know this connection. */
        RESET("reset"),
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
