package probe.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs {@code target/probe/bin/probe}. */
final class PackagedProbe {
    /** Far beyond any deadline used here: a run that takes this long hangs. */
    private static final long HANGS_SECONDS = 90;

    private PackagedProbe() {}

    /**
     * One finished run.
     *
     * @param exit the exit status
     * @param out standard output
     * @param err standard error
     */
    record Result(int exit, String out, String err) {}

    /** The folder with the launcher. */
    static Path bin() {
        return Path.of(Objects.requireNonNull(System.getProperty("probe.home")), "bin");
    }

    /** The program with these words. */
    static Result run(String... words) {
        List<String> command = new ArrayList<>(List.of(bin().resolve("probe").toString()));
        command.addAll(Arrays.asList(words));
        return process(command);
    }

    /** A line of shell with the program on its PATH. */
    static Result shell(String line) {
        return process(List.of("bash", "-c", "set -o pipefail; " + line));
    }

    private static Result process(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().merge("PATH", bin().toString(), (path, bin) -> bin + ":" + path);
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT)
                            .endsWith("_proxy"));
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture<byte[]> err = CompletableFuture
                    .supplyAsync(() -> all(process.getErrorStream()));
            byte[] out = all(process.getInputStream());
            if (!process.waitFor(HANGS_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("hangs: " + command);
            }
            return new Result(process.exitValue(), new String(out, StandardCharsets.UTF_8),
                    new String(err.join(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static byte[] all(java.io.InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
