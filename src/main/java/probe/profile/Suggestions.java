package probe.profile;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What somebody who typed an unknown word probably meant. */
public final class Suggestions {

    private Suggestions() {}

    /**
     * The known word nearest to {@code word}, if one is near: at most one slip (a letter wrong, missing, extra, or two
     * swapped) for every three letters. Case and the choice between {@code aB}, {@code a_b} and {@code a-b} count as no
     * slip.
     */
    public static Optional<String> closest(String word, Collection<String> known) {
        if (word.length() > 64) {
            return Optional.empty(); // no known word is that long, and the table below is quadratic
        }
        String wanted = kebab(word);
        String best = null;
        int least = Math.max(1, wanted.length() / 3) + 1;
        for (String candidate : known) {
            int slips = slips(wanted, kebab(candidate));
            if (slips < least) {
                least = slips;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private static String kebab(String word) {
        return word.replaceAll("([a-z])([A-Z])", "$1-$2")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }

    /** The optimal string alignment distance of two words. */
    private static int slips(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int substituted = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(substituted, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
