package probe.prober;

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

    /** Whether the pattern is found; a pattern that runs away is not. */
    static boolean find(Pattern pattern, CharSequence text) {
        try {
            return pattern.matcher(new BoundedText(text, new int[] {BUDGET})).find();
        } catch (RunAway | StackOverflowError tooFar) {
            return false;
        }
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
