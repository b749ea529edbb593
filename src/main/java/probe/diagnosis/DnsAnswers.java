package probe.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import probe.evidence.NameServerAnswer;
import probe.evidence.NameServerAnswer.Outcome;
import probe.evidence.NameServerAnswer.Purpose;

/**
 * What the name servers of this machine said, one word for each server: the answers for IPv4 and IPv6 are one
 * statement about the name.
 *
 * @param name of each server that was asked, in the order of {@code resolv.conf}, what became of the name
 * @param control of each server that was asked, what became of a name that must exist
 * @param all every answer
 */
record DnsAnswers(Map<String, Outcome> name, Map<String, Outcome> control,
        List<NameServerAnswer> all) {
    /**
     * Which of two outcomes of one server speaks for the name, the first first: an address is enough, a denial holds for all types (RFC 8020), and
     * NODATA for one type leaves the other open.
     */
    private static final List<Outcome> OF_ONE_SERVER = List.of(Outcome.ANSWERED, Outcome.NOT_FOUND,
            Outcome.SERVER_FAILURE, Outcome.REFUSED, Outcome.ERROR, Outcome.BAD_RESPONSE,
            Outcome.TIMED_OUT, Outcome.UNREACHABLE, Outcome.NO_DATA);
    /** A shorter wait than this is no silence: the deadline was near, and one packet may have been lost. */
    private static final Duration SILENCE = Duration.ofMillis(900);
    /** Nobody was asked. */
    static final DnsAnswers NONE = new DnsAnswers(Map.of(), Map.of(), List.of());

    /** What was said about the target of these facts. */
    static DnsAnswers of(Facts facts) {
        List<NameServerAnswer> all = facts.observed(NameServerAnswer.class)
                .filter(answer -> answer.outcome() != Outcome.TIMED_OUT
                        || answer.duration().compareTo(SILENCE) >= 0)
                .toList();
        return new DnsAnswers(byServer(all, Purpose.NAME), byServer(all, Purpose.CONTROL), all);
    }

    private static Map<String, Outcome> byServer(List<NameServerAnswer> all, Purpose purpose) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (NameServerAnswer answer : all) {
            if (answer.purpose() == purpose) {
                outcomes.merge(answer.server(), answer.outcome(), (one, other) -> OF_ONE_SERVER
                        .indexOf(one) <= OF_ONE_SERVER.indexOf(other) ? one : other);
            }
        }
        return outcomes;
    }

    /** Whether no name server was asked. */
    boolean isEmpty() {
        return name.isEmpty();
    }

    /** Whether every server that was asked for the name ended so. */
    boolean all(Outcome outcome) {
        return !name.isEmpty() && name.values().stream().allMatch(outcome::equals);
    }

    /** Whether some server that was asked for the name ended so. */
    boolean any(Outcome outcome) {
        return name.containsValue(outcome);
    }

    /** The servers whose word on the name is this. */
    List<String> servers(Outcome outcome) {
        return name.entrySet()
                .stream()
                .filter(entry -> entry.getValue() == outcome)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What these servers said to the control, without those that were not asked it. */
    List<Outcome> controls(Collection<String> servers) {
        List<Outcome> said = new ArrayList<>();
        for (String server : servers) {
            Outcome outcome = control.get(server);
            if (outcome != null) {
                said.add(outcome);
            }
        }
        return said;
    }

    /** Whether one of these servers could speak of the control: NOERROR, with or without a record (RFC 2308 §2.2). */
    boolean controlWorks(Collection<String> servers) {
        List<Outcome> controls = controls(servers);
        return controls.contains(Outcome.ANSWERED) || controls.contains(Outcome.NO_DATA);
    }

    /** Whether these servers said this to the control, all of them. */
    boolean controlsAll(Collection<String> servers, Outcome outcome) {
        List<Outcome> controls = controls(servers);
        return !controls.isEmpty() && controls.stream().allMatch(outcome::equals);
    }

    /** The answers about the name itself that pass a test. */
    Stream<NameServerAnswer> aboutName(Predicate<NameServerAnswer> test) {
        return all.stream().filter(answer -> answer.purpose() == Purpose.NAME).filter(test);
    }

    /** The most telling outcome of all servers: what spoke in DNS comes before what did not. */
    Optional<Outcome> loudest() {
        return name.values().stream().min(Comparator.naturalOrder());
    }

    /**
     * What happened, when the system's resolver cannot tell or told less than its name servers.
     *
     * @param kind what the system's resolver said
     */
    Kind refine(Kind kind) {
        Outcome loudest = loudest().orElse(null);
        if (loudest == null) {
            return kind;
        }
        boolean settled = name.values().stream().anyMatch(Outcome::isConclusive);
        boolean refined = kind == Kind.DNS_FAILED && loudest != Outcome.ANSWERED
                // Garbage and closed ports look like silence to the system, which waits for the true answer.
                || kind == Kind.DNS_TIMEOUT
                        && (loudest == Outcome.BAD_RESPONSE || loudest == Outcome.UNREACHABLE)
                // After FORMERR too, glibc says "not known".
                || kind == Kind.DNS_NOT_FOUND && !settled && loudest == Outcome.ERROR;
        return refined ? kindOf(loudest) : kind;
    }

    private static Kind kindOf(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> Kind.DNS_FAILED;
            case NO_DATA -> Kind.DNS_NO_ADDRESS;
            case NOT_FOUND -> Kind.DNS_NOT_FOUND;
            case SERVER_FAILURE, ERROR -> Kind.DNS_SERVER_FAILURE;
            case REFUSED -> Kind.DNS_REFUSED;
            case BAD_RESPONSE -> Kind.DNS_BAD_RESPONSE;
            case TIMED_OUT -> Kind.DNS_TIMEOUT;
            case UNREACHABLE -> Kind.DNS_UNREACHABLE;
        };
    }
}
