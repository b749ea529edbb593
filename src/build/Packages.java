import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes what is published, out of {@code target/probe}: the jar for any JDK 25, the archive and the Debian
 * package for this machine's kind of processor, the bill of materials, and the sums of them all. Run by
 * the build, as a source file, with the project's folder, the version, the time that every file gets,
 * the local Maven repository, the folder to write to, and the run-time class path. The same input gives
 * the same bytes: names in order, one time, no owner, modes of its own.
 */
class Packages {
    private final Path project;
    private final Path built;
    private final String version;
    private final Instant time;
    private final Path to;
    private final Path stage;

    private Packages(Path project, String version, Instant time, Path to) {
        this.project = project;
        this.built = project.resolve("target/probe");
        this.version = version;
        this.time = time;
        this.to = to;
        this.stage = to.resolve("stage");
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path to = Path.of(args[4]);
        deleteTree(to);
        Files.createDirectories(to);
        var packages = new Packages(Path.of(args[0]), args[1], Instant.parse(args[2]), to);
        List<Path> libraries = Stream.of(args[5].split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .sorted(Comparator.comparing(Path::getFileName))
                .toList();
        Path lib = packages.built.resolve("lib");
        PlainJar.write(lib.resolve("probe.jar"), libraries.stream()
                .map(library -> lib.resolve(library.getFileName()))
                .toList(),
                packages.project.resolve("LICENSE"), to.resolve("probe-" + args[1] + ".jar"));
        Sbom.write(args[1], args[2], libraries, Path.of(args[3]), lib, packages.built.resolve("runtime"),
                Path.of(System.getProperty("java.home")), packages.sbom());
        if (System.getProperty("os.name").equals("Linux")) {
            packages.pages();
            packages.both();
        }
        deleteTree(packages.stage);
        packages.sums();
    }

    /** Compressing is most of the work: one processor for each. */
    private void both() throws IOException, InterruptedException {
        var archive = new FutureTask<Void>(() -> {
            archive();
            return null;
        });
        Thread.ofPlatform().start(archive);
        debian();
        try {
            archive.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Path sbom() {
        return to.resolve("probe-" + version + ".cdx.json");
    }

    /** One folder with everything in it, to be unpacked wherever one likes. */
    private void archive() throws IOException, InterruptedException {
        String name = "probe-" + version;
        Path root = stage.resolve(name);
        program(root);
        copy(project.resolve("LICENSE"), root.resolve("LICENSE"));
        copy(project.resolve("README.md"), root.resolve("README.md"));
        copy(project.resolve("CHANGELOG.md"), root.resolve("CHANGELOG.md"));
        copy(sbom(), root.resolve("probe.cdx.json"));
        share(root.resolve("share"), "site-functions");
        settle(root);
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64"
                : System.getProperty("os.arch");
        run(stage, "tar", "--create", "--format=ustar", "--sort=name", "--owner=0", "--group=0",
                "--numeric-owner", "--use-compress-program=gzip -n",
                "--file=" + to.toAbsolutePath().resolve(name + "-linux-" + machine + ".tar.gz"),
                name);
    }

    /** Where Debian's policy wants each thing (Debian Policy 9.1, 12.1, 12.3, 12.5, 12.7). */
    private void debian() throws IOException, InterruptedException {
        if (Stream.of(System.getenv("PATH").split(":"))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, "dpkg-deb")))) {
            System.err.println("no .deb: dpkg-deb is not on the PATH");
            return;
        }
        Path root = stage.resolve("debian");
        program(root.resolve("usr/lib/probe"));
        Files.createDirectories(root.resolve("usr/bin"));
        Files.createSymbolicLink(root.resolve("usr/bin/probe"),
                Path.of("../lib/probe/bin/probe"));
        Path share = root.resolve("usr/share");
        share(share, "vendor-completions");
        Path doc = share.resolve("doc/probe");
        copy(project.resolve("CHANGELOG.md"), doc.resolve("changelog"));
        copy(sbom(), doc.resolve("probe.cdx.json"));
        Path parts = project.resolve("src/build/deb");
        write(doc.resolve("copyright"),
                withLicences(Files.readString(parts.resolve("copyright"))));
        run(root, "gzip", "-9n", "usr/share/man/man1/probe.1", "usr/share/doc/probe/changelog");
        Path control = root.resolve("DEBIAN");
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64"
                : System.getProperty("os.arch");
        // A tilde sorts before the release itself (Debian Policy 5.6.12).
        String debianVersion = version.replace("-SNAPSHOT", "~SNAPSHOT");
        write(control.resolve("md5sums"), md5sums(root));
        write(control.resolve("control"), Files.readString(parts.resolve("control"))
                .replace("@VERSION@", debianVersion)
                .replace("@ARCHITECTURE@", architecture)
                .replace("@SIZE@", String.valueOf(kibibytes(root))));
        for (String script : List.of("postinst", "prerm")) {
            copy(parts.resolve(script), control.resolve(script));
            Files.setPosixFilePermissions(control.resolve(script),
                    PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        settle(root);
        run(stage, "dpkg-deb", "--build", "--root-owner-group", "-Zgzip", "-z6", "debian",
                to.toAbsolutePath().resolve("probe_" + debianVersion + "_" + architecture + ".deb")
                        .toString());
    }

    /** The launcher, the libraries and the runtime, without the recorded start: no two are the same. */
    private void program(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(built)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("probe.aot"))
                    .toList()) {
                copy(file, root.resolve(built.relativize(file).toString()));
            }
        }
        Path record = root.resolve("lib/record-start");
        copy(project.resolve("src/build/record-start.sh"), record);
        Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The manual page and the completions, which the program itself prints. */
    private void pages() throws IOException, InterruptedException {
        Path pages = Files.createDirectories(stage.resolve("pages"));
        say(pages.resolve("probe.1"), "man");
        say(pages.resolve("probe.bash"), "completion", "bash");
        say(pages.resolve("probe.zsh"), "completion", "zsh");
        say(pages.resolve("probe.fish"), "completion", "fish");
    }

    private void say(Path file, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(built.resolve("bin/probe").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectOutput(file.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PROBE_"));
        finish(builder, String.join(" ", command));
    }

    private void share(Path share, String zsh) throws IOException {
        Path pages = stage.resolve("pages");
        copy(pages.resolve("probe.1"), share.resolve("man/man1/probe.1"));
        copy(pages.resolve("probe.bash"), share.resolve("bash-completion/completions/probe"));
        copy(pages.resolve("probe.zsh"), share.resolve("zsh").resolve(zsh).resolve("_probe"));
        copy(pages.resolve("probe.fish"), share.resolve("fish/vendor_completions.d/probe.fish"));
    }

    private void run(Path folder, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // dpkg-deb gives it to its own files, and gzip may add nothing to what is asked here.
        builder.environment().put("SOURCE_DATE_EPOCH", String.valueOf(time.getEpochSecond()));
        builder.environment().keySet().removeAll(List.of("GZIP", "TAR_OPTIONS"));
        finish(builder, String.join(" ", command));
    }

    private static void finish(ProcessBuilder builder, String what)
            throws IOException, InterruptedException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(what + " ended with " + process.exitValue());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
        if (Files.isExecutable(from)) {
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Gives everything one time, and one of two modes whatever the umask. */
    private void settle(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isSymbolicLink(path)) {
                    continue; // dpkg-deb gives it the time, and a link has no mode
                }
                boolean open = Files.isDirectory(path) || Files.getPosixFilePermissions(path)
                        .contains(PosixFilePermission.OWNER_EXECUTE);
                Files.setPosixFilePermissions(path,
                        PosixFilePermissions.fromString(open ? "rwxr-xr-x" : "rw-r--r--"));
                Files.setLastModifiedTime(path, FileTime.from(time));
            }
        }
    }

    /** The copyright file with the texts that it takes from the libraries' jars, indented as fields. */
    private String withLicences(String template) throws IOException {
        var text = new StringBuilder();
        for (String line : template.lines().toList()) {
            if (line.startsWith(" @")) {
                String[] place = line.substring(2, line.length() - 1).split("!");
                text.append(licence(place[0], place[1]));
            } else {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    private String licence(String glob, String entry) throws IOException {
        try (var found = Files.newDirectoryStream(built.resolve("lib"), glob);
                var jar = new JarFile(found.iterator().next().toFile());
                var content = jar.getInputStream(jar.getEntry(entry))) {
            return new String(content.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.isBlank() ? " .\n" : " " + line.strip() + "\n")
                    .collect(Collectors.joining());
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private static String md5sums(Path root) throws IOException {
        var text = new StringBuilder();
        for (Path file : files(root)) {
            text.append(Sbom.hash("MD5", file)).append("  ").append(root.relativize(file))
                    .append('\n');
        }
        return text.toString();
    }

    private static long kibibytes(Path root) throws IOException {
        long sum = 0;
        for (Path file : files(root)) {
            sum += (Files.size(file) + 1023) / 1024;
        }
        return sum;
    }

    private void sums() throws IOException {
        var sums = new TreeMap<String, String>();
        for (Path file : files(to)) {
            sums.put(file.getFileName().toString(), Sbom.hash("SHA-256", file));
        }
        Files.writeString(to.resolve("SHA256SUMS"), sums.entrySet()
                .stream()
                .map(sum -> sum.getValue() + "  " + sum.getKey() + "\n")
                .collect(Collectors.joining()));
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
