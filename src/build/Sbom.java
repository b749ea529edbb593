import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The bill of materials, as CycloneDX 1.6: every library of the run-time class path, and the Java runtime.
 * Written here because the format's own Maven plugin refuses to work without a network, knows nothing of
 * the runtime, and takes longer than all packages together.
 */
final class Sbom {

    /** By the group of a library, the SPDX name of its licence, as its own pom or jar states it. */
    private static final Map<String, String> LICENCES = Map.of(
            "com.fasterxml.jackson.core", "Apache-2.0",
            "dnsjava", "BSD-3-Clause",
            "info.picocli", "Apache-2.0",
            "org.apache.httpcomponents.client5", "Apache-2.0",
            "org.apache.httpcomponents.core5", "Apache-2.0",
            "org.slf4j", "MIT");

    private Sbom() {}

    /**
     * Writes the bill.
     *
     * @param repository the local Maven repository that the libraries lie in, which names them
     * @param delivered the folder with the libraries as they are delivered
     * @param runtime the Java runtime that the packages carry
     * @param java the JDK that it was linked from
     * @throws IllegalStateException if a library's licence is not known here: look it up first
     */
    static void write(String version, String timestamp, List<Path> libraries, Path repository, Path delivered,
            Path runtime, Path java, Path to) throws IOException {
        List<String> components = new ArrayList<>();
        for (Path library : libraries) {
            components.add(library(library, repository, delivered));
        }
        components.add(runtime(runtime, java));
        Files.writeString(to, """
                {
                  "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
                  "bomFormat": "CycloneDX",
                  "specVersion": "1.6",
                  "version": 1,
                  "metadata": {
                    "timestamp": "%s",
                    "lifecycles": [{"phase": "build"}],
                    "component": {
                      "type": "application",
                      "bom-ref": "probe",
                      "name": "probe",
                      "version": "%s",
                      "licenses": [{"license": {"id": "Apache-2.0"}}]
                    }
                  },
                  "components": [
                %s
                  ]
                }
                """.formatted(timestamp, version, String.join(",\n", components)));
    }

    /** A library's names are its place in a Maven repository: group, artifact, version. */
    private static String library(Path library, Path repository, Path delivered) throws IOException {
        Path folder = repository.relativize(library).getParent();
        String version = folder.getFileName().toString();
        String artifact = folder.getParent().getFileName().toString();
        String group = folder.getParent().getParent().toString().replace('/', '.');
        String licence = LICENCES.get(group);
        if (licence == null) {
            throw new IllegalStateException("under which licence is " + library.getFileName()
                    + "? Look it up, and add it to " + Sbom.class.getName());
        }
        String purl = "pkg:maven/%s/%s@%s?type=jar".formatted(group, artifact, version);
        return """
                    {
                      "type": "library",
                      "bom-ref": "%s",
                      "group": "%s",
                      "name": "%s",
                      "version": "%s",
                      "scope": "required",
                      "hashes": [{"alg": "SHA-256", "content": "%s"}],
                      "licenses": [{"license": {"id": "%s"}}],
                      "purl": "%s"
                    }""".formatted(purl, group, artifact, version,
                            sha256(delivered.resolve(library.getFileName())), licence, purl);
    }

    private static String runtime(Path runtime, Path java) throws IOException {
        var release = new Properties();
        try (var in = Files.newBufferedReader(java.resolve("release"))) {
            release.load(in);
        }
        String version = unquoted(release, "JAVA_RUNTIME_VERSION");
        return """
                    {
                      "type": "platform",
                      "bom-ref": "java-runtime",
                      "supplier": {"name": "%s"},
                      "name": "OpenJDK",
                      "version": "%s",
                      "description": "The runtime/ folder; the plain jar holds none.",
                      "scope": "required",
                      "hashes": [{"alg": "SHA-256", "content": "%s"}],
                      "licenses": [{"expression": "GPL-2.0-only WITH Classpath-exception-2.0"}]
                    }""".formatted(unquoted(release, "IMPLEMENTOR"), version,
                sha256(runtime.resolve("lib/modules")));
    }

    private static String unquoted(Properties release, String key) {
        return release.getProperty(key, "unknown").replaceAll("[\"\\\\]", "");
    }

    private static String sha256(Path file) throws IOException {
        return hash("SHA-256", file);
    }

    /** A file's hash in lower-case hexadecimal digits. */
    static String hash(String algorithm, Path file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm)
                            .digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
