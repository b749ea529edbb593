package probe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the build wrote about itself into {@code probe/build.properties}.
 *
 * @param version the product's version, as in the build file
 * @param timestamp the reproducible build's fixed instant, ISO 8601; not the time of compiling
 */
record BuildInfo(String version, String timestamp) {

    private static final String RESOURCE = "/probe/build.properties";

    /**
     * Reads the build data from the class path.
     *
     * @throws IllegalStateException if the program was packaged without it, or with a part missing
     */
    static BuildInfo load() {
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
