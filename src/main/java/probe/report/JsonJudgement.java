package probe.report;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice;
import probe.advice.Equivalents;
import probe.advice.Equivalents.Equivalent;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Evidence;
import probe.diagnosis.Warning;
import probe.profile.Durations;

/** The written form of diagnosis, advice and warnings; every field is there, null where there is nothing. */
final class JsonJudgement {

    private JsonJudgement() {}

    static void write(JsonOut json, @Nullable Diagnosis diagnosis) throws IOException {
        if (diagnosis == null) {
            json.nothing("diagnosis");
        } else {
            json.object("diagnosis", () -> diagnosis(json, diagnosis));
        }
    }

    static void write(JsonOut json, @Nullable Advice advice) throws IOException {
        if (advice == null) {
            json.nothing("advice");
        } else {
            json.object("advice", () -> advice(json, advice));
        }
    }

    static void writeAll(JsonOut json, List<Warning> warnings) throws IOException {
        json.array("warnings", warnings, warning -> json.line(() -> {
            json.text("code", warning.code());
            json.text("text", warning.text());
        }));
    }

    private static void diagnosis(JsonOut json, Diagnosis diagnosis) throws IOException {
        json.text("kind", diagnosis.kind().id());
        json.text("phase", diagnosis.phase().id());
        json.text("side", diagnosis.side().id());
        json.text("locus", diagnosis.locus().id());
        json.text("confidence", diagnosis.confidence().id());
        json.text("summary", diagnosis.summary());
        json.array("evidence", diagnosis.evidence(), step -> json.line(() -> evidence(json, step)));
        json.array("alternatives", diagnosis.alternatives(), alternative -> json.line(() -> {
            json.text("side", alternative.side().id());
            json.text("locus", alternative.locus().id());
            json.text("text", alternative.text());
            json.text("settleWith", alternative.settleWith());
        }));
        json.text("requestProcessed", diagnosis.requestProcessed().id());
    }

    private static void evidence(JsonOut json, Evidence step) throws IOException {
        json.text("source", step.source());
        json.text("fact", step.fact());
        json.value("value", step.value());
        json.nullableText("supports", step.supports() == null ? null : step.supports().id());
        json.text("text", step.text());
    }

    private static void advice(JsonOut json, Advice advice) throws IOException {
        json.text("retry", advice.retry().id());
        json.text("safeFor", advice.safeFor().id());
        backoff(json, advice.backoff());
        json.nullableMillis("retryAfterMs", advice.retryAfter());
        json.array("timeouts", advice.timeouts(), timeout -> json.line(() -> {
            json.text("name", timeout.name().id());
            json.text("current", Durations.format(timeout.current()));
            json.text("suggested", Durations.format(timeout.suggested()));
            json.text("because", timeout.because());
            json.text("flag", timeout.name().flag());
            equivalents(json, Equivalents.of(timeout.name()));
        }));
        json.array("actions", advice.actions(), action -> json.line(() -> {
            json.text("who", action.who().id());
            json.text("text", action.text());
        }));
        json.text("because", advice.because());
        json.line("safe", () -> {
            json.text("for", advice.safeFor().id());
            json.text("because", advice.reasons().safe());
        });
        json.line("helps", () -> {
            json.text("answer", advice.retry().id());
            json.text("because", advice.reasons().helps());
        });
    }

    private static void backoff(JsonOut json, Advice.@Nullable Backoff backoff) throws IOException {
        if (backoff == null) {
            json.nothing("backoff");
            return;
        }
        json.line("backoff", () -> {
            json.millis("initialMs", backoff.initial());
            json.decimal("multiplier", backoff.multiplier());
            json.millis("maxMs", backoff.max());
            json.text("jitter", "full");
            json.number("maxAttempts", backoff.maxAttempts());
            json.decimal("retryBudget", backoff.retryBudget());
            json.text("because", backoff.because());
            json.text("hides", backoff.hides());
            json.text("flag", backoff.flag());
            equivalents(json, backoff.equivalents());
        });
    }

    private static void equivalents(JsonOut json, List<Equivalent> all) throws IOException {
        json.line("equivalents", () -> {
            for (Equivalent one : all) {
                json.text(one.client(), one.setting());
            }
        });
    }
}
