package probe.evidence.collect;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import probe.evidence.ControlResult;
import probe.evidence.ControlResult.Control;

/**
 * Second connections whose results separate two explanations: another port of the host, other addresses of the name,
 * the gateway, known-good places, the proxy alone and the target without it.
 *
 * <p>Costs at most {@link #MOST} connections, all at once, each closed as soon as it is made, and {@link #LIMIT} if
 * one stays silent. Needs nothing. An answer proves that something is there; silence proves little by itself.
 */
final class Controls {
    /** With the repeat of the failed attempt itself, eight connections. */
    static final int MOST = 7;
    /** A SYN and its retransmission after 1.02 s, and the answer to that. */
    static final Duration LIMIT = Duration.ofMillis(1_400);

    /** Nobody listens on tcpmux any more: a host that is up refuses. The others pass many a firewall. */
    private static final int[] OTHER_PORTS = {1, 443, 80};
    private static final int OTHER_PORT_COUNT = 2;
    /** A router that runs a name server answers, and most others refuse. */
    private static final int GATEWAY_PORT = 53;
    private static final int OTHER_ADDRESS_COUNT = 2;

    private final Connector connector;

    Controls(Connector connector) {
        this.connector = connector;
    }

    /** The next hop. */
    static ControlPlan gateway(InetAddress gateway) {
        return ControlPlan.of(Control.GATEWAY, new InetSocketAddress(gateway, GATEWAY_PORT));
    }

    /** Ports of the same host that are not the one that failed; on loopback there is nothing to learn from them. */
    static List<ControlPlan> otherPorts(InetSocketAddress failed) {
        List<ControlPlan> plans = new ArrayList<>();
        for (int port : OTHER_PORTS) {
            if (port != failed.getPort() && plans.size() < OTHER_PORT_COUNT
                    && !failed.getAddress().isLoopbackAddress()) {
                plans.add(ControlPlan.of(Control.SAME_HOST_OTHER_PORT,
                        new InetSocketAddress(failed.getAddress(), port)));
            }
        }
        return plans;
    }

    /** The same port at addresses of the name that were not attempted. */
    static List<ControlPlan> otherAddresses(InetSocketAddress failed, List<InetAddress> attempted,
            List<InetAddress> all) {
        return all.stream()
                .filter(address -> !attempted.contains(address))
                .limit(OTHER_ADDRESS_COUNT)
                .map(address -> ControlPlan.of(family(address, failed.getAddress()),
                        new InetSocketAddress(address, failed.getPort())))
                .toList();
    }

    private static Control family(InetAddress address, InetAddress failed) {
        return address.getClass() == failed.getClass() ? Control.OTHER_ADDRESS
                : Control.OTHER_FAMILY;
    }

    /** Makes the comparisons. */
    List<ControlResult> run(List<ControlPlan> plans, Duration limit) {
        List<ConnectResult> results = connector.connect(
                plans.stream().map(plan -> ConnectPlan.to(plan.remote())).toList(), limit);
        List<ControlResult> controls = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            ConnectResult result = results.get(i);
            controls.add(new ControlResult(plans.get(i).control(), plans.get(i).name(),
                    result.outcome(), result.duration()));
        }
        return controls;
    }
}
