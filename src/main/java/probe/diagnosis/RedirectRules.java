package probe.diagnosis;

import java.util.List;
import probe.attempt.HttpFacts;
import probe.attempt.Redirect;

/** What a chain of redirects says, and whose fault it is when it breaks (RFC 9110 §15.4). */
final class RedirectRules {
    private static final String FACT = "redirect";

    private RedirectRules() {}

    /**
     * Which answers led to the place that failed: a user who typed one URL finds the fault at another. Where nothing
     * but the question is wrong (a name that does not exist, 404), it is whoever wrote the Location that asked it.
     */
    static List<Finding> whoeverRedirectsChoosesThePlaceThatFailed(Incident incident) {
        List<HttpFacts> chain = Redirections.chain(incident);
        if (chain.isEmpty()) {
            return List.of();
        }
        List<String> steps = chain.stream().map(RedirectRules::step).toList();
        String text = "The way led by " + Words.count(steps.size(), "redirect", "redirects") + ": "
                + String.join("; ", steps) + ".";
        boolean chosen = Redirections.hop(incident.attempt()) > 0 && incident.is(
                Kind.DNS_NOT_FOUND, Kind.DNS_NO_ADDRESS, Kind.DNS_BOGUS_ADDRESS, Kind.REFUSED,
                Kind.TLS_NOT_TLS, Kind.TLS_CERT_NAME_MISMATCH, Kind.HTTP_BAD_REQUEST,
                Kind.HTTP_NOT_FOUND, Kind.HTTP_CLIENT_ERROR, Kind.HTTP_TOO_LARGE);
        return List.of(chosen
                ? Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "http", "redirects", steps,
                        text + " What was asked for last was written there, not here.",
                        new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                                "The URL at the beginning of the chain is outdated or misspelled.",
                                "a look at the first URL in a browser"))
                : Finding.note("http", "redirects", steps, text));
    }

    private static String step(HttpFacts http) {
        Redirect redirect = http.redirect();
        return Words.cut(http.url()) + " answered " + http.status()
                + (redirect == null ? "" : " to " + Words.cut(redirect.location()));
    }

    /**
     * The Location is written on the server's side (RFC 9110 §10.2.2), so a chain that cannot end is most often its
     * fault; but a loop can be broken by a cookie or a login that this client does not send, and what cannot be sent
     * again is the client's.
     */
    static List<Finding> aChainIsAsGoodAsTheLocationsInIt(Incident incident) {
        HttpFacts http = incident.attempt().http();
        Redirect redirect = http == null ? null : http.redirect();
        if (!incident.is(Kind.HTTP_REDIRECT) || redirect == null) {
            return List.of();
        }
        String server = Gateways.spoken(http);
        return switch (redirect.outcome()) {
            case FOLLOWED -> List.of();
            case LOOP -> List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "http", FACT,
                    redirect.outcome().id(),
                    "What answers" + server
                            + " sends the request back to where it came from; the same request"
                            + " gets the same answer for ever.",
                    new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                            "The service sets a cookie or wants a login before it lets anybody through; probe"
                                    + " keeps no cookies.",
                            "the same URL with the Cookie or Authorization header of a session that works")));
            case LIMIT -> List.of(Finding.suggests(Side.SERVER, Locus.REMOTE_SERVICE, "http", FACT,
                    redirect.outcome().id(),
                    "What answers" + server + " sends on and on, each time to another place.",
                    new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                            "The chain ends, and fewer redirects are allowed than it has.",
                            "the same with a larger --max-redirs")));
            case MALFORMED -> List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "http",
                    FACT, redirect.outcome().id(),
                    "What answers" + server + " wrote a Location that no client can follow."));
            case OTHER_SCHEME -> List.of(Finding.suggests(Side.SERVER, Locus.REMOTE_SERVICE, "http",
                    FACT, redirect.outcome().id(),
                    "What answers" + server + " leaves HTTP with its redirect.",
                    new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                            "The URL is meant for another program, such as an app or a mail client.",
                            "the service's documentation for this URL")));
            case BODY_SPENT, BODY_WITHHELD -> List.of(Finding.points(Side.CLIENT,
                    Locus.CONFIGURATION, "http", FACT, redirect.outcome().id(),
                    "The service" + server
                            + " takes this request at another URL, and this run cannot send it there.",
                    new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                            "The service should take the request where it is asked.",
                            "the same request to the URL that the redirect names")));
        };
    }
}
