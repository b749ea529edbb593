package probe.evidence.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The text files of {@code /proc}, of which any may be missing. Costs 10 to 60 µs a file; but the socket tables
 * {@code net/tcp} and {@code net/tcp6} cost 5 ms each, 50 ms with 20,000 sockets (section 5 of the experiments).
 */
@FunctionalInterface
public interface Proc {
    /** The lines of a file, by its path below {@code /proc}; empty where it cannot be read. */
    List<String> lines(String path);

    /** This machine's. */
    static Proc system() {
        return under(Path.of("/proc"));
    }

    /** A tree of files that looks like it. */
    static Proc under(Path root) {
        return path -> {
            // The kernel says of such a file that it is empty; this reads it in pieces of 16 kB all the same.
            try (FileInputStream in = new FileInputStream(root.resolve(path).toFile())) {
                return split(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            } catch (IOException missing) {
                return List.of();
            }
        };
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        return lines;
    }

    /** The number that is alone in a file, or {@code otherwise}. */
    default long number(String path, long otherwise) {
        List<String> lines = lines(path);
        try {
            return lines.isEmpty() ? otherwise : Long.parseLong(lines.getFirst().strip());
        } catch (NumberFormatException notOne) {
            return otherwise;
        }
    }
}
