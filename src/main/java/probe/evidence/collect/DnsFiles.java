package probe.evidence.collect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files by which this machine resolves names.
 *
 * @param resolvConf name servers and search domains
 * @param hosts names with fixed addresses
 * @param nsswitch which sources are asked, in which order
 * @param hostname the name of this machine, whose domain is searched when nothing else is said
 */
record DnsFiles(Path resolvConf, Path hosts, Path nsswitch, Path hostname) {
    /** More than any of them needs; a hosts file that blocks the world's advertisements has some megabytes. */
    private static final int MAX_BYTES = 16 << 20;

    /** Those of Linux. */
    static DnsFiles ofSystem() {
        return new DnsFiles(Path.of("/etc/resolv.conf"), Path.of("/etc/hosts"),
                Path.of("/etc/nsswitch.conf"), Path.of("/proc/sys/kernel/hostname"));
    }

    /** The lines of a file without comments, or empty where it cannot be read. */
    static Optional<List<String>> lines(Path file, String commentMarks) {
        try (var in = Files.newInputStream(file)) {
            // ISO 8859-1: a stray byte in a comment must not lose the whole file.
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
            return Optional.of(text.lines().map(line -> uncommented(line, commentMarks)).toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String uncommented(String line, String marks) {
        int end = 0;
        while (end < line.length() && marks.indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return line.substring(0, end).strip();
    }
}
