package probe.evidence;

import java.time.Duration;
import java.util.Optional;

/**
 * A second small probe whose result separates two explanations.
 *
 * @param control what it compares
 * @param target where it went, {@code host:port}
 * @param outcome how it ended
 * @param duration how long it took
 */
public record ControlResult(Control control, String target, Outcome outcome, Duration duration)
        implements Observation {

    /** What a control compares the failed attempt with. */
    public enum Control {
        /** Another port of the same address: does the host answer at all? */
        SAME_HOST_OTHER_PORT("same-host-other-port"),
        /** Another address of the same name. */
        OTHER_ADDRESS("other-address"),
        /** The same name in the other address family. */
        OTHER_FAMILY("other-family"),
        /** The next hop towards the target. */
        GATEWAY("gateway"),
        /** A known-good place that the user named with {@code --control}. */
        KNOWN_GOOD("known-good"),
        /** The proxy alone. */
        PROXY_ALONE("proxy-alone"),
        /** The target without the proxy. */
        TARGET_DIRECT("target-direct"),
        /**
         * The same address and port with packets that go one hop and no further: who answers stands on this machine or
         * at its edge, a sidecar or a transparent proxy (section 6, 13 of the experiments).
         */
        ONE_HOP("one-hop"),
        /** The same attempt once more, to learn who answered. */
        REPEAT("repeat");

        private final String id;

        Control(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The control with this {@link #id()}. */
        public static Optional<Control> byId(String id) {
            for (Control control : values()) {
                if (control.id.equals(id)) {
                    return Optional.of(control);
                }
            }
            return Optional.empty();
        }
    }

    /** How a control ended. */
    public enum Outcome {
        /** A connection was made. */
        CONNECTED("connected"),
        /** Refused: somebody answered. */
        REFUSED("refused"),
        /** Silence. */
        TIMED_OUT("timed-out"),
        /** No route, or an ICMP error. */
        UNREACHABLE("unreachable"),
        /** Anything else; it proves nothing. */
        FAILED("failed");

        private final String id;

        Outcome(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** Whether a packet came back from there. */
        public boolean answered() {
            return this == CONNECTED || this == REFUSED;
        }

        /** The outcome with this {@link #id()}. */
        public static Optional<Outcome> byId(String id) {
            for (Outcome outcome : values()) {
                if (outcome.id.equals(id)) {
                    return Optional.of(outcome);
                }
            }
            return Optional.empty();
        }
    }
}
