package probe.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;

/** Which of several failed attempts a target is judged by. */
final class Decisive {
    private Decisive() {}

    /** The attempts that decide for the target, the end of each chain of redirects; all of them when none is of the deciding sort. */
    static List<Attempt> attempts(Facts facts) {
        List<Attempt> deciding = new ArrayList<>();
        for (Attempt attempt : facts.attempts()) {
            if (attempt.via() == facts.decisiveVia() && !Redirections.isFollowed(attempt)) {
                deciding.add(attempt);
            }
        }
        return deciding.isEmpty() ? facts.attempts() : deciding;
    }

    /** The incident to judge, or empty when one of the deciding attempts succeeded, or nothing was attempted. */
    static Optional<Incident> incident(Facts facts) {
        List<Attempt> attempts = attempts(facts);
        List<Incident> incidents = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Failure failure = attempt.failure();
            if (failure == null) {
                return Optional.empty();
            }
            Facts here = Redirections.at(attempt, facts);
            incidents.add(new Incident(here, attempt, failure,
                    KindRules.kindOf(here, attempt, failure)));
        }
        incidents.addAll(answered(incidents));
        // The attempt that got farthest passed all that the others failed at; of equals the first stands for all.
        return incidents.stream()
                .reduce((best, next) -> farther(next, best) > 0 ? next : best);
    }

    /**
     * The raw attempts beside silent ones to which a router said that it does not find the host. It answers every
     * handshake that it holds when its ARP ends, but forgets the rest where one of them repeats its SYN at that very
     * moment, as all do at 3.07 s (net/core/neighbour.c, {@code neigh_invalidate}; two runs of seven in the laboratory).
     */
    private static List<Incident> answered(List<Incident> incidents) {
        return incidents.stream()
                .filter(incident -> incident.is(Kind.CONNECT_TIMEOUT))
                .flatMap(silent -> silent.rawBeside().flatMap(raw -> answered(silent, raw)))
                .toList();
    }

    private static Stream<Incident> answered(Incident silent, Attempt raw) {
        Failure failure = raw.failure();
        return failure == null || failure.name() != FailureName.HOST_UNREACHABLE ? Stream.empty()
                : Stream.of(new Incident(silent.facts(), raw, failure,
                        KindRules.kindOf(silent.facts(), raw, failure)));
    }

    /** Written out: each of Comparator's own steps is a class that is made when it is first used, in 1 ms. */
    private static int farther(Incident one, Incident other) {
        return first(Boolean.compare(isInterrupted(other), isInterrupted(one)),
                Integer.compare(Redirections.hop(one.attempt()), Redirections.hop(other.attempt())),
                one.failure().phase().compareTo(other.failure().phase()),
                Integer.compare(reach(one.kind()), reach(other.kind())),
                Long.compare(one.attempt().bytes().received(), other.attempt().bytes().received()),
                Long.compare(one.attempt().bytes().sent(), other.attempt().bytes().sent()));
    }

    /** The first that says that the two differ. */
    private static int first(int... comparisons) {
        for (int comparison : comparisons) {
            if (comparison != 0) {
                return comparison;
            }
        }
        return 0;
    }

    private static boolean isInterrupted(Incident incident) {
        return incident.failure().name() == FailureName.INTERRUPTED;
    }

    /** How far a connection attempt came before it failed: this machine, silence, a router's word, the host's. */
    private static int reach(Kind kind) {
        if (kind.group() == Kind.Group.NAME || kind.group() == Kind.Group.MACHINE) {
            return 0;
        }
        if (kind == Kind.CONNECT_TIMEOUT || kind == Kind.PROXY_CONNECT_TIMEOUT
                || kind == Kind.DEADLINE_EXCEEDED) {
            return 1;
        }
        return kind == Kind.HOST_UNREACHABLE || kind == Kind.PROXY_UNREACHABLE ? 2 : 3;
    }

    /** How many attempts failed how, when there were several. */
    static List<Finding> census(Incident decisive) {
        Facts facts = decisive.facts();
        List<Attempt> attempts = attempts(facts);
        if (attempts.size() < 2) {
            return List.of();
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Attempt attempt : attempts) {
            Failure failure = attempt.failure();
            if (failure != null) {
                counts.merge(KindRules.kindOf(facts, attempt, failure).id(), 1L,
                        Long::sum);
            }
        }
        long addresses = attempts.stream().map(Attempt::address).distinct().count();
        String told = counts.entrySet()
                .stream()
                .map(entry -> entry.getValue() + " × " + entry.getKey())
                .collect(Collectors.joining(", "));
        List<String> value = counts.entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
        String judged = counts.size() == 1 ? ""
                : "; judged by the one that got farthest, "
                        + Words.where(decisive.attempt());
        return List.of(Finding.note("attempt", "attempts-failed", value,
                attempts.size() + " attempts on "
                        + Words.count(addresses, "address", "addresses") + " failed: " + told
                        + judged + "."));
    }
}
