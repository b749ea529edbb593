package probe.cli;

import java.io.PrintStream;
import java.util.List;

/** Entry point of the program; the only place that ends the JVM. */
public final class Main {

    private Main() {}

    /**
     * Runs the command line and exits with its code.
     *
     * @param args the arguments as the shell passed them
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out, System.err));
    }

    /**
     * Runs the command line on given streams.
     *
     * @return the exit code: 0, or 2 for a usage error
     */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.equals(List.of("--version"))) {
            out.println("probe " + BuildInfo.load().version());
            return 0;
        }
        err.println("usage: probe --version");
        return 2;
    }
}
