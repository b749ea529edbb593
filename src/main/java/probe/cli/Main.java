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
        if (OwnProcess.hasOtherInside()) {
            OwnProcess.exit(code);
        }
        Runtime.getRuntime().halt(code);
    }
}
