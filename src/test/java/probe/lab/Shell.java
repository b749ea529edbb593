package probe.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands to their end. */
final class Shell {
    private static final long PATIENCE_SECONDS = 30;

    private Shell() {}

    /**
     * What a command said, on both streams.
     *
     * @throws IllegalStateException when it fails or does not end
     */
    static String run(List<String> command) {
        try {
            Path output = Files.createTempFile("probe-lab", ".log");
            try {
                Process process = new ProcessBuilder(command).redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                String said = Files.readString(output, StandardCharsets.UTF_8);
                if (!ended) {
                    process.destroyForcibly();
                }
                if (!ended || process.exitValue() != 0) {
                    throw new IllegalStateException(command + ": " + said);
                }
                return said;
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A script of the shell, ended by its first failing line. */
    static String script(String lines) {
        return run(List.of("sh", "-ec", lines));
    }
}
