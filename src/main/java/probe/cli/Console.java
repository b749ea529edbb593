package probe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The world around the program, so that a test can stand in for it.
 *
 * @param in standard input
 * @param out standard output: the reports and nothing else
 * @param err standard error: everything else
 * @param outIsTerminal whether a person reads {@code out} as it comes
 * @param errIsTerminal whether a person reads {@code err} as it comes
 * @param environment the environment variables
 */
record Console(InputStream in, OutputStream out, OutputStream err, Reader outIsTerminal,
        Reader errIsTerminal,
        Map<String, String> environment) {

    /** Who is at the other end of a stream. */
    enum Reader {
        /** A person at a terminal. */
        TERMINAL,
        /** A file, a pipe, another program. */
        PROGRAM
    }

    /** What is said of standard output that takes no more. */
    static final String UNWRITABLE = "probe: cannot write to standard output; the disk may be full";

    /**
     * Whether a program or a person reads standard output, who may have left; what else takes no more is full. By what
     * it leads to: the words of the error follow the language of the system.
     */
    static boolean isReadByProgram() {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return !file.startsWith("/") || file.startsWith("/dev/pts/")
                    || file.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException noProcFiles) {
            return true;
        }
    }

    /** Who reads this file descriptor; where the system does not say, a program. */
    static Reader reader(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty")
                    || file.equals("/dev/console")
                            ? Reader.TERMINAL
                            : Reader.PROGRAM;
        } catch (IOException | UnsupportedOperationException noProcFiles) {
            return Reader.PROGRAM;
        }
    }
}
