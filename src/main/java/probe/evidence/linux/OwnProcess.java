package probe.evidence.linux;

import java.time.Duration;

/** The process that this program is. */
public final class OwnProcess {
    private static final Duration MOMENT = Duration.ofMillis(2);

    private OwnProcess() {}

    /**
     * Whether another thread is inside a system call, as far as can be told from outside. Those of the virtual
     * machine's own, in the group above all others, do not count.
     */
    public static boolean hasOtherInside() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[all.activeCount() + 16];
        int count = all.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (!threads[i].equals(Thread.currentThread())
                    && threads[i].getState() == Thread.State.RUNNABLE // as Java sees it
                    && !all.equals(threads[i].getThreadGroup()) && isInside(threads[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInside(Thread thread) {
        StackTraceElement[] calls = thread.getStackTrace();
        boolean inside = calls.length > 0 && (calls[0].isNativeMethod() || calls[0].getClassName()
                .startsWith(OwnProcess.class.getPackageName()));
        return inside && !isEnding(thread);
    }

    /** A thread that was told to end may be seen inside on its way. */
    private static boolean isEnding(Thread thread) {
        try {
            return thread.join(MOMENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

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
