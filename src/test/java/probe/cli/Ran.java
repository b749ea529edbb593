package probe.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One run of the program inside this JVM.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Ran(ExitCode code, String out, String err) {

    /** Runs the program with these words, into pipes and without an environment. */
    static Ran probe(String... args) {
        return probe(Console.Reader.PROGRAM, Map.of(), args);
    }

    /** Runs the program with these words. */
    static Ran probe(Console.Reader reader, Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new ByteArrayInputStream(new byte[0]), out, err, reader,
                reader,
                environment);
        ExitCode code = new Program(console).run(args);
        return new Ran(code, out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
