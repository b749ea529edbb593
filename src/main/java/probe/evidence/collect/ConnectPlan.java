package probe.evidence.collect;

import java.net.InetSocketAddress;

/**
 * A connection to be tried for what its failure tells.
 *
 * @param remote where to
 * @param ttl how many hops its packets may go, or 0 for the system's own number
 * @param minTtl how many hops the answer must have left, or 0 for any
 */
record ConnectPlan(InetSocketAddress remote, int ttl, int minTtl) {

    static ConnectPlan to(InetSocketAddress remote) {
        return new ConnectPlan(remote, 0, 0);
    }

    /** Whether it needs socket options that Java does not have. */
    boolean isOrdinary() {
        return ttl == 0 && minTtl == 0;
    }
}
