package probe.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import probe.attempt.Excerpt;

/**
 * The command behind {@code probe wait … --}: run with the streams of this program, as a shell would run it next.
 *
 * @param words the command and its arguments
 * @param complaints where one line goes when it cannot be run
 */
record ReadyCommand(List<String> words, Consumer<String> complaints) {
    /** What a shell gives for a command that cannot be found. */
    private static final int NOT_FOUND = 127;
    /** A terminal's Ctrl-C reaches the command as well; it gets this long to end by itself. */
    private static final long OWN_END_MILLIS = 500;

    /** Runs it to its end, and gives its exit code. A signal to this program is handed on. */
    int run() {
        Process process;
        try {
            process = new ProcessBuilder(words).inheritIO().start();
        } catch (IOException e) {
            complaints.accept("probe: cannot run '" + Excerpt.printable(words.getFirst())
                    + "'; check its name and permissions");
            return NOT_FOUND;
        }
        Thread hook = Thread.ofPlatform().unstarted(() -> end(process));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            int code = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(hook);
            return code;
        } catch (IllegalStateException shuttingDown) {
            return process.exitValue();
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.code();
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(OWN_END_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroy();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
