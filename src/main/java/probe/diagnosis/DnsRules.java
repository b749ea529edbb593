package probe.diagnosis;

import java.util.List;
import java.util.Set;
import probe.attempt.Phase;
import probe.evidence.NameServerAnswer;
import probe.evidence.NameServerAnswer.Outcome;
import probe.evidence.NameServerAnswer.Purpose;
import probe.evidence.ResolverConfig;

/**
 * What the name servers of this machine say about a failed lookup when they are asked one by one. The control, the
 * authority of the root, tells a resolver that resolves nothing from a zone that cannot be resolved.
 */
final class DnsRules {
    /** Blocked, censored, filtered, prohibited: the resolver's own will (RFC 8914 §4.16 to §4.19). */
    private static final Set<Integer> POLICY = Set.of(15, 16, 17, 18);

    private DnsRules() {}

    private static boolean isLookup(Incident incident) {
        return incident.in(Phase.RESOLVE) && !incident.isProxied();
    }

    /** What was said of the name; nothing for incidents that are no failed lookup of the target. */
    static DnsAnswers said(Incident incident) {
        return isLookup(incident) ? DnsAnswers.of(incident.facts()) : DnsAnswers.NONE;
    }

    /** {@code resolv.conf(5)}: without a name server glibc asks this machine, where mostly nobody listens. */
    static List<Finding> withoutANameServerNothingIsResolved(Incident incident) {
        if (!isLookup(incident)
                || said(incident).name().values().stream().anyMatch(Outcome::isResponse)) {
            return List.of();
        }
        return incident.facts()
                .observed(ResolverConfig.class)
                .filter(config -> config.file() != ResolverConfig.File.NAMES_SERVERS)
                .limit(1)
                .map(config -> Finding.proves(Side.CLIENT, Locus.RESOLVER, "dns", "resolver-config",
                        config.file().id(),
                        "/etc/resolv.conf "
                                + (config.file() == ResolverConfig.File.UNREADABLE
                                        ? "cannot be read"
                                        : "names no name server")
                                + ", so this machine can ask nobody."))
                .toList();
    }

    /** {@code nsswitch.conf(5)}: a system that is told not to ask DNS does not. */
    static List<Finding> aSystemThatMayNotAskDnsFindsNothingThere(Incident incident) {
        return !isLookup(incident) ? List.of()
                : incident.facts()
                        .observed(ResolverConfig.class)
                        .filter(config -> !config.sources().contains("dns")
                                && !config.sources().contains("resolve"))
                        .limit(1)
                        .map(config -> Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "dns",
                                "resolver-sources",
                                config.sources(),
                                "/etc/nsswitch.conf lets this machine look up hosts in "
                                        + String.join(", ", config.sources())
                                        + " alone, not in DNS."))
                        .toList();
    }

    /** RFC 8914: the resolver itself says that it will not, and why. */
    static List<Finding> aResolverThatBlocksSaysSo(Incident incident) {
        return said(incident)
                .aboutName(answer -> answer.extendedError() != null
                        && POLICY.contains(answer.extendedError()))
                .limit(1)
                .map(answer -> Finding.proves(Side.CLIENT, Locus.RESOLVER, "dns", "extended-error",
                        String.valueOf(answer.extendedError()),
                        DnsWords.the(List.of(answer.server()))
                                + " says itself that it withholds this name: "
                                + ExtendedErrors.spoken(answer) + "."))
                .toList();
    }

    /** A port that nobody listens on, and a network without a way there, come before any zone. */
    static List<Finding> aNameServerThatCannotBeReachedKnowsNoZone(Incident incident) {
        DnsAnswers said = said(incident);
        List<String> servers = said.servers(Outcome.UNREACHABLE);
        return said.all(Outcome.UNREACHABLE)
                ? List.of(Finding.proves(Side.CLIENT, Locus.RESOLVER, "dns",
                        "name-servers-unreachable", servers,
                        DnsWords.the(servers) + " cannot be reached: nobody listens on"
                                + " the port, or there is no route."))
                : List.of();
    }

    /** Silence to a name that every resolver has in its cache is not about the zone. */
    static List<Finding> silenceToEveryNameIsTheResolvers(Incident incident) {
        DnsAnswers said = said(incident);
        List<String> silent = said.servers(Outcome.TIMED_OUT);
        boolean anySpoke = said.name().values().stream().anyMatch(Outcome::isResponse);
        return !silent.isEmpty() && !anySpoke && said.controlsAll(silent, Outcome.TIMED_OUT)
                ? List.of(Finding.proves(Side.CLIENT, Locus.RESOLVER, "dns", "name-servers-silent",
                        silent,
                        DnsWords.the(silent) + " " + DnsWords.verb(silent, "keep")
                                + " silent, about this name and"
                                + " about the root of all names: the resolver, or the way to it, is down."))
                : List.of();
    }

    /** A resolver that answers the control and keeps silent about one name waits for that name's servers. */
    static List<Finding> silenceToThisNameAloneIsTheZones(Incident incident) {
        DnsAnswers said = said(incident);
        List<String> silent = said.servers(Outcome.TIMED_OUT);
        boolean anySpoke = said.name().values().stream().anyMatch(Outcome::isResponse);
        return !silent.isEmpty() && !anySpoke && said.controlWorks(silent)
                ? List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "dns",
                        "silent-for-this-name", silent,
                        DnsWords.the(silent) + " " + DnsWords.verb(silent, "answer")
                                + " for other names at once and"
                                + " not for this one: the name servers of its zone keep them waiting.",
                        ownWayIsBlocked(incident)))
                : List.of();
    }

    /** SERVFAIL (RFC 1035 §4.1.1) for every name is the resolver's; for this name alone it is the zone's. */
    static List<Finding> aServerFailureIsJudgedByTheControl(Incident incident) {
        DnsAnswers said = said(incident);
        List<String> failing = said.servers(Outcome.SERVER_FAILURE);
        if (!incident.is(Kind.DNS_SERVER_FAILURE) || failing.isEmpty()
                || said.controls(failing).isEmpty()) {
            return List.of();
        }
        String servfail = " " + DnsWords.verb(failing, "answer") + " SERVFAIL for this name"
                + why(said);
        if (said.controlWorks(failing)) {
            return List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "dns",
                    "server-failure-for-this-name",
                    failing, DnsWords.the(failing) + servfail
                            + " and other names without trouble: the zone of this one is broken.",
                    ownWayIsBlocked(incident)));
        }
        return List.of(Finding.points(Side.CLIENT, Locus.RESOLVER, "dns",
                "server-failure-for-every-name", failing,
                DnsWords.the(failing) + servfail
                        + " and cannot resolve the root of all names either: the resolver, or its way out, is broken.",
                new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                        "The resolver is one for inside names alone, and the zone of this one is broken.",
                        Remaining.settleWith(incident))));
    }

    private static String why(DnsAnswers said) {
        return said.aboutName(answer -> answer.extendedError() != null
                && answer.outcome() == Outcome.SERVER_FAILURE)
                .findFirst()
                .map(answer -> " (" + ExtendedErrors.spoken(answer) + ")")
                .orElse("");
    }

    /** REFUSED (RFC 1035 §4.1.1) is policy: towards this client if it is said to all, else about this name. */
    static List<Finding> aRefusalIsTheWillOfTheNameServer(Incident incident) {
        DnsAnswers said = said(incident);
        List<String> refusing = said.servers(Outcome.REFUSED);
        if (!incident.is(Kind.DNS_REFUSED) || refusing.isEmpty()) {
            return List.of();
        }
        return List.of(said.all(Outcome.REFUSED) && said.controlsAll(refusing, Outcome.REFUSED)
                ? Finding.proves(Side.CLIENT, Locus.RESOLVER, "dns", "refused-for-every-name",
                        refusing,
                        DnsWords.the(refusing) + " " + DnsWords.verb(refusing, "refuse")
                                + " to resolve anything for this machine.")
                : Finding.points(Side.CLIENT, Locus.RESOLVER, "dns", "refused-for-this-name",
                        refusing,
                        DnsWords.the(refusing) + " " + DnsWords.verb(refusing, "refuse")
                                + " to look up this name, by a policy of the resolver."));
    }

    /** FORMERR, NOTIMP and the like are about the question, not about the zone. */
    static List<Finding> anotherErrorCodeIsTheResolvers(Incident incident) {
        DnsAnswers said = said(incident);
        List<String> failing = said.servers(Outcome.ERROR);
        return said.loudest().filter(Outcome.ERROR::equals).isEmpty() ? List.of()
                : said.aboutName(answer -> answer.outcome() == Outcome.ERROR)
                        .limit(1)
                        .map(answer -> Finding.points(Side.CLIENT, Locus.RESOLVER, "dns",
                                "response-code",
                                String.valueOf(answer.rcode()), DnsWords.the(failing) + " "
                                        + DnsWords.verb(failing, "answer")
                                        + " a plain question with error code "
                                        + answer.rcode() + "."))
                        .toList();
    }

    /** What is no answer to our question comes from something that is no resolver, or stands before one. */
    static List<Finding> garbageInPlaceOfAnAnswerIsNotTheZones(Incident incident) {
        DnsAnswers said = said(incident);
        List<String> bad = said.servers(Outcome.BAD_RESPONSE);
        return said.loudest().filter(Outcome.BAD_RESPONSE::equals).isEmpty() ? List.of()
                : List.of(Finding.points(Side.CLIENT, Locus.RESOLVER, "dns", "bad-response", bad,
                        DnsWords.the(bad)
                                + " " + DnsWords.verb(bad, "send")
                                + " something that is no answer to what was asked."));
    }

    /** The resolvers of one machine must not tell different stories; which one is heard is chance. */
    static List<Finding> nameServersThatDisagreeAreTheClients(Incident incident) {
        DnsAnswers said = said(incident);
        if (!said.any(Outcome.ANSWERED) || said.all(Outcome.ANSWERED)) {
            return List.of();
        }
        List<String> told = said.name()
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + DnsWords.does(entry.getValue()))
                .toList();
        return List.of(Finding.points(Side.CLIENT, Locus.RESOLVER, "dns", "name-servers-disagree",
                said.name()
                        .entrySet()
                        .stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().id())
                        .toList(),
                "The name servers of this machine disagree: " + String.join(", ", told) + "."));
    }

    /** What every server answers now failed a moment ago: a lost packet, a slow zone, something before them. */
    static List<Finding> aNameThatResolvesNowWasSlowOrLost(Incident incident) {
        DnsAnswers said = said(incident);
        return said.all(Outcome.ANSWERED) && !incident.is(Kind.DNS_NO_ADDRESS)
                ? List.of(Finding.suggests(Side.CLIENT, Locus.RESOLVER, "dns", "resolves-now",
                        said.servers(Outcome.ANSWERED),
                        "Asked directly, every name server of this machine has the"
                                + " address now: the lookup was slow or lost, or something on this machine stands"
                                + " before them (a cache, nsswitch.conf).",
                        new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                                "The name servers of the zone are slow, or fail at times.",
                                Remaining.settleWith(incident))))
                : List.of();
    }

    /** A search domain that cannot be resolved turns "does not exist" into "try again" (glibc's res_search). */
    static List<Finding> aBrokenSearchDomainHidesTheAnswer(Incident incident) {
        DnsAnswers said = said(incident);
        return said.name().values().stream().noneMatch(Outcome::isConclusive) ? List.of()
                : said.all()
                        .stream()
                        .filter(answer -> answer.purpose() == Purpose.SEARCH)
                        .filter(answer -> !answer.outcome().isConclusive())
                        .limit(1)
                        .map(DnsRules::searchFails)
                        .toList();
    }

    private static Finding searchFails(NameServerAnswer answer) {
        return Finding.note("dns", "search-domain-fails", answer.name(),
                "The system tries " + answer.name()
                        + " too, for which " + answer.server() + " "
                        + DnsWords.does(answer.outcome()) + ".");
    }

    private static Alternative ownWayIsBlocked(Incident incident) {
        return new Alternative(Side.CLIENT, Locus.RESOLVER,
                "The resolver cannot reach the name servers of this zone because of something on its own side.",
                Remaining.settleWith(incident));
    }
}
