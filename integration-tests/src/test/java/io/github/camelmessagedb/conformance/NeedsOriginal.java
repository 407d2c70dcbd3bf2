package io.github.camelmessagedb.conformance;

import io.github.camelmessagedb.testing.TestSchema;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Skips properties where there is no original to compare with, and says why. */
final class NeedsOriginal implements SkipExecutionHook {

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        return TestSchema.whyOriginalIsSkipped()
                .map(reason -> {
                    System.err.println("Skipped: " + context.label() + ". " + reason);
                    return SkipResult.skip(reason);
                })
                .orElseGet(SkipResult::doNotSkip);
    }
}
