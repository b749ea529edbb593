package probe.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import probe.evidence.linux.OwnProcess;

/** Entry point of the program; the only place that ends the JVM. */
public final class Main {

    private Main() {}

    /** Runs the command line and exits with its code; {@link ExitCode} lists them. */
    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals(Rehearsal.WORD)) {
            Rehearsal.run();
            System.exit(0);
        }
        Console console = new Console(new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err), Console.reader(1), Console.reader(2),
                System.getenv());
        end(new Program(console).exitCode(args));
    }

    /**
     * Ends the JVM when everything has been written. {@code System.exit} would look for a logger first (JDK 21,
     * {@code RuntimeHelper}), in every jar of the class path, which costs 30 ms.
     */
    private static void end(int code) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread());
        } catch (IllegalStateException aSignalEndsIt) {
            System.exit(code); // waits for what is still told then, and leaves the code to the signal
        }
        if (isAnotherThreadInside()) {
            OwnProcess.exit(code);
        }
        Runtime.getRuntime().halt(code);
    }

    /** Whether a thread is inside a system call. Those of the virtual machine's own, in the group above all, do not count. */
    private static boolean isAnotherThreadInside() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[all.activeCount() + 16];
        int count = all.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getState() == Thread.State.RUNNABLE // as Java sees it
                    && !all.equals(threads[i].getThreadGroup()) && isInside(threads[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInside(Thread thread) {
        StackTraceElement[] calls = thread.getStackTrace();
        return calls.length > 0 && (calls[0].isNativeMethod() || calls[0].getClassName()
                .startsWith(
                        OwnProcess.class.getPackageName()));
    }
}
