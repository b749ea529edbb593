import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Lays out what users get in {@code target/probe}: {@code bin/probe}, {@code lib/}, and a
 * {@code runtime/} of the JDK that runs this program. Run by the build, as a source file, with the
 * project's folder, the product's jar and its run-time class path.
 */
class Distribution {

    /**
     * What the program and its libraries need of the JDK. java.naming: HttpClient parses certificate
     * names with it. java.logging, java.management, jdk.net, jdk.unsupported: used by the libraries
     * where present.
     */
    private static final String MODULES = "java.base,java.logging,java.management,java.naming,"
            + "jdk.net,jdk.unsupported";

    private static final List<String> LINKING = List.of("--add-modules", MODULES, "--strip-debug",
            "--no-header-files", "--no-man-pages", "--compress", "zip-6");

    /** Variables that change what a JVM does. */
    private static final List<String> JVM_OPTIONS = List.of("JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final Path project;
    private final Path home;
    private final Path lib;
    private final Path runtime;

    private Distribution(Path project) {
        this.project = project;
        this.home = project.resolve("target/probe");
        this.lib = home.resolve("lib");
        this.runtime = home.resolve("runtime");
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var distribution = new Distribution(Path.of(args[0]));
        distribution.layOutLibraries(Path.of(args[1]), args[2]);
        distribution.layOutLauncher();
        distribution.linkRuntime();
        distribution.recordStart();
    }

    private void layOutLibraries(Path product, String classPath) throws IOException {
        List<Path> libraries = Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .toList();
        Rewriting rewriting = Rewriting
                .over(Stream.concat(Stream.of(product), libraries.stream()).toList());
        Map<String, Path> wanted = new TreeMap<>();
        wanted.put("probe.jar", reproducible(product, rewriting));
        wanted.put("java.options", options(product));
        for (Path library : libraries) {
            wanted.put(library.getFileName().toString(), renewed(library, rewriting));
        }
        Files.createDirectories(lib);
        for (Path there : libraries()) {
            if (!wanted.containsKey(there.getFileName().toString())) {
                Files.delete(there);
            }
        }
        for (var file : wanted.entrySet()) {
            copyIfDifferent(file.getValue(), lib.resolve(file.getKey()));
        }
    }

    /** A file keeps its time while its bytes are the same: the recorded start refers to both. */
    private static void copyIfDifferent(Path from, Path to) throws IOException {
        if (!Files.exists(to) || Files.mismatch(from, to) >= 0) {
            Files.copy(from, to, REPLACE_EXISTING, COPY_ATTRIBUTES);
        }
    }

    /** The options of the JVM, with what the build wrote about itself: the program need not open a jar for it. */
    private Path options(Path product) throws IOException {
        var build = new Properties();
        try (var jar = new JarFile(product.toFile())) {
            build.load(new StringReader(new String(
                    Rewriting.read(jar, "probe/build.properties"), StandardCharsets.UTF_8)));
        }
        Path result = project.resolve("target/java.options");
        Files.writeString(result, Files.readString(project.resolve("src/build/java.options"))
                .replace("@VERSION@", build.getProperty("version"))
                .replace("@TIMESTAMP@", build.getProperty("timestamp")));
        return result;
    }

    /** The library, or a form of it in {@code target/} that starts faster. */
    private Path renewed(Path library, Rewriting rewriting) throws IOException {
        if (!Rewriting.isSlow(library)) {
            return library;
        }
        Path result = Files.createDirectories(project.resolve("target/renewed"))
                .resolve(library.getFileName());
        rewriting.renew(library, result);
        return result;
    }

    /**
     * The product in the form that starts fastest, and without what Maven adds to it of the machine: file modes, which
     * follow the umask, and in the manifest the JDK that Maven itself runs on.
     */
    private Path reproducible(Path product, Rewriting rewriting) throws IOException {
        Path result = project.resolve("target/probe.jar");
        try (var in = new JarFile(product.toFile());
                var out = new JarOutputStream(Files.newOutputStream(result))) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().remove(new Attributes.Name("Build-Tool-Jdk-Spec"));
            Jars.begin(out, JarFile.MANIFEST_NAME);
            manifest.write(out);
            for (String name : Rewriting.names(in)) {
                if (!name.equals(JarFile.MANIFEST_NAME)) {
                    Jars.begin(out, name);
                    byte[] content = Rewriting.read(in, name);
                    out.write(name.endsWith(".class") ? rewriting.unlinked(content) : content);
                }
            }
        }
        return result;
    }

    private void layOutLauncher() throws IOException {
        Path launcher = Files.createDirectories(home.resolve("bin")).resolve("probe");
        Files.copy(project.resolve("src/build/probe.sh"), launcher, REPLACE_EXISTING);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * Links the runtime, unless the same JDK already linked the same modules. In a process of its own:
     * jlink writes some classes as the JVM that runs it would make them, which are others inside this one.
     */
    private void linkRuntime() throws IOException, InterruptedException {
        var stamp = new Stamp("runtime", "jlink " + jdk() + LINKING);
        if (Files.exists(runtime.resolve("bin/java")) && stamp.isCurrent()) {
            return;
        }
        stamp.remove();
        deleteTree(runtime);
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        if (!Files.isExecutable(jlink)) {
            throw new IllegalStateException("this JDK has no jlink: " + jdk());
        }
        List<String> command = new ArrayList<>(List.of(jlink.toString()));
        command.addAll(LINKING);
        command.addAll(List.of("--output", runtime.toString()));
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().keySet().removeAll(JVM_OPTIONS);
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("jlink ended with " + code);
        }
        stamp.write();
    }

    /**
     * Records which classes a typical run loads and links, so that later runs find them ready (JEP 483,
     * JEP 514): a third of the processor time of a start without it. The JVM falls back to an ordinary
     * start where the record does not fit, so a missing one costs speed and nothing else.
     */
    private void recordStart() throws IOException, InterruptedException {
        Path cache = lib.resolve("probe.aot");
        var contents = new StringBuilder(jdk() + LINKING);
        for (Path file : libraries()) {
            contents.append(file.getFileName()).append(' ').append(checksum(file)).append('\n');
        }
        var stamp = new Stamp("start", contents.toString());
        if (Files.exists(cache) && stamp.isCurrent()) {
            return;
        }
        stamp.remove();
        Files.deleteIfExists(cache);
        runRecorded(cache);
        if (Files.exists(cache)) {
            stamp.write();
        } else {
            System.err.println("probe will start slowly: see target/start.log");
        }
    }

    /** The program runs as often as it takes to have loaded what a run usually needs. */
    private void runRecorded(Path cache) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(runtime.resolve("bin/java").toString(),
                "@" + lib.resolve("java.options"), "-XX:AOTCacheOutput=" + cache, "-cp",
                lib.resolve("probe.jar").toString(), "probe.cli.Main", "--rehearse-start");
        builder.environment().keySet().removeAll(JVM_OPTIONS);
        builder.redirectErrorStream(true);
        builder.redirectOutput(project.resolve("target/start.log").toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static String jdk() {
        return System.getProperty("java.home") + " " + System.getProperty("java.vm.version") + "\n";
    }

    /** What the launcher starts from: every file of lib/ but the record of the start. */
    private List<Path> libraries() throws IOException {
        try (Stream<Path> entries = Files.list(lib)) {
            return entries.filter(file -> !file.endsWith("probe.aot")).sorted().toList();
        }
    }

    private static long checksum(Path file) throws IOException {
        var checksum = new CRC32();
        checksum.update(Files.readAllBytes(file));
        return checksum.getValue();
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

    /** Remembers in {@code target/} what a step was made from, to skip it while that is unchanged. */
    private final class Stamp {

        private final Path file;
        private final String wanted;

        Stamp(String step, String wanted) {
            this.file = project.resolve("target").resolve(step + ".stamp");
            this.wanted = wanted;
        }

        boolean isCurrent() throws IOException {
            return Files.exists(file) && Files.readString(file).equals(wanted);
        }

        void remove() throws IOException {
            Files.deleteIfExists(file);
        }

        void write() throws IOException {
            Files.writeString(file, wanted);
        }
    }
}
