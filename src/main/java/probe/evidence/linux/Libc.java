package probe.evidence.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;

/**
 * The system calls in use, as libc offers them. A negative result is an error number, as the kernel itself has it.
 *
 * <p>All go through one handle of five 64-bit arguments, as it is linking a form of call that costs (10 to 15 ms each,
 * once), not calling (1 to 5 µs). The C calling conventions of the three architectures of {@link Linux} allow that:
 * each argument has a register of its own, whose upper half a function that takes an {@code int} does not look at
 * (System V AMD64, AAPCS64) or wants sign-extended (RISC-V), as a Java {@code long} made of an {@code int} is; and
 * a function never sees the registers of arguments that it does not take. Of an {@code int} result only the lower half
 * counts.
 *
 * <p>Needs 64-bit Linux and the right to native access; linking throws where either is missing, and only
 * {@link Linux#hasNativeAccess} may be the first to touch this class.
 */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final int ERRNO = errnoOffset();
    private static final MethodHandle CALL = link();

    private static final MemorySegment SOCKET = symbol("socket");
    private static final MemorySegment BIND = symbol("bind");
    private static final MemorySegment CONNECT = symbol("connect");
    private static final MemorySegment GETSOCKNAME = symbol("getsockname");
    private static final MemorySegment GETSOCKOPT = symbol("getsockopt");
    private static final MemorySegment SETSOCKOPT = symbol("setsockopt");
    private static final MemorySegment SEND = symbol("send");
    private static final MemorySegment RECV = symbol("recv");
    private static final MemorySegment RECVMSG = symbol("recvmsg");
    private static final MemorySegment POLL = symbol("poll");
    private static final MemorySegment DUP = symbol("dup");
    private static final MemorySegment CLOSE = symbol("close");
    private static final MemorySegment EXIT = symbol("_exit");

    private Libc() {}

    /** By hand: a path through a layout is made of method handles, which take 8 ms to link. */
    private static int errnoOffset() {
        long offset = 0;
        for (MemoryLayout member : ((StructLayout) CALL_STATE).memberLayouts()) {
            if (member.name().orElse("").equals("errno")) {
                return (int) offset;
            }
            offset += member.byteSize();
        }
        throw new AssertionError("a call's state has no errno");
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link() {
        return LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG,
                JAVA_LONG, JAVA_LONG, JAVA_LONG), Linker.Option.captureCallState("errno"));
    }

    private static MemorySegment symbol(String name) {
        return LINKER.defaultLookup().find(name).orElseThrow();
    }

    static int socket(int family, int type, int protocol) {
        return call(SOCKET, family, type, protocol, 0, 0);
    }

    static int bind(int fd, MemorySegment address) {
        return call(BIND, fd, address.address(), address.byteSize(), 0, 0);
    }

    static int connect(int fd, MemorySegment address) {
        return call(CONNECT, fd, address.address(), address.byteSize(), 0, 0);
    }

    static int getsockname(int fd, MemorySegment address, MemorySegment length) {
        return call(GETSOCKNAME, fd, address.address(), length.address(), 0, 0);
    }

    static int getsockopt(int fd, int level, int option, MemorySegment value,
            MemorySegment length) {
        return call(GETSOCKOPT, fd, level, option, value.address(), length.address());
    }

    static int setsockopt(int fd, int level, int option, MemorySegment value) {
        return call(SETSOCKOPT, fd, level, option, value.address(), value.byteSize());
    }

    static int send(int fd, MemorySegment bytes, int flags) {
        return call(SEND, fd, bytes.address(), bytes.byteSize(), flags, 0);
    }

    static int recv(int fd, MemorySegment buffer, int flags) {
        return call(RECV, fd, buffer.address(), buffer.byteSize(), flags, 0);
    }

    static int recvmsg(int fd, MemorySegment header, int flags) {
        return call(RECVMSG, fd, header.address(), flags, 0, 0);
    }

    /** Waits for one of {@code count} descriptors in the {@code pollfd} array; 0 when none is ready in time. */
    static int poll(MemorySegment descriptors, int count, int timeoutMillis) {
        return call(POLL, descriptors.address(), count, timeoutMillis, 0, 0);
    }

    static int dup(int fd) {
        return call(DUP, fd, 0, 0, 0, 0);
    }

    static int close(int fd) {
        return call(CLOSE, fd, 0, 0, 0, 0);
    }

    /** Does not come back. */
    static void exit(int code) {
        call(EXIT, code, 0, 0, 0, 0);
    }

    /** One call; the memory behind an address among its arguments is the caller's, and outlives it. */
    private static int call(MemorySegment function, long first, long second, long third,
            long fourth, long fifth) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            long result = (long) CALL.invokeExact(function, state, first, second, third, fourth,
                    fifth);
            // No result here is larger than an int, and that of a function that returns one has no upper half.
            return (int) result < 0
                    ? -state.asByteBuffer().order(ByteOrder.nativeOrder()).getInt(ERRNO)
                    : (int) result;
        } catch (RuntimeException | Error unexpected) {
            throw unexpected;
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing of its own", impossible);
        }
    }
}
