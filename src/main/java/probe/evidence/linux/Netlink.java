package probe.evidence.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A netlink socket, for questions that any process may ask.
 *
 * <p>Costs 5 µs to open and 10 µs a question, whatever the number of sockets in the system (section 5 of the
 * experiments). Needs the system calls, and a sandbox that allows {@code AF_NETLINK}; else opening throws.
 */
final class Netlink implements AutoCloseable {
    /** {@code NETLINK_ROUTE}: routes, neighbours, links. */
    static final int ROUTE = 0;
    /** {@code NETLINK_SOCK_DIAG}: sockets. */
    static final int SOCK_DIAG = 4;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int POLLIN = 1;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EAGAIN = 11;
    /** The kernel answers within the call; this bound is for a kernel that never does. */
    private static final int PATIENCE_MILLIS = 500;
    /** The kernel fills at most 32 kB in one datagram of a dump. */
    private static final int BUFFER_BYTES = 64 * 1024;
    /** Buffers between two answers: as many as were ever wanted at once, as to clear a new one takes longer than to ask. */
    private static final Queue<MemorySegment> BUFFERS = new ConcurrentLinkedQueue<>();
    /** A dump of more datagrams than this is cut; it holds some ten thousand sockets. */
    private static final int MAX_DATAGRAMS = 256;

    private final int fd;

    private Netlink(int fd) {
        this.fd = fd;
    }

    /**
     * Opens a socket for one of the protocols above.
     *
     * @throws IOException when the kernel refuses, or this process may not call it
     */
    static Netlink open(int protocol) throws IOException {
        if (!Linux.hasNativeAccess()) {
            throw new IOException("no native access");
        }
        int fd = Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
        if (fd < 0) {
            throw new ErrnoException("socket(AF_NETLINK)", -fd);
        }
        return new Netlink(fd);
    }

    /**
     * Asks for one thing.
     *
     * @throws ErrnoException with the kernel's answer when that is an error, such as ENOENT (2)
     * @throws IOException when there is no answer
     */
    NetlinkMessage ask(int type, byte[] payload) throws IOException {
        for (NetlinkMessage message : exchange(
                NetlinkMessage.request(type, NetlinkMessage.REQUEST, payload))) {
            if (message.type() == NetlinkMessage.ERROR) {
                throw new ErrnoException("netlink request " + type, message.errno());
            }
            return message;
        }
        throw new IOException("an empty netlink answer");
    }

    /**
     * Asks for everything of a kind.
     *
     * @throws IOException when the kernel refuses or falls silent
     */
    List<NetlinkMessage> dump(int type, byte[] payload) throws IOException {
        int flags = NetlinkMessage.REQUEST | NetlinkMessage.DUMP;
        List<NetlinkMessage> all = new ArrayList<>();
        List<NetlinkMessage> datagram = exchange(NetlinkMessage.request(type, flags, payload));
        for (int received = 1;; received++) {
            for (NetlinkMessage message : datagram) {
                if (message.type() == NetlinkMessage.ERROR) {
                    throw new ErrnoException("netlink dump " + type, message.errno());
                }
                if (message.type() == NetlinkMessage.DONE) {
                    return all;
                }
                all.add(message);
            }
            if (received == MAX_DATAGRAMS) {
                return all;
            }
            datagram = receive();
        }
    }

    private List<NetlinkMessage> exchange(byte[] request) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int sent = Libc.send(fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, request), 0);
            if (sent < 0) {
                throw new ErrnoException("send(netlink)", -sent);
            }
        }
        return receive();
    }

    private List<NetlinkMessage> receive() throws IOException {
        MemorySegment kept = BUFFERS.poll();
        MemorySegment buffer = kept == null ? Arena.ofAuto().allocate(BUFFER_BYTES) : kept;
        try {
            int length = receive(buffer);
            return NetlinkMessage.parse(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
        } finally {
            BUFFERS.add(buffer);
        }
    }

    /** The length of the answer, which is there by now; a kernel may take its time all the same. */
    private int receive(MemorySegment buffer) throws IOException {
        int length = Libc.recv(fd, buffer, MSG_DONTWAIT);
        if (length == -EAGAIN) {
            if (NativeSocket.poll(fd, POLLIN, PATIENCE_MILLIS) == 0) {
                throw new IOException("no netlink answer in " + PATIENCE_MILLIS + " ms");
            }
            length = Libc.recv(fd, buffer, MSG_DONTWAIT);
        }
        if (length < 0) {
            throw new ErrnoException("recv(netlink)", -length);
        }
        return length;
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
