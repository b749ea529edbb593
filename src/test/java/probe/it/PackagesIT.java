package probe.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import probe.testing.ClosedPort;
import probe.testing.Needs;
import probe.testing.Prerequisite;
import probe.testing.ValidReport;

/** What is published: each package is used as its reader would, and none tells of its build. */
@Needs({Prerequisite.PACKAGED, Prerequisite.PACKAGES})
class PackagesIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }

    private static Path published(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(property("probe.packages")))) {
            return files.filter(file -> file.toString().endsWith(suffix)).findFirst().orElseThrow();
        }
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    @Test
    void the_jar_alone_is_the_whole_program_for_a_jdk() throws IOException {
        try (ClosedPort closed = ClosedPort.open()) {
            PackagedProbe.Result result = PackagedProbe.shell("cd / && %s -jar %s 127.0.0.1:%d"
                    .formatted(java(), published(".jar"), closed.port()));
            assertEquals(1, result.exit(), result.err());
            assertEquals("", result.err());
            JsonNode report = MAPPER.readTree(ValidReport.check(result.out()));
            assertEquals("refused", report.at("/diagnosis/kind").asText());
            assertEquals("sock_diag", report.at("/environment/kernelEvidence").asText(),
                    "native access is granted by the manifest");
        }
    }

    @Test
    @Needs(Prerequisite.LINUX)
    void the_archive_runs_where_it_is_unpacked_and_can_record_its_start(@TempDir Path folder)
            throws IOException {
        PackagedProbe.Result result = PackagedProbe.shell("""
                set -eu
                tar --extract --file=%s --directory=%s && cd %2$s/probe-*
                test -s LICENSE -a -s README.md -a -s CHANGELOG.md -a -s probe.cdx.json
                bin/probe --version
                bin/probe man | cmp - share/man/man1/probe.1
                bin/probe completion bash | cmp - share/bash-completion/completions/probe
                bin/probe completion zsh | cmp - share/zsh/site-functions/_probe
                bin/probe completion fish | cmp - share/fish/vendor_completions.d/probe.fish
                lib/record-start
                # With this mode, a recording that does not fit ends the JVM.
                runtime/bin/java @lib/java.options -XX:AOTMode=on -XX:AOTCache=lib/probe.aot \
                        -cp lib/probe.jar probe.cli.Main --version
                """.formatted(published(".tar.gz"), folder));
        assertEquals(0, result.exit(), result.err());
        assertEquals("", result.err());
        List<String> versions = result.out().lines().distinct().toList();
        assertEquals(1, versions.size(), result.out());
        assertTrue(versions.getFirst().startsWith("probe " + property("probe.version")));
    }

    @Test
    @Needs(value = {Prerequisite.ROOT, Prerequisite.MOUNT_NAMESPACES}, commands = "dpkg-deb")
    void the_debian_package_installs_and_leaves_nothing_when_it_is_purged(@TempDir Path folder)
            throws IOException {
        // Everything that is written goes to a file system in memory above this machine's own.
        PackagedProbe.Result result = PackagedProbe.shell("""
                exec unshare --mount --propagation private bash -euo pipefail <<'END'
                mount -t tmpfs none %1$s && cd %1$s && mkdir upper work root
                mount -t overlay -o lowerdir=/,upperdir=upper,workdir=work none root
                mount --bind /proc root/proc && mount --bind /dev root/dev
                cp %2$s root/probe.deb
                # Triggers are what other packages do about it: the index of all manual pages.
                chroot root dpkg --no-triggers --install /probe.deb >&2
                chroot root bash -euo pipefail <<'INSIDE'
                cd / && unset JAVA_HOME && export PATH=/usr/sbin:/usr/bin:/sbin:/bin
                test "$(command -v probe)" = /usr/bin/probe
                probe --version
                probe 127.0.0.1:1 || test $? = 1
                test -s /usr/lib/probe/lib/probe.aot
                probe man | cmp - <(gzip -dc /usr/share/man/man1/probe.1.gz)
                probe completion bash | cmp - /usr/share/bash-completion/completions/probe
                probe completion zsh | cmp - /usr/share/zsh/vendor-completions/_probe
                probe completion fish | cmp - /usr/share/fish/vendor_completions.d/probe.fish
                cd / && md5sum --quiet -c /var/lib/dpkg/info/probe.md5sums
                INSIDE
                chroot root dpkg --no-triggers --purge probe >&2
                # What is there now and was not before; dpkg's own records and the log aside.
                rm root/probe.deb
                find upper -mindepth 1 | sed 's,^upper,,' | while read -r path; do
                    case $path in
                        /var/lib/dpkg/info/probe.*) ;;
                        /var/lib/dpkg/*|/var/log/*|/var/cache/*) continue ;;
                    esac
                    if test -e "root$path" && ! test -e "$path"; then echo "left: $path"; fi
                done
                END
                """.formatted(folder, published(".deb")));
        assertEquals(0, result.exit(), result.err());
        List<String> lines = result.out().lines().toList();
        assertEquals(2, lines.size(), result.out() + result.err());
        assertTrue(lines.getFirst().startsWith("probe " + property("probe.version")));
        ValidReport.check(lines.getLast());
    }

    @Test
    void the_bill_of_materials_names_exactly_what_is_delivered() throws Exception {
        String text = Files.readString(published(".cdx.json"));
        Schema format = cycloneDx();
        assertEquals(List.of(), objections(format, text));
        assertFalse(objections(format, text.replace("\"MIT\"", "\"none\"")).isEmpty());
        Map<String, String> billed = new TreeMap<>();
        JsonNode bill = MAPPER.readTree(text);
        for (JsonNode component : bill.path("components")) {
            assertTrue(component.at("/licenses/0").isObject(), component.toString());
            boolean library = component.path("type").asText().equals("library");
            billed.put(
                    library ? component.path("name").asText() + "-"
                            + component.path("version").asText() + ".jar" : "runtime",
                    component.at("/hashes/0/content").asText());
        }
        Path home = Path.of(property("probe.home"));
        Map<String, String> delivered = new TreeMap<>();
        delivered.put("runtime", sha256(home.resolve("runtime/lib/modules")));
        for (Path file : list(home.resolve("lib"), name -> name.endsWith(".jar")
                && !name.equals("probe.jar"))) {
            delivered.put(file.getFileName().toString(), sha256(file));
        }
        assertEquals(delivered, billed);
        assertEquals(property("probe.version"), bill.at("/metadata/component/version").asText());
    }

    /** The format's own schema. */
    private static Schema cycloneDx() throws IOException {
        Map<String, String> schemas = new TreeMap<>();
        for (String name : List.of("bom-1.6", "spdx", "jsf-0.82")) {
            String file = name + ".schema.json";
            try (InputStream in = PackagesIT.class.getResourceAsStream("/" + file)) {
                schemas.put("http://cyclonedx.org/schema/" + file, new String(
                        Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return SchemaRegistry
                .withDefaultDialect(SpecificationVersion.DRAFT_7,
                        registry -> registry.schemas(schemas))
                .getSchema(schemas.get("http://cyclonedx.org/schema/bom-1.6.schema.json"),
                        InputFormat.JSON);
    }

    private static List<String> objections(Schema format, String bill) {
        return format.validate(bill, InputFormat.JSON)
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    @Test
    @Needs(commands = "dpkg-deb")
    void the_same_input_packed_again_gives_the_same_bytes(@TempDir Path folder) throws Exception {
        Path home = Path.of(property("probe.home"));
        Path project = Objects.requireNonNull(Objects.requireNonNull(home.getParent()).getParent());
        List<String> libraries = list(home.resolve("lib"), name -> name.endsWith(".jar"))
                .stream()
                .map(file -> file.getFileName().toString())
                .toList();
        String classPath = Stream
                .of(System.getProperty("surefire.test.class.path",
                        System.getProperty("java.class.path")).split(File.pathSeparator))
                .filter(entry -> libraries.contains(String.valueOf(Path.of(entry).getFileName())))
                .collect(Collectors.joining(File.pathSeparator));
        // Another umask, time zone and language.
        PackagedProbe.Result again = PackagedProbe.shell("umask 077; TZ=Asia/Tokyo LC_ALL=C exec "
                + "%s -XX:TieredStopAtLevel=1 %s %s %s %s %s %s %s".formatted(java(),
                        project.resolve("src/build/Packages.java"), project,
                        property("probe.version"), property("probe.timestamp"),
                        property("probe.repository"), folder.resolve("again"), classPath));
        assertEquals(0, again.exit(), again.err());
        assertEquals(sums(Path.of(property("probe.packages"))), sums(folder.resolve("again")),
                "unless a file of the project changed since");
    }

    private static Map<String, String> sums(Path folder) throws Exception {
        Map<String, String> sums = new TreeMap<>();
        for (Path file : list(folder, name -> true)) {
            sums.put(file.getFileName().toString(), sha256(file));
        }
        return sums;
    }

    private static List<Path> list(Path folder, Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> wanted.test(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
