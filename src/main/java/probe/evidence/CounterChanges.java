package probe.evidence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How counters of this machine's IP and TCP moved while the attempt was failing ({@code /proc/self/net/snmp},
 * {@code snmp6}, {@code netstat}). They belong to the whole network namespace: what other programs lose counts too.
 *
 * @param interval how long they were watched
 * @param synsSent connection attempts of ours that fell into the interval, SYN retransmissions not counted
 * @param othersPending how many other attempts of this program were open, or failed to connect, meanwhile; above 0 the
 *     counts are shared
 * @param outNotTransmitted packets that IP was asked to send and that never left it ({@code OutRequests -
 *     OutTransmits}): an output filter dropped or rejected them. Null before Linux 6.7
 * @param inNotDelivered packets that came and were given to nobody ({@code InReceives - InDelivers -
 *     ForwDatagrams}): an input filter dropped them, or they were for others
 * @param retransmitFailures retransmissions that the host itself did not let out ({@code TCPRetransFail})
 * @param synRetransmits SYNs and SYN-ACKs that were sent again ({@code TCPSynRetrans})
 * @param outNoRoutes packets without a route ({@code OutNoRoutes})
 * @param hostQueueRetransmits retransmissions put off because the first copy had not left the host's queue
 *     ({@code TCPSpuriousRtxHostQueues})
 * @param listenOverflows connections that a full accept queue of a local listener turned away
 *     ({@code ListenOverflows})
 * @param listenDrops SYNs that a local listener dropped for any reason ({@code ListenDrops})
 */
public record CounterChanges(
        Duration interval,
        int synsSent,
        int othersPending,
        @Nullable Long outNotTransmitted,
        long inNotDelivered,
        long retransmitFailures,
        long synRetransmits,
        long outNoRoutes,
        long hostQueueRetransmits,
        long listenOverflows,
        long listenDrops) implements Observation {}
