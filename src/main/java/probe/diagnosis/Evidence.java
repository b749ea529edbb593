package probe.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * One step of the reasoning, as the user sees it.
 *
 * @param source where the fact is from: {@code attempt}, {@code kernel}, {@code control}, {@code dns},
 *     {@code tls}, {@code http}, {@code proxy}, {@code settings}
 * @param fact a stable kebab-case name
 * @param value a number, a word or a list of words; what the fact's name promises
 * @param supports the side it speaks for, or null when it only explains
 * @param text one sentence for people
 */
public record Evidence(String source, String fact, Object value, @Nullable Side supports,
        String text) {}
