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

    /** These limits with another one under this name. */
    public Timeouts with(TimeoutName name, Setting<Duration> other) {
        return switch (name) {
            case DNS -> new Timeouts(other, connect, tls, connectionRequest, socket, deadline);
            case CONNECT -> new Timeouts(dns, other, tls, connectionRequest, socket, deadline);
            case TLS -> new Timeouts(dns, connect, other, connectionRequest, socket, deadline);
            case CONNECTION_REQUEST -> new Timeouts(dns, connect, tls, other, socket, deadline);
            case SOCKET -> new Timeouts(dns, connect, tls, connectionRequest, other, deadline);
            case DEADLINE -> new Timeouts(dns, connect, tls, connectionRequest, socket, other);
        };
    }

    /**
     * These limits with the TLS timeout as the connect timeout in force, origin and all, unless somebody set it.
     * Called once, after the profile and the flags have had their say.
     */
    public Timeouts withDefaultTls() {
        return tls.origin() instanceof Origin.Default ? with(TimeoutName.TLS, connect) : this;
    }
}
