package probe.prober;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import probe.attempt.HttpFacts;
import probe.attempt.Redirect;
import probe.attempt.Redirect.Outcome;
import probe.profile.Body;
import probe.profile.Header;
import probe.profile.HttpSettings;
import probe.target.Target;
import probe.target.TargetParser;
import probe.target.TargetSyntaxException;

/**
 * One chain of redirects: decides of each answer what is asked next, and does nothing else. Methods change as with
 * curl and browsers (RFC 9110 §15.4): 303 makes everything but HEAD a GET, 301 and 302 a POST, and 307 and 308 nothing.
 * What is secret stays with the origin that it was meant for.
 */
public final class Redirects {
    /** The statuses that send on to their Location; 300 and 304 to 306 offer, or mean something else. */
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    /** Fields whose names say that their value opens a door; Host is for one place by its nature. */
    private static final Pattern SECRET = Pattern
            .compile(".*(auth|cookie|token|secret|api-?key|session|password|credential).*|host");
    /** Fields that describe a body, and go with it. */
    private static final Pattern ABOUT_BODY = Pattern
            .compile("content-.*|transfer-encoding|expect|digest|trailer");

    private final Set<String> asked = new HashSet<>();
    private Target target;
    private HttpSettings request;
    private int followed;

    /** The chain that begins with this request. */
    public Redirects(Target target, HttpSettings request) {
        this.target = target;
        this.request = request;
        asked.add(key(request.method(), target));
    }

    /** How many redirects have been followed. */
    public int followed() {
        return followed;
    }

    /** Whether an answer sends on, and somebody is to follow. */
    static boolean applies(HttpSettings request, int status, boolean hasLocation) {
        return request.maxRedirects() != null && hasLocation && STATUSES.contains(status);
    }

    /** What this answer to the latest request asks for. */
    public RedirectStep next(HttpFacts answer) {
        Integer status = answer.status();
        Integer limit = request.maxRedirects();
        String location = answer.header("Location").orElse(null);
        if (status == null || limit == null || location == null
                || answer.answeredBy() != HttpFacts.AnsweredBy.TARGET
                || !applies(request, status, true)) {
            return new RedirectStep.Stay();
        }
        String url = Reference.resolve(target, location);
        if (!Reference.isHttp(url)) {
            return broken(Outcome.OTHER_SCHEME, url);
        }
        try {
            return next(status, TargetParser.parse(url), limit);
        } catch (TargetSyntaxException e) {
            return broken(Outcome.MALFORMED, url);
        }
    }

    private RedirectStep next(int status, Target place, int limit) {
        if (!place.scheme().isHttp()) {
            return broken(Outcome.MALFORMED, place.url());
        }
        boolean same = place.scheme() == target.scheme()
                && place.host().equalsIgnoreCase(target.host()) && place.port() == target.port();
        HttpSettings then = request(status, same);
        if (asked.contains(key(then.method(), place))) {
            return broken(Outcome.LOOP, place.url());
        }
        if (followed >= limit) {
            return broken(Outcome.LIMIT, place.url());
        }
        if (then.body() instanceof Body.StandardInput) {
            return broken(Outcome.BODY_SPENT, place.url());
        }
        if (!same && !(then.body() instanceof Body.None)) {
            return broken(Outcome.BODY_WITHHELD, place.url());
        }
        Target next = new Target(place.input(), place.scheme(), place.host(), place.port(),
                place.path(), same ? target.userInfo() : null);
        asked.add(key(then.method(), next));
        followed++;
        target = next;
        request = then;
        return new RedirectStep.Follow(next, then,
                same ? RedirectStep.Origin.SAME : RedirectStep.Origin.OTHER);
    }

    private HttpSettings request(int status, boolean sameOrigin) {
        String method = request.method();
        boolean becomesGet = status == 303 && !method.equals("HEAD")
                || (status == 301 || status == 302) && method.equals("POST");
        List<Header> headers = request.headers()
                .stream()
                .filter(header -> sameOrigin || !SECRET.matcher(name(header)).matches())
                .filter(header -> !becomesGet || !ABOUT_BODY.matcher(name(header)).matches())
                .toList();
        return becomesGet ? request.asking("GET", headers, new Body.None())
                : request.asking(method, headers, request.body());
    }

    private static String name(Header header) {
        return header.name().toLowerCase(Locale.ROOT);
    }

    private static String key(String method, Target target) {
        return method + " " + target.scheme().id() + "://"
                + target.hostPort().toString().toLowerCase(Locale.ROOT) + target.path();
    }

    private static RedirectStep broken(Outcome outcome, String location) {
        return new RedirectStep.Broken(new Redirect(outcome, location));
    }
}
