package probe.diagnosis;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import probe.evidence.NameServerAnswer;
import probe.evidence.NameServerAnswer.Outcome;

/** What a no of the name servers means: no such name, or no such address (RFC 2308 §2). */
final class DenialRules {
    private static final String ROOT = ".";

    private DenialRules() {}

    /** An alias whose target does not exist, or that leads in a circle, was made by the zone's operators. */
    static List<Finding> anAliasToNowhereIsTheZones(Incident incident) {
        return DnsRules.said(incident)
                .aboutName(answer -> !answer.aliases().isEmpty() && answer.addresses().isEmpty())
                .filter(answer -> isCircle(answer) || answer.outcome() == Outcome.NOT_FOUND)
                .limit(1)
                .map(answer -> isCircle(answer) ? circle(answer) : nowhere(incident, answer))
                .toList();
    }

    private static boolean isCircle(NameServerAnswer answer) {
        Set<String> seen = new HashSet<>(Set.of(answer.name().toLowerCase(Locale.ROOT)));
        return answer.aliases()
                .stream()
                .anyMatch(alias -> !seen.add(alias.toLowerCase(Locale.ROOT)));
    }

    private static Finding circle(NameServerAnswer answer) {
        return Finding.proves(Side.SERVER, Locus.REMOTE_SERVICE, "dns", "alias-circle",
                answer.aliases(),
                "The name is an alias that leads back to itself: " + answer.name() + ", "
                        + String.join(", ", answer.aliases()) + ".");
    }

    private static Finding nowhere(Incident incident, NameServerAnswer answer) {
        return Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "dns", "alias-to-nowhere",
                answer.aliases(),
                "The name exists, as an alias of " + answer.aliases().getLast()
                        + ", which does not.",
                new Alternative(Side.CLIENT, Locus.RESOLVER,
                        "The alias leads to an inside name that this machine's resolver does not know.",
                        Remaining.settleWith(incident)));
    }

    /** The SOA beside a denial names the zone that denies (RFC 2308 §2.1): how much of the name is wrong. */
    static List<Finding> whoeverDeniesTheNameSaysHowMuchOfItIsWrong(Incident incident) {
        DnsAnswers said = DnsRules.said(incident);
        boolean alias = said.aboutName(answer -> !answer.aliases().isEmpty()).findAny().isPresent();
        if (!incident.is(Kind.DNS_NOT_FOUND) || !said.all(Outcome.NOT_FOUND) || alias) {
            return List.of();
        }
        Set<String> zones = said.aboutName(answer -> answer.zone() != null)
                .map(answer -> String.valueOf(answer.zone()))
                .collect(Collectors.toCollection(TreeSet::new));
        return List.of(zones.equals(Set.of(ROOT)) ? deniedByRoot(said)
                : deniedBy(incident, said, zones.size() == 1 ? zones.iterator().next() : ""));
    }

    private static Finding deniedByRoot(DnsAnswers said) {
        List<String> servers = said.servers(Outcome.NOT_FOUND);
        return Finding.proves(Side.CLIENT, Locus.CONFIGURATION, "dns", "denied-by", ROOT,
                DnsWords.the(servers) + " " + DnsWords.verb(servers, "say")
                        + " NXDOMAIN by word of the root: there is no such top-level domain, or the name is an inside"
                        + " one and this machine asks in public.");
    }

    private static Finding deniedBy(Incident incident, DnsAnswers said, String zone) {
        List<String> servers = said.servers(Outcome.NOT_FOUND);
        boolean topLevel = !zone.isEmpty() && !zone.contains(".");
        return Finding.points(Side.CLIENT, Locus.CONFIGURATION, "dns", "denied-by",
                zone.isEmpty() ? String.join(", ", servers) : zone,
                DnsWords.the(servers) + " " + DnsWords.verb(servers, "say") + " NXDOMAIN"
                        + (zone.isEmpty() ? "."
                                : ", by word of the zone " + zone
                                        + (topLevel ? ": the domain is not registered." : ".")),
                new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                        topLevel ? "The registration of the domain has lapsed."
                                : "The operators of the zone have removed the name, or never made it.",
                        Remaining.settleWith(incident)));
    }

    /** NODATA (RFC 2308 §2.2): the name is there, the address is not, or only one that was not wanted. */
    static List<Finding> aNameWithoutTheWantedAddress(Incident incident) {
        DnsAnswers said = DnsRules.said(incident);
        if (!incident.is(Kind.DNS_NO_ADDRESS) || said.isEmpty()) {
            return List.of();
        }
        List<String> other = said.aboutName(answer -> !answer.addresses().isEmpty())
                .flatMap(answer -> answer.addresses().stream())
                .distinct()
                .toList();
        if (!other.isEmpty()) {
            return List.of(Finding.points(Side.CLIENT, Locus.CONFIGURATION, "dns",
                    "other-family-only", other,
                    "The name has addresses (" + String.join(", ", other)
                            + "), but none of the family that -4 or -6 asks for.",
                    new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                            "The service ought to be there in the wanted family, and its zone does not say so.",
                            Remaining.settleWith(incident))));
        }
        return said.all(Outcome.NO_DATA)
                ? List.of(Finding.suggests(Side.CLIENT, Locus.CONFIGURATION, "dns", "no-address",
                        said.servers(Outcome.NO_DATA),
                        "Every name server of this machine says that the name exists"
                                + " and has no address, neither IPv4 nor IPv6."))
                : List.of();
    }
}
