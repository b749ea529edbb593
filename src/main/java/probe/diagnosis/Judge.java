package probe.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import probe.diagnosis.Finding.Weight;

/**
 * Weighs findings against each other and against the prior of the kind.
 *
 * <ul>
 * <li>The heaviest findings decide: proofs give high, pointers medium, suggestions and the bare prior low.</li>
 * <li>Equal weights on both sides contradict each other: the verdict goes to this machine if one of them lies
 * there, else to the side of the prior, and one step of confidence is lost.</li>
 * <li>What lies between the two sides is never more than medium.</li>
 * <li>Below high something else remains possible, and it is named, with what would settle it.</li>
 * </ul>
 */
final class Judge {
    /** More than this many alternatives is a list that nobody reads. */
    private static final int MAX_ALTERNATIVES = 4;

    private Judge() {}

    /** The verdict on an incident, from the findings of the rules in their order (own machine first). */
    static Verdict weigh(Incident incident, List<Finding> findings) {
        Weight top = findings.stream()
                .map(Finding::weight)
                .max(Weight::compareTo)
                .orElse(Weight.NOTE);
        if (top == Weight.NOTE) {
            Kind kind = incident.kind();
            return verdict(incident, findings, kind.priorSide(), kind.priorLocus(), Confidence.LOW,
                    Optional.empty());
        }
        List<Finding> heaviest = findings.stream()
                .filter(finding -> finding.weight() == top)
                .toList();
        Finding decisive = decisive(heaviest, incident.kind());
        boolean disputed = heaviest.stream().anyMatch(finding -> side(finding) != side(decisive));
        Confidence carried = disputed ? lower(top.carries()) : top.carries();
        return verdict(incident, findings, side(decisive), decisive.locus(), carried,
                Optional.of(decisive));
    }

    private static Finding decisive(List<Finding> heaviest, Kind kind) {
        Finding first = heaviest.getFirst();
        return Stream.<Stream<Finding>>of(
                heaviest.stream().filter(finding -> isOwnMachine(finding.locus())),
                heaviest.stream().filter(finding -> side(finding) == kind.priorSide()))
                .filter(_ -> heaviest.stream().anyMatch(finding -> side(finding) != side(first)))
                .flatMap(preferred -> preferred)
                .findFirst()
                .orElse(first);
    }

    private static boolean isOwnMachine(Locus locus) {
        return locus == Locus.LOCAL_HOST || locus == Locus.RESOLVER || locus == Locus.LOCAL_NETWORK;
    }

    private static Side side(Finding finding) {
        Side side = finding.evidence().supports();
        if (side == null) {
            throw new IllegalStateException(
                    "a note speaks for nobody: " + finding.evidence().fact());
        }
        return side;
    }

    private static Confidence lower(Confidence confidence) {
        return confidence == Confidence.HIGH ? Confidence.MEDIUM : Confidence.LOW;
    }

    private static Verdict verdict(Incident incident, List<Finding> findings, Side side,
            Locus locus,
            Confidence carried, Optional<Finding> decisive) {
        Confidence confidence = locus == Locus.PATH ? carried.atMost(Confidence.MEDIUM) : carried;
        return new Verdict(side, locus, confidence, decisive,
                alternatives(incident, findings, side, locus, confidence, decisive));
    }

    /** What the decisive finding leaves open comes first, then what spoke against it, then what always remains. */
    private static List<Alternative> alternatives(Incident incident, List<Finding> findings,
            Side side, Locus locus,
            Confidence confidence, Optional<Finding> decisive) {
        List<Alternative> open = new ArrayList<>();
        decisive.ifPresent(finding -> open.addAll(finding.alternatives()));
        for (Finding finding : findings) {
            boolean weighs = confidence != Confidence.HIGH
                    || finding.weight().compareTo(Weight.POINTS) >= 0;
            if (weighs && finding.evidence().supports() == side.other()) {
                open.add(new Alternative(side.other(), finding.locus(), finding.evidence().text(),
                        Remaining.settleWith(incident)));
            }
        }
        if (confidence != Confidence.HIGH) {
            findings.forEach(finding -> open.addAll(finding.alternatives()));
            open.addAll(Remaining.of(incident, side));
        }
        return distinct(open, side, locus);
    }

    /** One for each place, at most four, and among them the other side, if it is named at all. */
    private static List<Alternative> distinct(List<Alternative> open, Side side, Locus locus) {
        List<Alternative> distinct = new ArrayList<>();
        for (Alternative one : open) {
            boolean told = one.side() == side && one.locus() == locus || distinct.stream()
                    .anyMatch(other -> other.side() == one.side() && other.locus() == one.locus());
            boolean room = distinct.size() < MAX_ALTERNATIVES - 1
                    || distinct.size() < MAX_ALTERNATIVES
                            && (one.side() != side
                                    || distinct.stream().anyMatch(other -> other.side() != side));
            if (!told && room) {
                distinct.add(one);
            }
        }
        return List.copyOf(distinct);
    }
}
