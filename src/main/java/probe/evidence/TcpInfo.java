package probe.evidence;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel knows of one TCP connection ({@code struct tcp_info} of {@code uapi/linux/tcp.h}); a null says
 * that this kernel is too old to tell.
 *
 * <p>Byte counts are payload: the kernel's own count the SYN and the FIN as one byte each (measured, section 3 of
 * the experiments), and here they are taken off. One case stays open: after a reset the state no longer tells
 * whether a FIN had come before, so {@code bytesReceived} of a {@link TcpState#CLOSED} connection may be one too
 * many.
 *
 * @param state where the connection stands
 * @param retransmits retransmissions of the oldest unacknowledged segment that the timer fired for, since the last
 *     acknowledgement ({@code tcpi_retransmits}); while connecting it counts SYNs that never left as well
 * @param probes window or keepalive probes that are unanswered ({@code tcpi_probes})
 * @param rtoUs retransmission timeout, microseconds
 * @param sendMss largest segment that is sent, bytes of payload
 * @param receiveMss largest segment seen from the peer, bytes of payload
 * @param unacked segments sent and not acknowledged
 * @param lastDataSentMs since payload was last sent, milliseconds
 * @param lastDataReceivedMs since payload last came, milliseconds
 * @param lastAckReceivedMs since an acknowledgement last came, milliseconds
 * @param pathMtu the path MTU that the kernel believes in, bytes
 * @param rttUs smoothed round trip time, microseconds; 0 before the first measurement
 * @param totalRetransmits segments that were retransmitted and left this host, over the connection's life; SYNs too
 * @param bytesAcked payload bytes that the peer's kernel acknowledged. After a reset not a lower bound of what the
 *     peer has read: a reset's own acknowledgement does not count (measured, 10 of 10)
 * @param bytesReceived payload bytes that came in order
 * @param segmentsOut segments sent, of any kind
 * @param segmentsIn segments that came, of any kind; 1 after a handshake and nothing more
 * @param notSentBytes bytes accepted from the application and not yet given to the network
 * @param minRttUs shortest round trip time seen, microseconds; 0 before the first measurement
 * @param bytesSent payload bytes sent, retransmissions included (kernel 4.19)
 * @param bytesRetransmitted payload bytes sent again (kernel 4.19)
 * @param duplicateAcks DSACKs: the peer says that it got something twice (kernel 4.19)
 * @param outOfOrderPackets segments that came out of order: an earlier one is missing (kernel 5.4)
 * @param sendWindow the window that the peer offers, bytes (kernel 5.4)
 */
public record TcpInfo(
        TcpState state,
        int retransmits,
        int probes,
        long rtoUs,
        long sendMss,
        long receiveMss,
        long unacked,
        long lastDataSentMs,
        long lastDataReceivedMs,
        long lastAckReceivedMs,
        long pathMtu,
        long rttUs,
        long totalRetransmits,
        @Nullable Long bytesAcked,
        @Nullable Long bytesReceived,
        @Nullable Long segmentsOut,
        @Nullable Long segmentsIn,
        @Nullable Long notSentBytes,
        @Nullable Long minRttUs,
        @Nullable Long bytesSent,
        @Nullable Long bytesRetransmitted,
        @Nullable Long duplicateAcks,
        @Nullable Long outOfOrderPackets,
        @Nullable Long sendWindow) {}
