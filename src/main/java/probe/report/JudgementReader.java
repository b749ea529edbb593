package probe.report;

import java.time.Duration;
import java.util.List;
import probe.advice.Advice;
import probe.advice.Equivalents.Equivalent;
import probe.attempt.Phase;
import probe.diagnosis.Alternative;
import probe.diagnosis.Confidence;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Evidence;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;
import probe.diagnosis.RequestProcessed;
import probe.diagnosis.Side;
import probe.profile.Durations;
import probe.profile.TimeoutName;

/** Reads what {@link JsonJudgement} wrote. */
final class JudgementReader {

    private JudgementReader() {}

    static Diagnosis diagnosis(JsonIn in) {
        return new Diagnosis(in.word("kind", Kind.values(), Kind::id),
                in.word("phase", Phase.values(), Phase::id),
                in.word("side", Side.values(), Side::id),
                in.word("locus", Locus.values(), Locus::id),
                in.word("confidence", Confidence.values(), Confidence::id), in.text("summary"),
                in.list("evidence", JudgementReader::evidence),
                in.list("alternatives", JudgementReader::alternative),
                in.word("requestProcessed", RequestProcessed.values(), RequestProcessed::id));
    }

    private static Evidence evidence(JsonIn in) {
        return new Evidence(in.text("source"), in.text("fact"), in.value("value"),
                in.optionalWord("supports", Side.values(), Side::id), in.text("text"));
    }

    private static Alternative alternative(JsonIn in) {
        return new Alternative(in.word("side", Side.values(), Side::id),
                in.word("locus", Locus.values(), Locus::id), in.text("text"),
                in.text("settleWith"));
    }

    static Advice advice(JsonIn in) {
        return new Advice(in.word("retry", Advice.Retry.values(), Advice.Retry::id),
                in.word("safeFor", Advice.SafeFor.values(), Advice.SafeFor::id),
                in.optional("backoff", JudgementReader::backoff), in.optionalMillis("retryAfterMs"),
                in.list("timeouts", JudgementReader::timeout),
                in.list("actions", action -> new Advice.Action(
                        action.word("who", Side.values(), Side::id), action.text("text"))),
                in.text("because"), new Advice.Reasons(reason(in, "safe"), reason(in, "helps")));
    }

    /** Reports of earlier versions have one reason for both. */
    private static String reason(JsonIn in, String name) {
        String reason = in.optional(name, answer -> answer.text("because"));
        return reason == null ? in.text("because") : reason;
    }

    private static Advice.Backoff backoff(JsonIn in) {
        return new Advice.Backoff(in.millis("initialMs"), in.decimal("multiplier"),
                in.millis("maxMs"),
                in.smallNumber("maxAttempts"),
                in.names().contains("retryBudget") ? in.decimal("retryBudget")
                        : Advice.Backoff.BUDGET,
                in.names().contains("because") ? in.text("because") : "",
                in.names().contains("hides") ? in.text("hides") : "", equivalents(in));
    }

    /** Reports of earlier versions have none. */
    private static List<Equivalent> equivalents(JsonIn in) {
        List<Equivalent> all = in.optional("equivalents", map -> map.names()
                .stream()
                .map(client -> new Equivalent(client, map.text(client)))
                .toList());
        return all == null ? List.of() : all;
    }

    private static Advice.TimeoutAdvice timeout(JsonIn in) {
        return new Advice.TimeoutAdvice(in.word("name", TimeoutName.values(), TimeoutName::id),
                duration(in, "current"), duration(in, "suggested"), in.text("because"));
    }

    private static Duration duration(JsonIn in, String name) {
        try {
            return Durations.parse(in.text(name));
        } catch (ReportFormatException notText) {
            throw notText;
        } catch (IllegalArgumentException notDuration) {
            throw in.wrong(name, "is no duration: " + notDuration.getMessage());
        }
    }
}
