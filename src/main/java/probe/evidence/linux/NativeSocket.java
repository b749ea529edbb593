package probe.evidence.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import probe.evidence.IcmpMessage;
import probe.evidence.TcpInfo;

/**
 * A TCP socket by its descriptor: one of our own, never blocking, or a duplicate of Java's. Whatever can fail gives
 * the error number, 0 for none.
 *
 * <p>Costs 1 to 5 µs a call. Needs the system calls ({@link Linux#hasNativeAccess()}).
 */
public final class NativeSocket implements AutoCloseable {
    /** {@code EINPROGRESS}: a connect has begun. */
    public static final int IN_PROGRESS = 115;

    static final int SOL_IP = 0;
    static final int SOL_SOCKET = 1;
    static final int SOL_TCP = 6;
    static final int SOL_IPV6 = 41;

    private static final int SOCK_STREAM = 1;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SO_ERROR = 4;
    private static final int SO_TIMESTAMPING = 37;
    /** TX_SOFTWARE, SOFTWARE, OPT_ID, TX_SCHED, TX_ACK and OPT_TSONLY of include/uapi/linux/net_tstamp.h. */
    private static final int STAMPS = 1 << 1 | 1 << 4 | 1 << 7 | 1 << 8 | 1 << 9 | 1 << 11;
    private static final int SO_KEEPALIVE = 9;
    private static final int TCP_MAXSEG = 2;
    private static final int TCP_KEEPIDLE = 4;
    private static final int TCP_KEEPINTVL = 5;
    private static final int TCP_INFO = 11;
    private static final int IP_TTL = 2;
    private static final int IP_RECVERR = 11;
    private static final int IP_RECVTTL = 12;
    private static final int IP_MINTTL = 21;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_RECVERR = 25;
    private static final int IPV6_RECVHOPLIMIT = 51;
    private static final int IPV6_MINHOPCOUNT = 73;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int POLLOUT = 4;
    private static final int POLLFD_BYTES = 8;
    /** Between two looks of a virtual thread. */
    private static final long SHORTEST_STEP_NANOS = 500_000;
    private static final long LONGEST_STEP_NANOS = 20_000_000;

    private final int fd;

    private NativeSocket(int fd) {
        this.fd = fd;
    }

    /**
     * A socket of the address's family that never blocks.
     *
     * @throws ErrnoException when there is none to be had, such as EMFILE
     */
    public static NativeSocket open(InetAddress remote) throws ErrnoException {
        int fd = Libc.socket(SocketAddressLayout.family(remote),
                SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw new ErrnoException("socket", -fd);
        }
        return new NativeSocket(fd);
    }

    /**
     * A duplicate of a descriptor of this process: it keeps the kernel's socket, with its counters and its error
     * queue, when Java closes its own. Java's close of a connected socket still sends the FIN, as it shuts the output
     * down first.
     *
     * @return null where the descriptor is not open or no more can be opened
     */
    public static @Nullable NativeSocket duplicate(int javaFd) {
        int fd = Libc.dup(javaFd);
        return fd < 0 ? null : new NativeSocket(fd);
    }

    /** Begins to connect; {@link #IN_PROGRESS} is what is hoped for. */
    public int connect(InetSocketAddress remote) {
        try (Arena arena = Arena.ofConfined()) {
            return -Libc.connect(fd, SocketAddressLayout.segment(arena, remote));
        }
    }

    /** The error that the kernel holds for this socket; reading clears it. */
    public int takeError() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, 4);
            int result = Libc.getsockopt(fd, SOL_SOCKET, SO_ERROR, value, length);
            return result < 0 ? -result : value.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /**
     * Has ICMP errors queued together with who sent them, or no longer. For connecting alone: on a connection that is
     * up it turns errors that TCP would outlive into fatal ones (section 2.2 of the experiments). Kernels up to 6.18
     * at least queue them for a pending handshake unasked too; a patch of 2024 proposes to end that.
     */
    public int queueIcmpErrors(InetAddress remote, boolean wanted) {
        int value = wanted ? 1 : 0;
        if (SocketAddressLayout.family(remote) == SocketAddressLayout.AF_INET) {
            set(fd, SOL_IP, IP_RECVTTL, value);
            return set(fd, SOL_IP, IP_RECVERR, value);
        }
        set(fd, SOL_IPV6, IPV6_RECVHOPLIMIT, value);
        return set(fd, SOL_IPV6, IPV6_RECVERR, value);
    }

    /** The next queued ICMP error, or null. */
    public @Nullable IcmpMessage nextIcmpError() {
        return ErrorQueue.next(fd);
    }

    /**
     * Has the kernel note when what is written from now on leaves and is acknowledged; each note is to be taken with
     * {@link #nextStamp}, as one that waits makes a poll of this socket spin (section 2.2 of the experiments).
     *
     * @return below zero where it does not
     */
    public int stamp() {
        return set(fd, SOL_SOCKET, SO_TIMESTAMPING, STAMPS);
    }

    /** The next of those notes, or null. */
    public @Nullable TransmitStamp nextStamp() {
        return ErrorQueue.nextStamp(fd);
    }

    /** How many hops the packets of this socket may go. */
    public int limitHops(InetAddress remote, int ttl) {
        return SocketAddressLayout.family(remote) == SocketAddressLayout.AF_INET
                ? set(fd, SOL_IP, IP_TTL, ttl)
                : set(fd, SOL_IPV6, IPV6_UNICAST_HOPS, ttl);
    }

    /** How many hops a packet must have left to be let in (RFC 5082). */
    public int requireHops(InetAddress remote, int ttl) {
        return SocketAddressLayout.family(remote) == SocketAddressLayout.AF_INET
                ? set(fd, SOL_IP, IP_MINTTL, ttl)
                : set(fd, SOL_IPV6, IPV6_MINHOPCOUNT, ttl);
    }

    /** The largest segment, both ways; to be set before connecting. */
    public static int limitSegments(int fd, int bytes) {
        return set(fd, SOL_TCP, TCP_MAXSEG, bytes);
    }

    /**
     * Has a keepalive probe sent, at once if nothing has come for a second. The order matters: the last option to be
     * set restarts the timer, and only with the idle time last does it start from the last sign of life (measured; the
     * other order waits a second).
     */
    public int probeNow() {
        set(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
        set(fd, SOL_TCP, TCP_KEEPINTVL, 1);
        return set(fd, SOL_TCP, TCP_KEEPIDLE, 1);
    }

    /**
     * Sends bytes without waiting.
     *
     * @return how many were taken, or an error number below zero
     */
    public int send(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            return Libc.send(fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes),
                    MSG_DONTWAIT | MSG_NOSIGNAL);
        }
    }

    /** What the kernel knows of this connection, or null where it is none. */
    public @Nullable TcpInfo tcpInfo() {
        return tcpInfo(fd);
    }

    /** What the kernel knows of the connection behind a descriptor, or null where it is none. */
    public static @Nullable TcpInfo tcpInfo(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(TcpInfoLayout.BUFFER_BYTES);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT,
                    TcpInfoLayout.BUFFER_BYTES);
            if (Libc.getsockopt(fd, SOL_TCP, TCP_INFO, value, length) < 0) {
                return null;
            }
            long filled = length.get(ValueLayout.JAVA_INT, 0);
            return TcpInfoLayout
                    .decode(value.asSlice(0, filled).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** The address and port at this end, or null. */
    public @Nullable InetSocketAddress localAddress() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SocketAddressLayout.BUFFER_BYTES);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT,
                    SocketAddressLayout.BUFFER_BYTES);
            int result = Libc.getsockname(fd, address, length);
            return result < 0 ? null
                    : SocketAddressLayout.decode(address.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /**
     * Waits until at least one connect is over, well or badly, or the time is. A system call that waits keeps the
     * thread that carries a virtual one, of which there are as many as processors: there it looks again and again,
     * and parks in between for an eighth of what it has waited so far.
     *
     * @param sockets connecting ones
     * @param timeoutMillis how long to wait, 0 for a look
     * @return for each socket whether it is ready
     */
    public static boolean[] awaitConnects(List<NativeSocket> sockets, int timeoutMillis) {
        Thread thread = Thread.currentThread();
        long begun = System.nanoTime();
        long patience = timeoutMillis * 1_000_000L;
        long waited = 0;
        while (thread.isVirtual() && !thread.isInterrupted()) { // interrupted, it would not park
            boolean[] ready = ready(sockets, 0);
            waited = System.nanoTime() - begun;
            if (isAny(ready) || waited >= patience) {
                return ready;
            }
            LockSupport.parkNanos(Math.min(patience - waited,
                    Math.clamp(waited / 8, SHORTEST_STEP_NANOS, LONGEST_STEP_NANOS)));
        }
        return ready(sockets, (int) ((patience - waited) / 1_000_000L));
    }

    private static boolean isAny(boolean[] ready) {
        for (boolean one : ready) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    private static boolean[] ready(List<NativeSocket> sockets, int timeoutMillis) {
        boolean[] ready = new boolean[sockets.size()];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptors = arena.allocate((long) POLLFD_BYTES * ready.length, 4);
            for (int i = 0; i < ready.length; i++) {
                descriptors.set(ValueLayout.JAVA_INT, at(i), sockets.get(i).fd);
                descriptors.set(ValueLayout.JAVA_SHORT, at(i) + 4, (short) POLLOUT);
            }
            if (Libc.poll(descriptors, ready.length, timeoutMillis) > 0) {
                for (int i = 0; i < ready.length; i++) {
                    ready[i] = descriptors.get(ValueLayout.JAVA_SHORT, at(i) + 6) != 0;
                }
            }
        }
        return ready;
    }

    private static long at(int index) {
        return (long) POLLFD_BYTES * index;
    }

    /** The events that are ready on a descriptor, or 0 when the time is over. */
    static int poll(int fd, int events, int timeoutMillis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptor = arena.allocate(POLLFD_BYTES, 4);
            descriptor.set(ValueLayout.JAVA_INT, 0, fd);
            descriptor.set(ValueLayout.JAVA_SHORT, 4, (short) events);
            int ready = Libc.poll(descriptor, 1, timeoutMillis);
            return ready <= 0 ? 0
                    : Short.toUnsignedInt(descriptor.get(ValueLayout.JAVA_SHORT, 6));
        }
    }

    static int set(int fd, int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            return -Libc.setsockopt(fd, level, option,
                    arena.allocateFrom(ValueLayout.JAVA_INT, value));
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
