package probe.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import probe.advice.Advice;
import probe.advice.Advice.SafeFor;
import probe.advice.Advice.TimeoutAdvice;
import probe.attempt.Phase;
import probe.diagnosis.Kind;
import probe.profile.Durations;
import probe.profile.TimeoutName;
import probe.report.Report;
import probe.report.ReportFormatException;
import probe.report.ReportReader;

/**
 * Follows the advice on a scenario while its fault is still in place, with POST requests, which must not be made twice.
 *
 * <p>The pauses of the advised backoff are not kept: the fault passes when {@link Healing} says so, and neither earlier
 * nor later.
 */
final class Follower {
    private final Slot slot;
    private final Scenario scenario;
    private final long actedBefore;
    private final UnaryOperator<List<String>> program;

    /**
     * Of a scenario that is arranged.
     *
     * @param actedBefore on how many requests services had acted before that
     * @param program the program and the limits of the laboratory, before the words of the scenario
     */
    Follower(Slot slot, Scenario scenario, long actedBefore,
            UnaryOperator<List<String>> program) {
        this.slot = slot;
        this.scenario = scenario;
        this.actedBefore = actedBefore;
        this.program = program;
    }

    /** The connect limit that is advised, if one is. */
    static Optional<TimeoutAdvice> connectLimit(Advice advice) {
        return advice.timeouts()
                .stream()
                .filter(one -> one.name() == TimeoutName.CONNECT)
                .findFirst();
    }

    /** What comes of the advice of {@code first}, a report on the scenario. */
    Followed follow(Report first, Advice advice) {
        return switch (Followed.way(advice)) {
            case NO_REPEAT -> noRepeat(first);
            case LONGER_LIMIT -> longerLimit(advice);
            case REPEAT -> repeat(first, advice);
        };
    }

    private Followed noRepeat(Report first) {
        // What a name server says is evidence.
        boolean asksNameServers = first.diagnosis() != null
                && first.diagnosis().phase() == Phase.RESOLVE;
        Report second = read(
                slot.client(scenario, words(posting(), asksNameServers ? "normal" : "none")));
        String promised = Followed.kind(first);
        return new Followed(Followed.Way.NO_REPEAT, promised, Followed.kind(second),
                promised.equals(Followed.kind(second)), safeFor(second, first),
                slot.acted() - actedBefore);
    }

    /** The fault passes when a first connect has begun, long before the advised limit, and after its first SYN. */
    private Followed longerLimit(Advice advice) {
        List<String> posting = new ArrayList<>(posting());
        connectLimit(advice).ifPresent(limit -> posting.add("--connect-timeout="
                + Durations.format(limit.suggested())));
        posting.add("--verbose");
        Report followed = read(slot.client(scenario, words(posting, "none"), "connects to",
                () -> slot.heal(scenario)));
        long answered = followed.diagnosis() == null ? 1 : 0;
        String came = Followed.kind(followed);
        // The limit is also to leave time for the verdict on a neighbour that never answered.
        return new Followed(Followed.Way.LONGER_LIMIT, "healthy or a verdict", came,
                answered == 1 || came.equals(Kind.HOST_UNREACHABLE.id()), advice.safeFor(),
                slot.acted() - actedBefore - answered);
    }

    private Followed repeat(Report first, Advice advice) {
        SafeFor safeFor = advice.safeFor();
        boolean sent = first.diagnosis() != null && switch (first.diagnosis().phase()) {
            case RESOLVE, LEASE, CONNECT, PROXY, TLS -> false;
            case REQUEST, RESPONSE_HEAD, RESPONSE_BODY, EXCHANGE -> true;
        };
        if (sent) {
            safeFor = safeFor(read(slot.client(scenario, words(posting(), "none"))), first);
        }
        slot.heal(scenario);
        long acted = slot.acted() - actedBefore;
        List<String> repeating = new ArrayList<>(posting());
        advice.timeouts()
                .forEach(limit -> repeating.add(limit.name().flag() + "="
                        + Durations.format(limit.suggested())));
        Report second = read(slot.client(scenario, words(repeating, "none")));
        return new Followed(Followed.Way.REPEAT, "healthy", Followed.kind(second),
                second.diagnosis() == null, safeFor, acted);
    }

    /**
     * The words of the scenario, for one request that must not be made twice, where one can be asked for. A greeting is
     * not waited for: what heals speaks HTTP.
     */
    private List<String> posting() {
        List<String> words = new ArrayList<>(scenario.arguments());
        words.removeIf(word -> word.startsWith("--attempts=") || word.startsWith("--interval=")
                || word.startsWith("--expect="));
        if (words.getFirst().startsWith("http")
                && words.stream().noneMatch(word -> word.startsWith("--data"))) {
            words.add("--data=amount=1");
        }
        return words;
    }

    /** The last word for an option holds. */
    private List<String> words(List<String> of, String evidence) {
        Map<String, String> words = new LinkedHashMap<>();
        Stream.concat(program.apply(of).stream(), of.stream())
                .forEach(word -> words.put(word.startsWith("--") ? word.split("=", 2)[0] : word,
                        word));
        words.put("--evidence", "--evidence=" + evidence);
        return List.copyOf(words.values());
    }

    /** What the advice on the request says; of a request that came through, what the first said. */
    private static SafeFor safeFor(Report report, Report first) {
        Advice advice = report.advice() == null ? first.advice() : report.advice();
        return advice == null ? SafeFor.NONE : advice.safeFor();
    }

    private static Report read(String said) {
        try {
            return ReportReader.report(said);
        } catch (ReportFormatException e) {
            throw new IllegalStateException(said, e);
        }
    }
}
