package probe.evidence.linux;

import java.util.Locale;
import java.util.Set;

/** Whether this process runs where the rest of this package can work. */
public final class Linux {
    /** 64-bit systems with the socket constants of {@code asm-generic/socket.h}, which MIPS, SPARC and PA-RISC lack. */
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64", "riscv64");

    private Linux() {}

    /** Whether {@code /proc} can be expected to be Linux's own; costs nothing and loads nothing. */
    public static boolean isLinux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");
    }

    /**
     * Whether system calls will be allowed as far as can be told without making one; loads nothing. A sandbox may
     * still say no.
     */
    public static boolean expectsNativeAccess() {
        return isLinux() && ARCHITECTURES.contains(System.getProperty("os.arch", ""))
                && Linux.class.getModule().isNativeAccessEnabled();
    }

    /** Whether system calls can be made. The first call links them (30 ms); all later ones cost nothing. */
    public static boolean hasNativeAccess() {
        return Access.GRANTED;
    }

    /** Linked at first use and remembered, also when it did not work. */
    private static final class Access {
        /** {@code EBADF}: what a kernel says that lets us speak; a sandbox says EPERM or ENOSYS. */
        private static final int BAD_DESCRIPTOR = -9;

        static final boolean GRANTED = granted();

        private static boolean granted() {
            if (!expectsNativeAccess()) {
                // Linking without the flag would work once more in Java 25, with a warning on standard error.
                return false;
            }
            try {
                return Libc.close(-1) == BAD_DESCRIPTOR;
            } catch (LinkageError | RuntimeException notLinked) {
                // No linker for this machine, no such symbol, or no descriptor left to load them with.
                return false;
            }
        }
    }
}
