package io.github.camelmessagedb.conformance;

import io.github.camelmessagedb.testing.TestSchema;
import java.util.Optional;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests and properties where there is no original to compare with, and says why. */
final class NeedsOriginal implements ExecutionCondition, SkipExecutionHook {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return reasonToSkip(context.getDisplayName())
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("The original is there, or its absence an error"));
    }

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        return reasonToSkip(context.label()).map(SkipResult::skip).orElseGet(SkipResult::doNotSkip);
    }

    private static Optional<String> reasonToSkip(String name) {
        Optional<String> reason = TestSchema.whyOriginalIsSkipped();
        reason.ifPresent(why -> System.err.println("Skipped: " + name + ". " + why));
        return reason;
    }
}
