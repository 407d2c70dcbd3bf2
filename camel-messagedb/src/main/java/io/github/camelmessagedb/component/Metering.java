package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.SubscriptionObserver;
import org.apache.camel.CamelContext;

/** Where meters are kept: with Micrometer, if that is there, or nowhere. This is all that is known of it elsewhere. */
interface Metering {

    /** Nowhere. */
    Metering NONE = new Metering() {};

    /** Micrometer's, if it is on the class path and a meter registry is in Camel's. */
    static Metering of(CamelContext context) {
        boolean present =
                context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") != null;
        return present ? MicrometerMetering.of(context) : NONE;
    }

    /** Registers the meters of a consumer; what it answers is to be told of what the subscription does. */
    default SubscriptionObserver add(ConsumerInsight consumer) {
        return SubscriptionObserver.NONE;
    }

    /** Removes the meters of a consumer. */
    default void remove(ConsumerInsight consumer) {}

    /** The meters of all producers of a category. */
    default CallObserver producers(String category) {
        return CallObserver.NONE;
    }

    /** Whether lags are asked for all the time. */
    default boolean isOn() {
        return this != NONE;
    }

    /** Removes the meters of producers. */
    default void close() {}
}
