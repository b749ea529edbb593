package probe.profile;

import java.time.Duration;

/**
 * The six limits in force.
 *
 * @param dns default 5 s
 * @param connect default 3.1 s: just past the SYN retransmission at 3 s of Linux 6.5 and later (and at 1 s of
 *     older ones), and past the 3.05 to 3.08 s at which the kernel reports a neighbour that does not answer ARP
 *     (evidence: experiments of the connect phase, section 1.5)
 * @param tls default: as connect
 * @param connectionRequest default 3 s
 * @param socket default 10 s
 * @param deadline default 30 s
 */
public record Timeouts(Setting<Duration> dns, Setting<Duration> connect, Setting<Duration> tls,
        Setting<Duration> connectionRequest, Setting<Duration> socket, Setting<Duration> deadline) {

    /** What is in force when nobody says anything. */
    public static Timeouts defaults() {
        Setting<Duration> connect = Setting.ofDefault(Duration.ofMillis(3100));
        return new Timeouts(Setting.ofDefault(Duration.ofSeconds(5)), connect, connect,
                Setting.ofDefault(Duration.ofSeconds(3)), Setting.ofDefault(Duration.ofSeconds(10)),
                Setting.ofDefault(Duration.ofSeconds(30)));
    }

    /** The limit with this name. */
    public Setting<Duration> get(TimeoutName name) {
        return switch (name) {
            case DNS -> dns;
            case CONNECT -> connect;
            case TLS -> tls;
            case CONNECTION_REQUEST -> connectionRequest;
            case SOCKET -> socket;
            case DEADLINE -> deadline;
        };
    }
}
