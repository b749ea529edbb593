package probe.evidence;

import java.util.Optional;

/**
 * What waits on one TCP socket, as {@code sock_diag} or a row of {@code /proc/self/net/tcp} shows it.
 *
 * @param timer the timer that runs
 * @param timerCount how often it has fired in vain: retransmissions for {@link Timer#RETRANSMIT}, unanswered probes
 *     for {@link Timer#PROBE} and {@link Timer#KEEPALIVE}
 * @param receiveQueue bytes that came and were not read yet; of a listener, connections that wait for accept
 * @param sendQueue bytes written and not acknowledged yet; of a listener, the size of its accept queue
 */
public record SocketQueues(Timer timer, int timerCount, long receiveQueue, long sendQueue) {

    /** What the kernel waits for, numbered as in {@code /proc/net/tcp} ({@code net/ipv4/tcp_ipv4.c}). */
    public enum Timer {
        /** None runs. */
        NONE(0, "none"),
        /** An acknowledgement is owed: the segment will be sent again. */
        RETRANSMIT(1, "retransmit"),
        /** Keepalive. */
        KEEPALIVE(2, "keepalive"),
        /** TIME-WAIT. */
        TIME_WAIT(3, "time-wait"),
        /**
         * Something is queued that cannot be sent. Not only a peer's zero window: five purely local faults look
         * the same (section 2 of the experiments).
         */
        PROBE(4, "probe"),
        /** A timer that this program does not know. */
        OTHER(-1, "other");

        private final int number;
        private final String id;

        Timer(int number, String id) {
            this.number = number;
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The timer with this {@link #id()}. */
        public static Optional<Timer> byId(String id) {
            for (Timer timer : values()) {
                if (timer.id.equals(id)) {
                    return Optional.of(timer);
                }
            }
            return Optional.empty();
        }

        /** The timer with the kernel's number. */
        public static Timer byNumber(int number) {
            for (Timer timer : values()) {
                if (timer.number == number) {
                    return timer;
                }
            }
            return OTHER;
        }
    }
}
