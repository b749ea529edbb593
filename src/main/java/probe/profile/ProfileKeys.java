package probe.profile;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to say about a key that no profile has. */
final class ProfileKeys {
    /** The keys of each section, for those who leave the section out. */
    private static final Map<String, List<String>> SECTIONS = Map.of("timeouts",
            Arrays.stream(TimeoutName.values()).map(TimeoutName::id).toList(), "http",
            List.of("method", "headers", "expect-status", "expect-body"), "tls",
            List.of("min", "max", "server-name", "insecure"));

    private ProfileKeys() {}

    /**
     * The end of the complaint: what was probably meant, or what there is.
     *
     * @param depth how many keys stand above this one
     * @param known the keys that would be right here
     */
    static String hint(String key, int depth, Collection<String> known) {
        String bare = key.replaceFirst("(?i)[-_]?timeout$", ""); // the flags end so, the keys do not
        String near = Suggestions.closest(key, known)
                .or(() -> Suggestions.closest(bare, known))
                .or(() -> depth == 0 ? inSection(bare) : Optional.empty())
                .orElse(null);
        return near != null ? "; did you mean '" + near + "'?"
                : "; type one of " + String.join(", ", known.stream().sorted().toList());
    }

    private static Optional<String> inSection(String key) {
        return SECTIONS.entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(section -> Suggestions.closest(key, section.getValue())
                        .map(near -> section.getKey() + "." + near)
                        .stream())
                .findFirst();
    }
}
