package probe.cli;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.FailureName;
import probe.attempt.HttpFacts;
import probe.attempt.HttpFacts.AnsweredBy;
import probe.attempt.Phase;
import probe.prober.Destination;
import probe.prober.Destinations;
import probe.prober.Http2Prober;
import probe.prober.HttpProber;
import probe.prober.NameResolution;
import probe.prober.ProbeContext;
import probe.prober.Prober;
import probe.prober.RedirectStep;
import probe.prober.RedirectStep.Origin;
import probe.prober.Redirects;
import probe.profile.ProxySettings;
import probe.profile.Settings;
import probe.target.Target;

/**
 * A request and whatever its redirects lead to, each hop an attempt of its own: a connection of its own, its name
 * resolved, its proxy chosen anew. At another origin the addresses are tried one after the other until one takes the
 * request; at the same origin the address stays, so that the answers of one address are never mixed with another's.
 */
final class RedirectChain {
    private final NameResolution names;
    private final Function<Target, @Nullable ProxySettings> proxies;
    private final InputStream standardInput;

    RedirectChain(NameResolution names, Function<Target, @Nullable ProxySettings> proxies,
            InputStream standardInput) {
        this.names = names;
        this.proxies = proxies;
        this.standardInput = standardInput;
    }

    /** The attempts of the chain that begins at one address, in order; the first alone when none is followed. */
    List<Attempt> attempts(Destination first, ProbeContext context) {
        Redirects redirects = new Redirects(first.target(), context.settings().http());
        List<Attempt> made = new ArrayList<>();
        List<Destination> places = List.of(first);
        ProbeContext now = context;
        while (true) {
            Destination answered = ask(places, now, redirects.followed(), made);
            Attempt last = made.getLast();
            HttpFacts http = last.http();
            if (http == null || !last.succeeded()) {
                return made;
            }
            switch (redirects.next(http)) {
                case RedirectStep.Stay _ -> {
                    return made;
                }
                case RedirectStep.Broken broken -> {
                    made.removeLast();
                    made.add(last.withHttp(http.redirected(broken.redirect()))
                            .failing(FailureName.REDIRECT));
                    return made;
                }
                case RedirectStep.Follow follow -> {
                    made.removeLast();
                    made.add(last.withHttp(http.redirected(follow.redirect())));
                    now = at(follow, now);
                    if (follow.origin() == Origin.OTHER) {
                        now.listener().redirected(follow.target());
                    }
                    places = follow.origin() == Origin.SAME ? List.of(again(follow, answered))
                            : places(follow.target(), now, redirects.followed(), made);
                    if (places.isEmpty()) {
                        return made;
                    }
                }
            }
        }
    }

    /** One address after the other until one has been sent a byte of the request; says which came last. */
    private Destination ask(List<Destination> places, ProbeContext context, int hop,
            List<Attempt> made) {
        Destination last = places.getFirst();
        for (Destination place : places) {
            last = place;
            Attempt attempt = prober(context).attempt(place, context);
            made.add(attempt.withHttp(facts(attempt, place.target(), context).atHop(hop)));
            if (attempt.timing(Phase.REQUEST).isPresent() || context.deadline().isOver()) {
                break;
            }
        }
        return last;
    }

    private Prober prober(ProbeContext context) {
        return switch (context.settings().http().version()) {
            case HTTP_1_1 -> new HttpProber().withInput(standardInput);
            case HTTP_2 -> new Http2Prober(standardInput);
        };
    }

    private static HttpFacts facts(Attempt attempt, Target target, ProbeContext context) {
        HttpFacts http = attempt.http();
        return http != null ? http
                : new HttpFacts(context.settings().http().method(), target.url(), null, null,
                        List.of(), 0, AnsweredBy.NOBODY);
    }

    /** The same, asked at another place: with its request and its proxy. */
    private ProbeContext at(RedirectStep.Follow follow, ProbeContext context) {
        Settings settings = context.settings().withHttp(follow.request());
        return new ProbeContext(follow.origin() == Origin.SAME ? settings
                : settings.withProxy(proxies.apply(follow.target())), context.deadline(),
                context.watchdog(), context.listener());
    }

    private static Destination again(RedirectStep.Follow follow, Destination answered) {
        return new Destination(follow.target(), answered.address(), answered.port(), null);
    }

    /** Where the target is to be asked; empty when its name leads nowhere, which is then an attempt of its own. */
    private List<Destination> places(Target target, ProbeContext context, int hop,
            List<Attempt> made) {
        return switch (Destinations.of(target, names, context)) {
            case Destinations.Found found -> found.all();
            case Destinations.None none -> {
                made.add(none.attempt()
                        .withHttp(
                                facts(none.attempt(), target, context).atHop(hop)));
                yield List.of();
            }
        };
    }
}
