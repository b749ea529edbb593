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
