package probe.evidence.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import probe.evidence.TcpInfo;

/**
 * A socket by its descriptor: one of our own, or a duplicate of Java's. Errors are negative error numbers.
 *
 * <p>Costs 1 to 5 µs a call. Needs the system calls ({@link Linux#hasNativeAccess()}).
 */
public final class NativeSocket implements AutoCloseable {
    static final int SOL_IP = 0;
    static final int SOL_SOCKET = 1;
    static final int SOL_TCP = 6;
    static final int SOL_IPV6 = 41;
    static final int SO_ERROR = 4;
    static final int TCP_INFO = 11;

    private final int fd;

    private NativeSocket(int fd) {
        this.fd = fd;
    }

    /**
     * A duplicate of a descriptor of this process: it keeps the kernel's socket, with its counters and its error
     * queue, when Java closes its own. Until the duplicate is closed too, the peer sees no FIN.
     *
     * @return null where the descriptor is not open or no more can be opened
     */
    public static @Nullable NativeSocket duplicate(int javaFd) {
        int fd = Libc.dup(javaFd);
        return fd < 0 ? null : new NativeSocket(fd);
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
            return TcpInfoLayout.decode(value.asSlice(0, filled).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** What the kernel knows of this connection, or null where it is none. */
    public @Nullable TcpInfo tcpInfo() {
        return tcpInfo(fd);
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

    /** The events that are ready on a descriptor, or 0 when the time is over. */
    static int poll(int fd, int events, int timeoutMillis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptor = arena.allocate(8, 4);
            descriptor.set(ValueLayout.JAVA_INT, 0, fd);
            descriptor.set(ValueLayout.JAVA_SHORT, 4, (short) events);
            int ready = Libc.poll(descriptor, 1, timeoutMillis);
            return ready <= 0 ? 0 : Short.toUnsignedInt(descriptor.get(ValueLayout.JAVA_SHORT, 6));
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
