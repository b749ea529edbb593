package probe.report;

import org.jspecify.annotations.Nullable;

/**
 * How many targets of a run are probed at once.
 *
 * @param asked how many may be, by the settings
 * @param used how many are, at most
 * @param openFiles the limit on open files that {@code used} was lowered for, or null where it was not
 */
public record Concurrency(int asked, int used, @Nullable Long openFiles) {

    /** As many as the settings say. */
    public static Concurrency asAsked(int asked) {
        return new Concurrency(asked, asked, null);
    }
}
