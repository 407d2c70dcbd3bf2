package io.github.camelmessagedb.subscription;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/** What a subscription promises, in whatever order things happen. */
class SubscriptionPropertiesTest {

    private static final int STEPS = 300;

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Subscription.class);

    @BeforeContainer
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterContainer
    static void loud() {
        LOG.setLevel(null);
    }

    // 1,000 tries, unless jqwik.tries.default says otherwise.
    @Property
    void nothing_is_skipped_or_reordered_and_repeats_are_bounded(@ForAll long seed) {
        SubscriptionModel model = new SubscriptionModel(seed);
        for (int i = 0; i < STEPS; i++) {
            model.step();
        }
        model.settle();
    }
}
