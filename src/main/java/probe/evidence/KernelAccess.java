package probe.evidence;

import java.util.Optional;

/** How the kernel can be asked about sockets on this machine. */
public enum KernelAccess {
    /** System calls and netlink's {@code sock_diag}: everything. */
    SOCK_DIAG("sock_diag"),
    /** Only the files of {@code /proc}: queues, timers and counters. */
    PROC("proc"),
    /** Not at all: another system, or forbidden, or not asked for. */
    NONE("none");

    private final String id;

    KernelAccess(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The access with this {@link #id()}. */
    public static Optional<KernelAccess> byId(String id) {
        for (KernelAccess access : values()) {
            if (access.id.equals(id)) {
                return Optional.of(access);
            }
        }
        return Optional.empty();
    }
}
