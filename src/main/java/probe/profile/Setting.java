package probe.profile;

/**
 * A value in force together with where it came from.
 *
 * @param value what is in force
 * @param origin who said so
 */
public record Setting<T>(T value, Origin origin) {

    /** A value that nobody asked for. */
    public static <T> Setting<T> ofDefault(T value) {
        return new Setting<>(value, new Origin.Default());
    }

    /** A value that an environment variable holds. */
    public static <T> Setting<T> ofEnvironment(T value, String variable) {
        return new Setting<>(value, new Origin.FromEnvironment(variable));
    }

    /** A value typed on the command line. */
    public static <T> Setting<T> ofFlag(T value) {
        return new Setting<>(value, new Origin.Flag());
    }
}
