package probe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the build wrote about itself into {@code probe/build.properties}. The packaged program is told on its command
 * line too, as looking for a resource opens every jar of the class path.
 *
 * @param version the product's version, as in the build file
 * @param timestamp the reproducible build's fixed instant, ISO 8601; not the time of compiling
 */
record BuildInfo(String version, String timestamp) {

    private static final String RESOURCE = "/probe/build.properties";

    /**
     * The build data from the class path, read with the first call; to be made before a probe, which may use up what is
     * left of this process's descriptors.
     *
     * @throws IllegalStateException if the program was packaged without it, or with a part missing
     */
    static BuildInfo load() {
        return Once.VALUE;
    }

    private static final class Once {
        private static final BuildInfo VALUE = read();

        private Once() {}
    }

    private static BuildInfo read() {
        String version = System.getProperty("probe.build.version");
        String timestamp = System.getProperty("probe.build.timestamp");
        if (version != null && timestamp != null) {
            return new BuildInfo(version, timestamp);
        }
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(required(properties, "version"), required(properties, "timestamp"));
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalStateException(RESOURCE + " has no " + key);
        }
        return value;
    }
}
