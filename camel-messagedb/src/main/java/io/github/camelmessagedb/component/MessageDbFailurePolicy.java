package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.FailurePolicy;

/** What becomes of a message that a route failed on, after Camel's error handler gave up. */
public enum MessageDbFailurePolicy {
    /** It is routed again, with growing waits, until the route succeeds. What comes after it in its stream waits. */
    retry(FailurePolicy.RETRY),
    /** The consumer stops before it. */
    stop(FailurePolicy.STOP),
    /** It is left out, with a warning in the log. */
    skip(FailurePolicy.SKIP);

    private final FailurePolicy policy;

    MessageDbFailurePolicy(FailurePolicy policy) {
        this.policy = policy;
    }

    static MessageDbFailurePolicy of(String name) {
        return Choice.of(MessageDbFailurePolicy.class, name, "failurePolicy", "");
    }

    FailurePolicy policy() {
        return policy;
    }
}
