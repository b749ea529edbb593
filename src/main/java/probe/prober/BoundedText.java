package probe.prober;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text that lets a regular expression look at it only so often, as some patterns would look for years. */
final class BoundedText implements CharSequence {
    /** Looks allowed for one search; a sane pattern needs a few per character. */
    private static final int BUDGET = 5_000_000;
    private final CharSequence text;
    private final int[] looks;

    private BoundedText(CharSequence text, int[] looks) {
        this.text = text;
        this.looks = looks;
    }

    /** How a search in a text that may still grow ended. */
    enum Found {
        YES,
        /** More text can change that. */
        NOT_YET,
        /** Nothing that may follow can change that: the pattern is bound to the beginning. */
        NEVER
    }

    /** Looks for the pattern; one that runs away is not found. */
    @SuppressWarnings("JdkObsolete") // hitEnd() is for text that is still coming, and that is the case here.
    static Found search(Pattern pattern, CharSequence text) {
        try {
            Matcher matcher = pattern.matcher(new BoundedText(text, new int[] {BUDGET}));
            if (matcher.find()) {
                return Found.YES;
            }
            return matcher.hitEnd() || text.isEmpty() ? Found.NOT_YET : Found.NEVER;
        } catch (RunAway | StackOverflowError tooFar) {
            return Found.NOT_YET;
        }
    }

    /** Whether the pattern is found; a pattern that runs away is not. */
    static boolean find(Pattern pattern, CharSequence text) {
        return search(pattern, text) == Found.YES;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (looks[0]-- <= 0) {
            throw new RunAway();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), looks);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static final class RunAway extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RunAway() {
            super("pattern looks too often", null, false, false);
        }
    }
}
