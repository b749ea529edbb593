package probe.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads profiles, bundled ones by name and others by path, strictly: what is unknown, double, of the wrong type or
 * too much is refused. Comments ({@code //} and {@code /* *}{@code /}) are allowed.
 */
public final class ProfileReader {
    /** Far more than any profile needs; a wrong path such as a disk image must not fill the memory. */
    static final int MAX_BYTES = 256 * 1024;
    /** The profile in force when none is asked for. */
    public static final String DEFAULT = "default";
    private static final List<String> BUNDLED = List.of(DEFAULT, "ci", "imap", "imap-starttls",
            "ldap",
            "ldap-starttls", "mysql", "patient", "pop3", "pop3-starttls", "postgres",
            "postgres-tls", "redis", "smtp",
            "smtp-starttls", "ssh", "strict");

    private ProfileReader() {}

    /** The names of the profiles that come with the program, {@code default} first. */
    public static List<String> bundledNames() {
        return BUNDLED;
    }

    /**
     * The profile that a user asks for: a bundled name, or the path of a file (anything with a slash, anything that
     * ends in {@code .json}, anything that exists).
     *
     * @throws ProfileException when there is no such profile, it cannot be read or it is malformed
     */
    public static Profile load(String nameOrPath) {
        if (BUNDLED.contains(nameOrPath)) {
            return bundled(nameOrPath);
        }
        try {
            Path path = Path.of(nameOrPath);
            if (nameOrPath.contains("/") || nameOrPath.endsWith(".json") || Files.exists(path)) {
                return file(nameOrPath, path);
            }
        } catch (InvalidPathException notEvenAPath) {
            // Then it is a name, and not one of ours.
        }
        throw new ProfileException("unknown profile " + Quote.of(nameOrPath)
                + Suggestions.closest(nameOrPath, BUNDLED)
                        .map(near -> "; did you mean '" + near + "'? Type one of ")
                        .orElse("; type one of ")
                + String.join(", ", BUNDLED) + ", or the path of a file such as ./mine.json");
    }

    /**
     * The profile in a text that is already here.
     *
     * @param name what messages and the values' origin call it
     * @throws ProfileException when it is malformed
     */
    public static Profile parse(String name, String text) {
        return ProfileParser.parse(new Origin.FromProfile(name), name, text);
    }

    private static Profile bundled(String name) {
        String resource = "/profiles/" + name + ".json";
        try (InputStream in = ProfileReader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            Origin origin = name.equals(DEFAULT) ? new Origin.Default()
                    : new Origin.FromProfile(name);
            return ProfileParser.parse(origin, name, text(name, in));
        } catch (IOException e) {
            throw new ProfileException(
                    "profile " + name + " cannot be read: the installation is damaged");
        }
    }

    private static Profile file(String shown, Path path) {
        if (Files.isDirectory(path)) {
            throw new ProfileException(
                    Quote.bare(shown) + ": is a directory; type the path of a file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return parse(shown, text(shown, in));
        } catch (NoSuchFileException e) {
            throw new ProfileException(
                    Quote.bare(shown) + ": no such file; type the path of one, or one of: "
                            + String.join(", ", BUNDLED));
        } catch (AccessDeniedException e) {
            throw new ProfileException(
                    Quote.bare(shown) + ": permission denied; make the file readable");
        } catch (IOException e) {
            throw new ProfileException(
                    Quote.bare(shown) + ": cannot be read (" + e.getClass().getSimpleName()
                            + "); type the path of a readable file");
        }
    }

    private static String text(String shown, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ProfileException(Quote.bare(shown) + ": larger than " + MAX_BYTES / 1024
                    + " KiB; type the path of a profile");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer source = ByteBuffer.wrap(bytes);
        CharBuffer target = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(source, target, true);
        String text = target.flip().toString();
        if (result.isError()) {
            throw new ProfileException(
                    Quote.bare(shown) + position(text) + ": not UTF-8; save the file as UTF-8");
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text; // the mark some editors put first
    }

    private static String position(String before) {
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return ":" + line + ":" + (before.length() - before.lastIndexOf('\n'));
    }
}
