package probe.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;

/** Entry point of the program; the only place that ends the JVM. */
public final class Main {

    private Main() {}

    /** Runs the command line and exits with its code; {@link ExitCode} lists them. */
    public static void main(String[] args) {
        Console console = new Console(new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err), Console.reader(1), Console.reader(2),
                System.getenv());
        System.exit(new Program(console).exitCode(args));
    }
}
