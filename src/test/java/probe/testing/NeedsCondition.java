package probe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips a test whose {@link Needs} are not met, or fails it where nothing may be skipped. */
final class NeedsCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
                .map(needs -> decide(missing(needs), "true".equals(System.getenv("CI"))))
                .orElse(ConditionEvaluationResult.enabled("needs nothing"));
    }

    /**
     * What becomes of a test that lacks something.
     *
     * @param missing what it lacks; nothing for a test that can run
     * @param everyTestMustRun whether a skip counts as a failure
     * @throws IllegalStateException if something is missing and every test must run
     */
    static ConditionEvaluationResult decide(List<String> missing, boolean everyTestMustRun) {
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("all it needs is here");
        }
        String reason = "missing here: " + String.join(", ", missing);
        if (everyTestMustRun) {
            throw new IllegalStateException(reason + "; with CI=true no test may be skipped");
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    static List<String> missing(Needs needs) {
        List<String> missing = new ArrayList<>();
        for (Prerequisite prerequisite : needs.value()) {
            if (!isMet(prerequisite)) {
                missing.add(prerequisite.label());
            }
        }
        for (String command : needs.commands()) {
            if (Prerequisite.find(command).isEmpty()) {
                missing.add("the program " + command);
            }
        }
        return missing;
    }

    private static boolean isMet(Prerequisite prerequisite) {
        try {
            return prerequisite.isMet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
