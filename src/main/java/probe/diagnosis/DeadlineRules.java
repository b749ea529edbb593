package probe.diagnosis;

import java.time.Duration;
import java.util.List;
import probe.attempt.FailureName;
import probe.attempt.PhaseTiming;

/** What a total deadline tells: which phase it cut, and how long that one had been given. */
final class DeadlineRules {
    /** A phase that was given less than this was cut before it had a chance. */
    private static final Duration A_CHANCE = Duration.ofSeconds(1);

    private DeadlineRules() {}

    /** The phase that was cut says where the time went; the priors of the phases are those of their own limits. */
    static List<Finding> theDeadlineCutThePhaseThatWasSlow(Incident incident) {
        if (!incident.is(Kind.DEADLINE_EXCEEDED)
                || incident.failure().name() == FailureName.INTERRUPTED) {
            return List.of();
        }
        Duration elapsed = incident.failure().elapsed();
        Duration start = incident.attempt()
                .timing(incident.failure().phase())
                .map(PhaseTiming::start)
                .orElse(Duration.ZERO);
        String phase = incident.failure().phase().id();
        if (elapsed.compareTo(A_CHANCE) < 0 && start.compareTo(elapsed) > 0) {
            return List.of(Finding.suggests(Side.CLIENT, Locus.CONFIGURATION, "settings",
                    "deadline-left-ms",
                    Words.millis(elapsed), "What came before had used up " + Words.spoken(start)
                            + " of the deadline; the phase " + phase + " had only "
                            + Words.spoken(elapsed) + "."));
        }
        String text = "The time went into the phase " + phase + ".";
        return List.of(switch (incident.failure().phase()) {
            case RESOLVE -> suggests(Side.CLIENT, Locus.RESOLVER, phase, text);
            case LEASE -> suggests(Side.CLIENT, Locus.LOCAL_HOST, phase, text);
            case CONNECT -> suggests(Side.CLIENT, Locus.LOCAL_NETWORK, phase, text);
            case PROXY -> suggests(Side.CLIENT, Locus.PROXY, phase, text);
            case TLS, REQUEST, RESPONSE_HEAD, RESPONSE_BODY,
                    EXCHANGE -> suggests(Side.SERVER, Locus.REMOTE_SERVICE,
                            phase, text);
        });
    }

    private static Finding suggests(Side side, Locus locus, String phase, String text) {
        return Finding.suggests(side, locus, "attempt", "phase", phase, text);
    }

    /** Whoever stopped the run did not wait for an end: what is known is where it stood. */
    static List<Finding> anInterruptedRunKnowsOnlyWhereItStood(Incident incident) {
        return incident.failure().name() == FailureName.INTERRUPTED
                ? List.of(Finding.note("attempt", "interrupted-in", incident.failure().phase().id(),
                        "The run was stopped before this phase had ended."))
                : List.of();
    }
}
