package probe.lab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import probe.testing.Payload;

/**
 * The long way between two namespaces: a TUN device named {@code wan} in each, and a thread that carries packets from
 * one to the other, a while later. Not every kernel has netem; TUN is everywhere (kernel
 * Documentation/networking/tuntap.rst).
 */
final class DelayRelay implements AutoCloseable {
    private static final int O_RDWR_NONBLOCK = 02 | 04000;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final long TUNSETIFF = 0x400454caL;
    private static final short IFF_TUN_NO_PI = 0x1001;
    private static final short POLLIN = 1;
    private static final int POLL_FD = 8;
    private static final int LARGEST_PACKET = 1 << 16;

    private static final MethodHandle OPEN = link("open", 2, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle IOCTL = link("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG,
            ADDRESS);
    private static final MethodHandle SETNS = link("setns", 0, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = link("close", 0, JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = link("read", 0, JAVA_LONG, JAVA_INT, ADDRESS,
            JAVA_LONG);
    private static final MethodHandle WRITE = link("write", 0, JAVA_LONG, JAVA_INT, ADDRESS,
            JAVA_LONG);
    private static final MethodHandle POLL = link("poll", 0, JAVA_INT, ADDRESS, JAVA_LONG,
            JAVA_INT);

    private record Packet(long dueNanos, int to, Payload bytes) {}

    private final int[] devices = new int[2];
    private final Queue<Packet> onTheWay = new ArrayDeque<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable RuntimeException trouble;
    private volatile long delayNanos;
    private volatile boolean closing;

    private DelayRelay(Path one, Path other) {
        // setns(2) moves one thread: this one, which opens both devices and then carries.
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("lab-wan")
                .unstarted(() -> carry(one, other));
    }

    /** Whether this machine lets us have TUN devices. */
    static boolean isPossible() {
        return Files.isWritable(Path.of("/dev/net/tun"));
    }

    /** Between two namespaces, by their files (namespaces(7)); both have their device when it returns. */
    static DelayRelay between(Path one, Path other) {
        DelayRelay relay = new DelayRelay(one, other);
        relay.thread.start();
        try {
            if (!relay.ready.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no TUN devices after 20 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        RuntimeException failed = relay.trouble;
        if (failed != null) {
            throw failed;
        }
        return relay;
    }

    /** How long a packet takes from now on, one way. */
    void delay(int millis) {
        delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void carry(Path one, Path other) {
        try (Arena arena = Arena.ofConfined()) {
            try {
                int home = open(arena, "/proc/thread-self/ns/net");
                devices[0] = device(arena, one.toString());
                devices[1] = device(arena, other.toString());
                enter(home);
            } catch (RuntimeException e) {
                trouble = e;
                return;
            } finally {
                ready.countDown();
            }
            MemorySegment polled = arena.allocate(2 * POLL_FD, 4);
            MemorySegment buffer = arena.allocate(LARGEST_PACKET);
            while (!closing) {
                for (int i = 0; i < 2; i++) {
                    polled.set(JAVA_INT, (long) i * POLL_FD, devices[i]);
                    polled.set(JAVA_SHORT, (long) i * POLL_FD + 4, POLLIN);
                }
                call(() -> (int) POLL.invokeExact(polled, 2L, pauseMillis()));
                take(0, buffer);
                take(1, buffer);
                deliver(buffer);
            }
            for (int fd : devices) {
                call(() -> (int) CLOSE.invokeExact(fd));
            }
        }
    }

    private int pauseMillis() {
        Packet next = onTheWay.peek();
        long left = next == null ? 50 : (next.dueNanos - System.nanoTime()) / 1_000_000;
        return Math.clamp(left, 0, 50);
    }

    private void take(int from, MemorySegment buffer) {
        while (true) {
            long length = call(() -> (long) READ.invokeExact(devices[from], buffer,
                    (long) LARGEST_PACKET));
            if (length <= 0) {
                return;
            }
            onTheWay.add(new Packet(System.nanoTime() + delayNanos, 1 - from,
                    Payload.of(buffer.asSlice(0, length).toArray(JAVA_BYTE))));
        }
    }

    private void deliver(MemorySegment buffer) {
        for (Packet next = onTheWay.peek(); next != null
                && next.dueNanos - System.nanoTime() <= 0; next = onTheWay.peek()) {
            Packet due = onTheWay.remove();
            MemorySegment.copy(due.bytes.bytes(), 0, buffer, JAVA_BYTE, 0, due.bytes.length());
            // A device that is down takes nothing: then the packet is lost, as on any wire.
            call(() -> (long) WRITE.invokeExact(devices[due.to], buffer,
                    (long) due.bytes.length()));
        }
    }

    private static int device(Arena arena, String namespace) {
        enter(open(arena, namespace));
        int fd = open(arena, "/dev/net/tun");
        MemorySegment request = arena.allocate(40);
        request.setString(0, "wan");
        request.set(JAVA_SHORT, 16, IFF_TUN_NO_PI);
        if (call(() -> (int) IOCTL.invokeExact(fd, TUNSETIFF, request)) < 0) {
            throw new IllegalStateException("no TUN device in " + namespace);
        }
        return fd;
    }

    private static int open(Arena arena, String path) {
        MemorySegment name = arena.allocateFrom(path);
        int fd = call(() -> (int) OPEN.invokeExact(name, O_RDWR_NONBLOCK));
        // A namespace's file can be opened for reading alone.
        int readable = fd >= 0 ? fd : call(() -> (int) OPEN.invokeExact(name, 0));
        if (readable < 0) {
            throw new IllegalStateException("can't open " + path);
        }
        return readable;
    }

    private static void enter(int namespace) {
        int result = call(() -> (int) SETNS.invokeExact(namespace, CLONE_NEWNET));
        call(() -> (int) CLOSE.invokeExact(namespace));
        if (result < 0) {
            throw new IllegalStateException("not allowed to enter a network namespace");
        }
    }

    private interface Call<T> {
        T run() throws Throwable;
    }

    private static <T> T call(Call<T> call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code variadicFrom}: the first variable argument of a C function that has some, else 0. */
    @SuppressWarnings("restricted")
    private static MethodHandle link(String name, int variadicFrom, MemoryLayout result,
            MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        MemorySegment symbol = linker.defaultLookup().find(name).orElseThrow();
        FunctionDescriptor types = FunctionDescriptor.of(result, arguments);
        return variadicFrom == 0 || variadicFrom >= arguments.length
                ? linker.downcallHandle(symbol, types)
                : linker.downcallHandle(symbol, types,
                        Linker.Option.firstVariadicArg(variadicFrom));
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
