package probe.evidence.collect;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import probe.evidence.linux.Linux;

/**
 * Tries several connections at once and closes each as soon as it is made.
 *
 * <p>Costs one SYN a plan and the limit at most, if one of them stays silent. {@link NativeConnector} sees who sent an
 * ICMP error; {@link NioConnector} works everywhere and does not.
 */
interface Connector {
    /**
     * Connects; never throws for what the network does.
     *
     * @param plans what to try, all at once
     * @param limit when those that are still silent are given up
     * @return one result a plan, in order
     */
    List<ConnectResult> connect(List<ConnectPlan> plans, Duration limit);

    /**
     * The same, given up sooner where {@code enough} has been learned otherwise; not every way to connect looks.
     *
     * @param enough asked a few hundred times a second at most
     */
    default List<ConnectResult> connect(List<ConnectPlan> plans, Duration limit,
            BooleanSupplier enough) {
        return connect(plans, limit);
    }

    /** The best that this machine offers. */
    static Connector system() {
        return Linux.hasNativeAccess() ? new NativeConnector() : new NioConnector();
    }
}
