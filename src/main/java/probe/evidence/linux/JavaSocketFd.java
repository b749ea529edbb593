package probe.evidence.linux;

import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.net.Socket;
import java.net.SocketImpl;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The file descriptor behind a {@link Socket}. It stays the same from the first option or the start of the connect
 * until the socket is closed, across a reset and an end of stream too.
 *
 * <p>Costs 5 µs (150 µs the first time). Needs {@code java.net} and {@code java.io} opened to this program
 * ({@code --add-opens java.base/java.net=ALL-UNNAMED}, {@code java.base/java.io}, or {@code Add-Opens} in the jar's
 * manifest); else the answer is empty.
 */
public final class JavaSocketFd {
    /** How deep a SOCKS or TLS wrapper may lie over the socket that has the descriptor. */
    private static final int MAX_DELEGATES = 4;

    /** What has been looked for: a look takes as long as what it is done for. */
    private static final Map<Wanted, Optional<Field>> FIELDS = new ConcurrentHashMap<>();

    private JavaSocketFd() {}

    /** A field of a class. */
    private record Wanted(Class<?> type, String name) {}

    /** The descriptor, or empty where it is closed, not created yet, or out of reach. */
    public static OptionalInt of(Socket socket) {
        try {
            Object impl = innermost(read(Socket.class, "impl", socket));
            Object descriptor = impl instanceof SocketImpl ? read(SocketImpl.class, "fd", impl)
                    : null;
            if (descriptor == null || !((FileDescriptor) descriptor).valid()) {
                return OptionalInt.empty();
            }
            Field number = field(FileDescriptor.class, "fd");
            return number == null ? OptionalInt.empty() : OptionalInt.of(number.getInt(descriptor));
        } catch (ReflectiveOperationException | InaccessibleObjectException
                | SecurityException notOpened) {
            return OptionalInt.empty();
        }
    }

    private static @Nullable Object innermost(@Nullable Object impl)
            throws ReflectiveOperationException {
        Object current = impl;
        for (int depth = 0; current != null && depth < MAX_DELEGATES; depth++) {
            Field delegate = field(current.getClass(), "delegate");
            if (delegate == null) {
                return current;
            }
            current = delegate.get(current);
        }
        return current;
    }

    private static @Nullable Object read(Class<?> owner, String name, Object instance)
            throws ReflectiveOperationException {
        Field field = field(owner, name);
        return field == null ? null : field.get(instance);
    }

    /** The field of this class or one above it, opened; null where there is none. */
    private static @Nullable Field field(Class<?> type, String name) {
        return FIELDS.computeIfAbsent(new Wanted(type, name), JavaSocketFd::find).orElse(null);
    }

    private static Optional<Field> find(Wanted wanted) {
        for (Class<?> owner = wanted.type(); owner != null; owner = owner.getSuperclass()) {
            try {
                Field field = owner.getDeclaredField(wanted.name());
                field.setAccessible(true);
                return Optional.of(field);
            } catch (NoSuchFieldException inherited) {
                // The class above may have it.
            }
        }
        return Optional.empty();
    }
}
