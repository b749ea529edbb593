package probe.diagnosis;

/**
 * Something that is no fault yet.
 *
 * @param code a stable kebab-case name
 * @param text one sentence for people
 */
public record Warning(String code, String text) {}
