import java.io.IOException;
import java.time.LocalDateTime;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Jar entries that say nothing of the machine or the moment of a build. */
final class Jars {

    private Jars() {}

    /** Begins an entry with a time that is the same everywhere. */
    static void begin(JarOutputStream out, String name) throws IOException {
        var entry = new JarEntry(name);
        // Any earlier, and Java adds an instant, which depends on the time zone.
        entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
        out.putNextEntry(entry);
    }
}
