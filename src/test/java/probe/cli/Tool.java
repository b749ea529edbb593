package probe.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a program of the system made of something.
 *
 * @param exit its exit code
 * @param said what it wrote, to both streams
 */
record Tool(int exit, String said) {

    /** Runs a program and waits for it, with this on its standard input. */
    static Tool run(String input, String... command) throws IOException, InterruptedException {
        Path in = Files.createTempFile("tool", ".in");
        Path out = Files.createTempFile("tool", ".out");
        Files.writeString(in, input);
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(command[0] + " does not end");
            }
            return new Tool(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(in);
            Files.delete(out);
        }
    }
}
