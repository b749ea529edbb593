package probe.evidence.linux;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import probe.evidence.SocketQueues;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;

/**
 * One TCP socket, as {@code sock_diag} or {@code /proc/self/net/tcp} lists it.
 *
 * @param local its own address and port
 * @param remote the other end's
 * @param state where the connection stands
 * @param queues its timer and queues
 * @param inode the number by which {@code /proc/self/fd} knows it; 0 for a socket that belongs to no process
 * @param info what else the kernel knows; null from {@code /proc}
 */
public record DiagEntry(
        InetSocketAddress local,
        InetSocketAddress remote,
        TcpState state,
        SocketQueues queues,
        long inode,
        @Nullable TcpInfo info) {}
