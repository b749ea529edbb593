package probe.prober;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * The text of {@code strerror} in the language of this process (LC_ALL, LC_MESSAGES): the table from which the
 * JDK takes the messages of its socket exceptions. Loaded only for a text that is not English.
 */
@SuppressWarnings("restricted") // the manifest and the launcher enable native access
final class LocalErrorText {
    private static final int MAX_TEXT = 1024; // glibc's buffer for strerror_r
    private static final @Nullable MethodHandle STRERROR = find("strerror");
    private static final @Nullable MethodHandle GAI_STRERROR = find("gai_strerror");

    private LocalErrorText() {}

    private static @Nullable MethodHandle find(String function) {
        SymbolLookup library = Linker.nativeLinker().defaultLookup();
        return library.find(function)
                .map(address -> Linker.nativeLinker()
                        .downcallHandle(address,
                                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT)))
                .orElse(null);
    }

    /** libc's text for an error number, or null where libc cannot be asked. */
    static @Nullable String of(int errno) {
        return text(STRERROR, errno);
    }

    /** libc's text for an error code of getaddrinfo, or null where libc cannot be asked. */
    static @Nullable String ofResolver(int code) {
        return text(GAI_STRERROR, code);
    }

    private static @Nullable String text(@Nullable MethodHandle function, int code) {
        if (function == null) {
            return null;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = ((MemorySegment) function.invokeExact(code)).reinterpret(MAX_TEXT,
                    arena, null);
            return text.getString(0,
                    Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        } catch (Throwable impossible) { // invokeExact declares Throwable; these functions cannot fail
            return null;
        }
    }
}
