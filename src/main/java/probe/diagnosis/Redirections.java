package probe.diagnosis;

import java.util.ArrayList;
import java.util.List;
import probe.attempt.Attempt;
import probe.attempt.HttpFacts;
import probe.attempt.Redirect;
import probe.target.Target;
import probe.target.TargetParser;
import probe.target.TargetSyntaxException;

/** The chain of redirects that led to a failure, and its words. */
final class Redirections {
    private Redirections() {}

    /** How many redirects had led to an attempt. */
    static int hop(Attempt attempt) {
        HttpFacts http = attempt.http();
        return http == null ? 0 : http.hop();
    }

    /** Whether another attempt asks where this one's answer led to: then that one tells how it ended. */
    static boolean isFollowed(Attempt attempt) {
        HttpFacts http = attempt.http();
        return http != null && http.isFollowed();
    }

    /** The facts as they are about the place that redirects have led to; the attempts stay those of the whole chain. */
    static Facts at(Attempt attempt, Facts facts) {
        HttpFacts http = attempt.http();
        if (http == null || http.hop() == 0) {
            return facts;
        }
        try {
            Target target = TargetParser.parse(http.url());
            return new Facts(target, facts.attempts(), facts.observations());
        } catch (TargetSyntaxException onlyInReportsWrittenByOthers) {
            return facts;
        }
    }

    /** The answers that led to the attempt of an incident, first to last; with its own when it is a redirect too. */
    static List<HttpFacts> chain(Incident incident) {
        List<HttpFacts> chain = new ArrayList<>();
        HttpFacts last = incident.attempt().http();
        if (last == null) {
            return List.of();
        }
        if (last.redirect() != null) {
            chain.add(last);
        }
        List<Attempt> before = incident.facts().attempts();
        for (int i = before.indexOf(incident.attempt()) - 1; i >= 0 && last.hop() > 0; i--) {
            HttpFacts http = before.get(i).http();
            Redirect redirect = http == null ? null : http.redirect();
            if (http != null && redirect != null && http.isFollowed()
                    && http.hop() == last.hop() - 1 && redirect.location().equals(last.url())) {
                chain.add(http);
                last = http;
            }
        }
        return chain.reversed();
    }

    /**
     * Findings as they weigh after a redirect: that the wrong thing was asked for is hardly this client's fault when
     * the server told it to ask for that.
     */
    static List<Finding> weighed(Incident incident, List<Finding> findings) {
        return hop(incident.attempt()) == 0 ? findings
                : findings.stream().map(Redirections::weighed).toList();
    }

    private static Finding weighed(Finding finding) {
        boolean blamesTheQuestion = finding.evidence().supports() == Side.CLIENT
                && finding.locus() == Locus.CONFIGURATION;
        return blamesTheQuestion
                ? new Finding(finding.evidence(), Finding.Weight.SUGGESTS, finding.locus(),
                        finding.alternatives())
                : finding;
    }

    /** {@code After 2 redirects, at http://b.example/: }, or nothing. */
    static String led(Incident incident) {
        HttpFacts http = incident.attempt().http();
        return http == null || http.hop() == 0 ? ""
                : "After " + Words.count(http.hop(), "redirect", "redirects") + ", at "
                        + Words.cut(http.url()) + ": ";
    }

    /** What a redirect that was not followed says, blaming nobody. */
    static String broken(Incident incident) {
        HttpFacts http = incident.attempt().http();
        Redirect redirect = http == null ? null : http.redirect();
        String where = Words.where(incident.attempt());
        if (http == null || redirect == null) {
            return where + " answered with a redirect that was not followed.";
        }
        String to = where + " answered " + http.status() + " and leads to "
                + Words.cut(redirect.location());
        return to + switch (redirect.outcome()) {
            case FOLLOWED -> ".";
            case LOOP -> ", which had been asked before: the redirects go in a circle.";
            case LIMIT -> " after as many redirects as are allowed (" + http.hop() + ").";
            case MALFORMED -> ", which names no place that can be asked.";
            case OTHER_SCHEME -> ", which is neither http nor https.";
            case BODY_SPENT -> " with the same body, which came from standard input and is spent.";
            case BODY_WITHHELD -> " with the same body, which is not handed to another origin.";
        };
    }
}
