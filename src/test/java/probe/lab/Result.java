package probe.lab;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import probe.attempt.PhaseOutcome;
import probe.diagnosis.Confidence;
import probe.diagnosis.Diagnosis;
import probe.report.Report;

/**
 * What the program said of a scenario.
 *
 * @param scenario the fault
 * @param report its report, or null where it printed none that can be read
 * @param said what it printed
 * @param took how long the process took, from before it was started until it had ended
 * @param followed what came of its advice, or null where that was not tried
 */
record Result(Scenario scenario, @Nullable Report report, String said, Duration took,
        @Nullable Followed followed) {

    /** The verdict; null for a healthy one, or none. */
    @Nullable
    Diagnosis verdict() {
        return report == null ? null : report.diagnosis();
    }

    boolean kindIsRight() {
        Diagnosis verdict = verdict();
        return verdict != null && scenario.truth().kinds().contains(verdict.kind());
    }

    boolean sideIsRight() {
        Diagnosis verdict = verdict();
        return verdict != null && scenario.truth().sides().contains(verdict.side());
    }

    boolean locusIsRight() {
        Diagnosis verdict = verdict();
        return verdict != null && scenario.truth().loci().contains(verdict.locus());
    }

    /** Whether the advice names the requests that may be repeated; true where that is not at stake. */
    boolean safetyIsRight() {
        if (scenario.truth().safe().isEmpty()) {
            return true;
        }
        return report != null && report.advice() != null
                && scenario.truth().safe().contains(report.advice().safeFor());
    }

    boolean isHigh() {
        Diagnosis verdict = verdict();
        return verdict != null && verdict.confidence() == Confidence.HIGH;
    }

    /** The worst that the program can do: certain, and wrong. */
    boolean isWrongHigh() {
        return isHigh() && !sideIsRight();
    }

    /** Certain where no client can be. */
    boolean isRashHigh() {
        return isHigh() && !scenario.truth().decidable();
    }

    /** Another kind, the wrong side where the right one can be told, or advice that did not hold. */
    boolean hasMissed() {
        return !kindIsRight() || scenario.truth().decidable() && !sideIsRight()
                || followed != null && !followed.held();
    }

    /**
     * How long after the last failed phase had ended the process had ended too: its verdict's delay, together with the
     * start of the program.
     */
    Optional<Duration> delay() {
        return report == null ? Optional.empty()
                : report.attempts()
                        .stream()
                        .flatMap(attempt -> attempt.phases().stream())
                        .filter(phase -> phase.outcome() == PhaseOutcome.FAILED)
                        .map(phase -> phase.start().plus(phase.duration()))
                        .max(Comparator.naturalOrder())
                        .map(took::minus);
    }

    String confidence() {
        Diagnosis verdict = verdict();
        return verdict == null ? "-" : verdict.confidence().id();
    }

    /** For a machine: what was to be said, and what was. */
    Map<String, Object> asMap() {
        Map<String, Object> map = new TreeMap<>();
        Scenario.Truth truth = scenario.truth();
        map.put("id", scenario.id());
        map.put("because", truth.because());
        map.put("decidable", truth.decidable());
        map.put("expected",
                Map.of("kinds", ids(truth.kinds().stream().map(kind -> kind.id()).toList()),
                        "sides", ids(truth.sides().stream().map(side -> side.id()).toList()),
                        "loci",
                        ids(truth.loci().stream().map(locus -> locus.id()).toList()), "safeFor",
                        ids(truth.safe().stream().map(safe -> safe.id()).toList())));
        Diagnosis verdict = verdict();
        if (verdict != null) {
            map.put("got", Map.of("kind", verdict.kind().id(), "side", verdict.side().id(), "locus",
                    verdict.locus().id(), "confidence", verdict.confidence().id(), "evidence",
                    verdict.evidence().stream().map(Object::toString).toList()));
        }
        map.put("kindRight", kindIsRight());
        map.put("sideRight", sideIsRight());
        map.put("locusRight", locusIsRight());
        map.put("safetyRight", safetyIsRight());
        return map;
    }

    private static List<String> ids(List<String> words) {
        return words.stream().sorted().toList();
    }

    /** A line of the table. */
    String line() {
        Diagnosis verdict = verdict();
        String got = verdict == null ? (report == null ? "NO REPORT" : "HEALTHY")
                : verdict.kind().id() + " " + verdict.side().id() + " " + verdict.locus().id() + " "
                        + verdict.confidence().id();
        Scenario.Truth truth = scenario.truth();
        return "%-30s %s %s %s %s %s  %-58s expected %s / %s / %s%s".formatted(scenario.id(),
                mark("kind", kindIsRight()), mark("side", sideIsRight()),
                mark("locus", locusIsRight()), mark("retry", safetyIsRight()),
                isWrongHigh() ? "WRONG-HIGH" : isRashHigh() ? "RASH-HIGH " : "          ", got,
                ids(truth.kinds().stream().map(kind -> kind.id()).toList()),
                ids(truth.sides().stream().map(side -> side.id()).toList()),
                ids(truth.loci().stream().map(locus -> locus.id()).toList()),
                truth.decidable() ? "" : " undecidable");
    }

    private static String mark(String name, boolean right) {
        return right ? " ".repeat(name.length()) : name;
    }
}
