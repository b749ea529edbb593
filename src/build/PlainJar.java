import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The product and its libraries in one jar, which any JDK 25 runs. */
final class PlainJar {
    private static final String SERVICES = "META-INF/services/";

    /** Folder inside the jar for the licences of the libraries, each in a folder of its name. */
    private static final String LICENCES = "META-INF/licenses/";

    private final Map<String, byte[]> entries = new TreeMap<>();

    /**
     * Writes the jar.
     *
     * @param product the product's jar, whose manifest becomes the jar's
     * @throws IllegalStateException if two libraries hold different bytes under one name
     */
    static void write(Path product, List<Path> libraries, Path licence, Path to)
            throws IOException {
        var jar = new PlainJar();
        Manifest manifest = jar.take(product);
        manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        for (Path library : libraries) {
            jar.take(library);
        }
        jar.put("META-INF/LICENSE", Files.readAllBytes(licence));
        try (var out = new JarOutputStream(Files.newOutputStream(to))) {
            Jars.begin(out, JarFile.MANIFEST_NAME);
            manifest.write(out);
            for (var entry : jar.entries.entrySet()) {
                Jars.begin(out, entry.getKey());
                out.write(entry.getValue());
            }
        }
    }

    private Manifest take(Path library) throws IOException {
        String title = library.getFileName().toString().replaceFirst("\\.jar$", "");
        try (var in = new JarFile(library.toFile())) {
            for (JarEntry entry : in.stream().toList()) {
                String name = nameInside(entry.getName(), title);
                if (!entry.isDirectory() && !name.isEmpty()) {
                    try (InputStream content = in.getInputStream(entry)) {
                        put(name, content.readAllBytes());
                    }
                }
            }
            return in.getManifest();
        }
    }

    /**
     * Where an entry of a library belongs; empty for what has no meaning on a class path or describes
     * the library's own jar.
     */
    private static String nameInside(String name, String title) {
        if (name.equals(JarFile.MANIFEST_NAME) || name.endsWith("module-info.class")
                || name.startsWith("META-INF/maven/")
                || name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)")) {
            return "";
        }
        return name.matches("META-INF/[^/]+") ? LICENCES + title + name.substring(8) : name;
    }

    private void put(String name, byte[] content) {
        byte[] there = entries.putIfAbsent(name, content);
        if (there == null || Arrays.equals(there, content)) {
            return;
        }
        if (!name.startsWith(SERVICES)) {
            throw new IllegalStateException("two libraries hold a different " + name);
        }
        var both = new ByteArrayOutputStream();
        both.writeBytes(there);
        both.writeBytes("\n".getBytes(StandardCharsets.UTF_8));
        both.writeBytes(content);
        entries.put(name, both.toByteArray());
    }
}
