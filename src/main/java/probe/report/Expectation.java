package probe.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Kind;

/**
 * Which outcomes a user wants: a test may well assert that a port <em>must</em> be refused.
 *
 * @param health whether a healthy target is one of them
 * @param kinds the faults that are
 */
public record Expectation(Health health, Set<Kind> kinds) {

    /** Whether a healthy target is wanted. */
    public enum Health {
        /** It is. */
        WANTED,
        /** It is not. */
        UNWANTED
    }

    /** What users want when they say nothing. */
    public static Expectation healthy() {
        return new Expectation(Health.WANTED, Set.of());
    }

    /** Any fault whatever. */
    public static Expectation anyFault() {
        return new Expectation(Health.UNWANTED, EnumSet.allOf(Kind.class));
    }

    /** One of these faults. */
    public static Expectation of(Set<Kind> kinds) {
        return new Expectation(Health.UNWANTED, Set.copyOf(kinds));
    }

    /** A healthy target, or one of these faults. */
    public static Expectation healthyOr(Set<Kind> kinds) {
        return new Expectation(Health.WANTED, Set.copyOf(kinds));
    }

    /** Whether the user said nothing. */
    public boolean isUsual() {
        return equals(healthy());
    }

    /** Whether this outcome is wanted; null stands for a healthy target. */
    public boolean isMet(@Nullable Diagnosis diagnosis) {
        return diagnosis == null ? health == Health.WANTED : kinds.contains(diagnosis.kind());
    }

    /**
     * What {@link #words} wrote.
     *
     * @throws IllegalArgumentException when a word is none of them
     */
    static Expectation parse(List<String> words) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String word : words) {
            switch (word) {
                case "healthy" -> {}
                case "any-fault" -> kinds.addAll(EnumSet.allOf(Kind.class));
                default -> kinds.add(Kind.byId(word)
                        .orElseThrow(
                                () -> new IllegalArgumentException(word + " is no kind of fault")));
            }
        }
        return new Expectation(words.contains("healthy") ? Health.WANTED : Health.UNWANTED,
                Set.copyOf(kinds));
    }

    /** The wanted outcomes in words: {@code healthy}, {@code any-fault}, or kinds in the order of their list. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (health == Health.WANTED) {
            words.add("healthy");
        }
        if (kinds.size() == Kind.values().length) {
            words.add("any-fault");
        } else {
            kinds.stream().sorted().forEach(kind -> words.add(kind.id()));
        }
        return List.copyOf(words);
    }
}
