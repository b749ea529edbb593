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

    /** Whether system calls can be made. The first call links them (120 to 150 ms); all later ones cost nothing. */
    public static boolean hasNativeAccess() {
        return Access.GRANTED;
    }

    /** Linked at first use and remembered, also when it did not work. */
    private static final class Access {
        static final boolean GRANTED = granted();

        private static boolean granted() {
            if (!isLinux() || !ARCHITECTURES.contains(System.getProperty("os.arch", ""))) {
                return false;
            }
            try {
                // EBADF (9) is what a kernel says that lets us speak; a sandbox says EPERM or ENOSYS.
                return Libc.close(-1) == -9;
            } catch (LinkageError | RuntimeException notLinked) {
                // IllegalCallerException: native access denied by a flag; the others: no linker, no such symbol.
                return false;
            }
        }
    }
}
