package probe.evidence;

import java.util.Optional;
import probe.attempt.Via;

/**
 * Whether the far end has written more than has come: told by the sequence number of its acknowledgement. After a
 * request had waited in vain, something was sent behind it that its protocol allows and no program acts on: an empty line
 * (RFC 9112 §2.2), or the alert with which TLS ends (RFC 8446 §6.1).
 * This kernel takes an acknowledgement with the expected sequence number the fast way, counted as TCPHPAcks, and any
 * other the slow way, counted as TCPPureAcks (net/ipv4/tcp_input.c, tcp_rcv_established and tcp_ack): 20 of 20 on veth,
 * with silent, stopped and half-answered servers, and with an answer that a filter kept out.
 *
 * @param via which attempt
 * @param address the address connected to, a literal
 * @param port the port connected to
 * @param written what the far end has written beyond what came
 */
public record SequenceCheck(Via via, String address, int port, Written written)
        implements Observation {

    /** What lies beyond what came. */
    public enum Written {
        /** Nothing: what came is all that the far program has said. */
        NOTHING("nothing"),
        /** Something: it is lost, or still on its way. */
        SOMETHING("something");

        private final String id;

        Written(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The value with this {@link #id()}. */
        public static Optional<Written> byId(String id) {
            for (Written written : values()) {
                if (written.id.equals(id)) {
                    return Optional.of(written);
                }
            }
            return Optional.empty();
        }
    }
}
