package probe.evidence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The system calls in use, as libc offers them. A negative result is an error number, as the kernel itself has it.
 *
 * <p>Costs 120 to 150 ms once, when the handles are linked, and 1 to 5 µs a call after that (section 5 of the
 * experiments). Needs 64-bit Linux and the right to native access; linking throws where either is missing, and only
 * {@link Linux#hasNativeAccess} may be the first to touch this class.
 */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = link("socket", JAVA_INT, JAVA_INT, JAVA_INT,
            JAVA_INT);
    private static final MethodHandle BIND = link("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = link("connect", JAVA_INT, JAVA_INT, ADDRESS,
            JAVA_INT);
    private static final MethodHandle GETSOCKNAME = link("getsockname", JAVA_INT, JAVA_INT, ADDRESS,
            ADDRESS);
    private static final MethodHandle GETSOCKOPT = link("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT,
            JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT = link("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT,
            JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND = link("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG,
            JAVA_INT);
    private static final MethodHandle RECV = link("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG,
            JAVA_INT);
    private static final MethodHandle RECVMSG = link("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS,
            JAVA_INT);
    private static final MethodHandle POLL = link("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle DUP = link("dup", JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = link("close", JAVA_INT, JAVA_INT);

    private Libc() {}

    @SuppressWarnings("restricted")
    private static MethodHandle link(String name, MemoryLayout result, MemoryLayout... arguments) {
        MemorySegment symbol = LINKER.defaultLookup().find(name).orElseThrow();
        return LINKER.downcallHandle(symbol, FunctionDescriptor.of(result, arguments), KEEP_ERRNO);
    }

    static int socket(int family, int type, int protocol) {
        return call(state -> (int) SOCKET.invokeExact(state, family, type, protocol));
    }

    static int bind(int fd, MemorySegment address) {
        int length = (int) address.byteSize();
        return call(state -> (int) BIND.invokeExact(state, fd, address, length));
    }

    static int connect(int fd, MemorySegment address) {
        int length = (int) address.byteSize();
        return call(state -> (int) CONNECT.invokeExact(state, fd, address, length));
    }

    static int getsockname(int fd, MemorySegment address, MemorySegment length) {
        return call(state -> (int) GETSOCKNAME.invokeExact(state, fd, address, length));
    }

    static int getsockopt(int fd, int level, int option, MemorySegment value,
            MemorySegment length) {
        return call(state -> (int) GETSOCKOPT.invokeExact(state, fd, level, option, value, length));
    }

    static int setsockopt(int fd, int level, int option, MemorySegment value) {
        int length = (int) value.byteSize();
        return call(state -> (int) SETSOCKOPT.invokeExact(state, fd, level, option, value, length));
    }

    static int send(int fd, MemorySegment bytes, int flags) {
        long length = bytes.byteSize();
        return call(state -> (long) SEND.invokeExact(state, fd, bytes, length, flags));
    }

    static int recv(int fd, MemorySegment buffer, int flags) {
        long length = buffer.byteSize();
        return call(state -> (long) RECV.invokeExact(state, fd, buffer, length, flags));
    }

    static int recvmsg(int fd, MemorySegment header, int flags) {
        return call(state -> (long) RECVMSG.invokeExact(state, fd, header, flags));
    }

    /** Waits for one of {@code count} descriptors in the {@code pollfd} array; 0 when none is ready in time. */
    static int poll(MemorySegment descriptors, int count, int timeoutMillis) {
        return call(
                state -> (int) POLL.invokeExact(state, descriptors, (long) count, timeoutMillis));
    }

    static int dup(int fd) {
        return call(state -> (int) DUP.invokeExact(state, fd));
    }

    static int close(int fd) {
        return call(state -> (int) CLOSE.invokeExact(state, fd));
    }

    /** One downcall; {@code long} holds the results of all of them. */
    @FunctionalInterface
    private interface Downcall {
        long run(MemorySegment state) throws Throwable;
    }

    private static int call(Downcall downcall) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            long result = downcall.run(state);
            return result < 0 ? -(int) ERRNO.get(state, 0L) : (int) result;
        } catch (RuntimeException | Error unexpected) {
            throw unexpected;
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing of its own", impossible);
        }
    }
}
