package probe.evidence.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.evidence.SocketQueues;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;

/**
 * TCP sockets of this network namespace, asked of the kernel's {@code inet_diag} over netlink
 * ({@code uapi/linux/inet_diag.h}).
 *
 * <p>Costs 10 µs for one connection by its four numbers, however many there are; a list of all costs about 0.5 µs
 * a socket. Needs netlink, and on some kernels the module {@code tcp_diag}; else it throws.
 */
public final class InetDiag {
    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int IPPROTO_TCP = 6;
    /** The attribute, and the bit that asks for it, that carries {@code struct tcp_info}. */
    private static final int INET_DIAG_INFO = 2;
    private static final int WANT_INFO = 1 << (INET_DIAG_INFO - 1);
    private static final int REQUEST_BYTES = 56;
    private static final int REQUEST_STATES = 4;
    private static final int REQUEST_ID = 8;
    private static final int RESPONSE_ID = 4;
    private static final int RESPONSE_BYTES = 72;
    /** Within an identity: both ports, both addresses, the interface, then the cookie. */
    private static final int ID_SOURCE = 4;
    private static final int ID_DESTINATION = 20;
    private static final int ID_COOKIE = 40;
    private static final int ENOENT = 2;

    private InetDiag() {}

    /**
     * The connection between two addresses, or empty when the kernel has none, as right after a reset.
     *
     * @throws IOException when the kernel cannot be asked
     */
    public static Optional<DiagEntry> find(InetSocketAddress local, InetSocketAddress remote)
            throws IOException {
        try (Netlink netlink = Netlink.open(Netlink.SOCK_DIAG)) {
            return Optional
                    .ofNullable(decode(netlink.ask(SOCK_DIAG_BY_FAMILY, exact(local, remote))));
        } catch (ErrnoException refused) {
            if (refused.errno() == ENOENT) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /**
     * Every socket in a state, of either family: Java's own sockets are IPv6 ones, for IPv4 connections too.
     *
     * @throws IOException when the kernel cannot be asked
     */
    public static List<DiagEntry> inState(TcpState state) throws IOException {
        List<DiagEntry> entries = new ArrayList<>();
        try (Netlink netlink = Netlink.open(Netlink.SOCK_DIAG)) {
            for (int family : new int[] {SocketAddressLayout.AF_INET,
                SocketAddressLayout.AF_INET6}) {
                for (NetlinkMessage message : netlink.dump(SOCK_DIAG_BY_FAMILY,
                        all(family, state))) {
                    DiagEntry entry = decode(message);
                    if (entry != null) {
                        entries.add(entry);
                    }
                }
            }
        }
        return entries;
    }

    static byte[] all(int family, TcpState state) {
        byte[] request = new byte[REQUEST_BYTES];
        head(request, family, 1 << state.number());
        return request;
    }

    /** {@code struct inet_diag_req_v2} for one connection; ports and addresses are in network order. */
    static byte[] exact(InetSocketAddress local, InetSocketAddress remote) {
        byte[] bytes = new byte[REQUEST_BYTES];
        ByteBuffer request = head(bytes, SocketAddressLayout.family(remote.getAddress()), -1);
        request.order(ByteOrder.BIG_ENDIAN);
        request.putShort(REQUEST_ID, (short) local.getPort());
        request.putShort(REQUEST_ID + 2, (short) remote.getPort());
        request.put(REQUEST_ID + ID_SOURCE, local.getAddress().getAddress());
        request.put(REQUEST_ID + ID_DESTINATION, remote.getAddress().getAddress());
        // INET_DIAG_NOCOOKIE: whatever socket it is.
        request.putLong(REQUEST_ID + ID_COOKIE, -1);
        return bytes;
    }

    private static ByteBuffer head(byte[] bytes, int family, int states) {
        ByteBuffer request = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        request.put(0, (byte) family).put(1, (byte) IPPROTO_TCP).put(2, (byte) WANT_INFO);
        return request.putInt(REQUEST_STATES, states);
    }

    /** {@code struct inet_diag_msg}, or null where it is none or in no known state. */
    static @Nullable DiagEntry decode(NetlinkMessage message) {
        if (message.type() != SOCK_DIAG_BY_FAMILY || message.length() < RESPONSE_BYTES) {
            return null;
        }
        ByteBuffer bytes = message.buffer();
        TcpState state = TcpState.byNumber(bytes.get(1)).orElse(null);
        if (state == null) {
            return null;
        }
        int length = bytes.get(0) == SocketAddressLayout.AF_INET ? 4 : 16;
        SocketQueues queues = new SocketQueues(SocketQueues.Timer.byNumber(bytes.get(2)),
                bytes.get(3) & 0xff,
                Integer.toUnsignedLong(bytes.getInt(56)), Integer.toUnsignedLong(bytes.getInt(60)));
        long inode = Integer.toUnsignedLong(bytes.getInt(68));
        Map<Integer, byte[]> attributes = message.attributes(RESPONSE_BYTES);
        byte[] carried = attributes.get(INET_DIAG_INFO);
        TcpInfo info = carried == null ? null : TcpInfoLayout.decode(carried);
        return new DiagEntry(end(bytes, RESPONSE_ID, RESPONSE_ID + ID_SOURCE, length),
                end(bytes, RESPONSE_ID + 2, RESPONSE_ID + ID_DESTINATION, length),
                state, queues, inode, info);
    }

    private static InetSocketAddress end(ByteBuffer bytes, int port, int address, int length) {
        byte[] octets = new byte[length];
        bytes.get(address, octets);
        InetAddress ip = SocketAddressLayout.address(octets);
        ByteBuffer network = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
        return new InetSocketAddress(ip, Short.toUnsignedInt(network.getShort(port)));
    }
}
