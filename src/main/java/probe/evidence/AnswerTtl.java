package probe.evidence;

import java.util.Optional;

/**
 * The TTL (hop limit) with which a port's answer arrives, measured with {@code IP_MINTTL} (RFC 5082): sockets that
 * want more than the packet has never see it (section 1.3 of the experiments). Two answers of one host with different
 * TTLs do not come from one machine; equal ones prove little.
 *
 * @param address the address asked, a literal
 * @param port the port asked
 * @param answer what answered
 * @param ttl with how many hops left it arrived, 1 to 255
 */
public record AnswerTtl(String address, int port, Answer answer, int ttl) implements Observation {

    /** The packet that answers a SYN. */
    public enum Answer {
        /** The handshake goes on. */
        SYN_ACK("syn-ack"),
        /** Refused. */
        RESET("reset");

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
