package probe.prober;

import probe.attempt.Redirect;
import probe.profile.HttpSettings;
import probe.target.Target;

/** What an answer asks for next. */
public sealed interface RedirectStep {

    /** Nothing: the answer stands for itself. */
    record Stay() implements RedirectStep {}

    /**
     * The same question at another place.
     *
     * @param target where
     * @param request what to ask there; never more of a secret than that place may know
     * @param origin whether it is the place that was asked before
     */
    record Follow(Target target, HttpSettings request, Origin origin) implements RedirectStep {

        /** What is written into the answer that led here. */
        public Redirect redirect() {
            return new Redirect(Redirect.Outcome.FOLLOWED, target.url());
        }
    }

    /**
     * A place that is not asked.
     *
     * @param redirect where, and why not
     */
    record Broken(Redirect redirect) implements RedirectStep {}

    /** Whether scheme, host and port stay what they were (RFC 6454 §4). */
    enum Origin {
        /** They stay. */
        SAME,
        /** One of them differs. */
        OTHER
    }
}
