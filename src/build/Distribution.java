import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Lays out what users get: {@code bin/probe}, {@code lib/*.jar} and a {@code runtime/} of the JDK
 * that runs this program. Run by the build, as a source file, with the project's folder, the
 * product's jar and its run-time class path.
 */
class Distribution {

    /**
     * What the program and its libraries need of the JDK. java.naming: HttpClient parses certificate
     * names with it. java.logging, java.management, jdk.net, jdk.unsupported: used by the libraries
     * where present.
     */
    private static final String MODULES = "java.base,java.logging,java.management,java.naming,"
            + "jdk.net,jdk.unsupported";

    private final Path project;
    private final Path home;

    private Distribution(Path project) {
        this.project = project;
        this.home = project.resolve("target/probe");
    }

    public static void main(String[] args) throws IOException {
        var distribution = new Distribution(Path.of(args[0]));
        distribution.layOutJars(Path.of(args[1]), args[2]);
        distribution.layOutLauncher();
        distribution.linkRuntime();
    }

    private void layOutJars(Path product, String classPath) throws IOException {
        Map<String, Path> wanted = new TreeMap<>();
        wanted.put("probe.jar", product);
        for (String entry : classPath.split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                wanted.put(Path.of(entry).getFileName().toString(), Path.of(entry));
            }
        }
        Path lib = Files.createDirectories(home.resolve("lib"));
        for (Path there : list(lib)) {
            if (!wanted.containsKey(there.getFileName().toString())) {
                Files.delete(there);
            }
        }
        for (var jar : wanted.entrySet()) {
            Files.copy(jar.getValue(), lib.resolve(jar.getKey()), REPLACE_EXISTING, COPY_ATTRIBUTES);
        }
    }

    private void layOutLauncher() throws IOException {
        Path launcher = Files.createDirectories(home.resolve("bin")).resolve("probe");
        Files.copy(project.resolve("src/build/probe.sh"), launcher, REPLACE_EXISTING);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Links the runtime, unless the same JDK already linked the same modules. */
    private void linkRuntime() throws IOException {
        Path runtime = home.resolve("runtime");
        List<String> arguments = List.of("--add-modules", MODULES, "--strip-debug",
                "--no-header-files", "--no-man-pages", "--compress", "zip-6");
        Path stamp = project.resolve("target/runtime.stamp");
        String wanted = String.join("\n", System.getProperty("java.home"),
                System.getProperty("java.vm.version"), String.join(" ", arguments));
        if (Files.exists(runtime.resolve("bin/java")) && Files.exists(stamp)
                && Files.readString(stamp).equals(wanted)) {
            return;
        }
        Files.deleteIfExists(stamp);
        deleteTree(runtime);
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--output", runtime.toString()));
        ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow(
                () -> new IllegalStateException("this JDK has no jlink: " + wanted));
        int code = jlink.run(System.out, System.err, all.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("jlink ended with " + code);
        }
        Files.writeString(stamp, wanted, UTF_8);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
