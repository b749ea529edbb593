package probe.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.profile.Profile;
import probe.profile.ProfileReader;

/**
 * What a user has set once for all runs. A flag outweighs the environment, that outweighs {@code --profile}, and that
 * the user's own file; an empty variable counts as none.
 */
final class UserDefaults {
    /** The options that a variable can stand for: those that are about the client and not about one request. */
    static final List<String> VARIABLES = List.of("--connect-timeout",
            "--connection-request-timeout", "--socket-timeout", "--tls-timeout", "--dns-timeout",
            "--deadline", "--profile", "--attempts", "--interval", "--evidence", "--control",
            "--format", "--concurrency", "--per-host", "--color", "--cacert", "--tls-min",
            "--tls-max");
    /** What the user's own file is called in a report. */
    private static final String CONFIG = "config";

    private final Map<String, String> environment;

    UserDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The variable that stands for an option: {@code PROBE_CONNECT_TIMEOUT} for {@code --connect-timeout}. */
    static String variable(String option) {
        return "PROBE_"
                + option.substring("--".length()).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** What the environment says of an option, or null. */
    @Nullable
    String value(String option) {
        if (!VARIABLES.contains(option)) {
            return null;
        }
        String value = environment.getOrDefault(variable(option), "");
        return value.isEmpty() ? null : value;
    }

    /** Where the user's own file is, if there is one. */
    Optional<Path> file() {
        String named = environment.get("PROBE_CONFIG");
        try {
            if (named != null) {
                return named.isEmpty() ? Optional.empty() : Optional.of(readable(Path.of(named)));
            }
            String home = environment.getOrDefault("HOME", "");
            String folder = environment.getOrDefault("XDG_CONFIG_HOME",
                    home.isEmpty() ? "" : home + "/.config");
            Path file = Path.of(folder, "probe", "config.json");
            return folder.isEmpty() || !Files.isReadable(file) ? Optional.empty()
                    : Optional.of(file);
        } catch (InvalidPathException e) {
            throw new UsageException("PROBE_CONFIG, XDG_CONFIG_HOME or HOME is no path");
        }
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UsageException("PROBE_CONFIG: cannot read the file "
                    + OptionsReader.quote(file.toString()) + "; check its name and permissions");
        }
        return file;
    }

    /**
     * The user's own file, read.
     *
     * @throws probe.profile.ProfileException when it is malformed
     */
    Optional<Profile> profile() {
        return file().map(file -> ProfileReader.load(file.toString()).named(CONFIG));
    }
}
