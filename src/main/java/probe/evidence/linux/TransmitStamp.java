package probe.evidence.linux;

import java.time.Instant;
import java.util.Optional;

/**
 * When a write came to a point on its way, by the kernel's clock (Documentation/networking/timestamping.rst).
 *
 * @param stage the point
 * @param at when
 */
public record TransmitStamp(Stage stage, Instant at) {
    /** A point on the way of a packet, by the numbers of {@code SCM_TSTAMP_*} in include/uapi/linux/errqueue.h. */
    public enum Stage {
        /** The network driver has it; not every driver of a virtual device says so. */
        SENT(0),
        /** IP and the packet filter have passed it on to the queue of a device. */
        QUEUED(1),
        /** The peer's kernel has acknowledged its last byte. */
        ACKNOWLEDGED(2);

        private final int number;

        Stage(int number) {
            this.number = number;
        }

        static Optional<Stage> of(int number) {
            for (Stage stage : values()) {
                if (stage.number == number) {
                    return Optional.of(stage);
                }
            }
            return Optional.empty();
        }
    }
}
