package probe.evidence.linux;

/** The process that this program is. */
public final class OwnProcess {
    private OwnProcess() {}

    /**
     * Ends it at once, whatever its other threads are in the middle of. A Java virtual machine that is told to halt
     * first gives threads that are inside a system call 300 ms to come out of it (HotSpot, {@code vmOperations.cpp},
     * {@code VM_Exit::wait_for_threads_in_native_to_block}), which the one that virtual threads have wait for their
     * sockets never does.
     *
     * @param code what the parent process is told, 0 to 255
     */
    public static void exit(int code) {
        if (Linux.hasNativeAccess()) {
            Libc.exit(code);
        }
    }
}
