package io.github.camelmessagedb.component;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Meters with some tags in common, to be removed together. */
final class Meters {

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> registered = new CopyOnWriteArrayList<>();

    Meters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    private <T extends Meter> T added(T meter) {
        registered.add(meter);
        return meter;
    }

    Timer timer(MessageDbMeter meter, String outcome) {
        return added(Timer.builder(meter.id())
                .description(meter.description())
                .tags(tags.and("outcome", outcome))
                .register(registry));
    }

    DistributionSummary summary(MessageDbMeter meter) {
        return added(DistributionSummary.builder(meter.id())
                .description(meter.description())
                .baseUnit(meter.unit())
                .tags(tags)
                .register(registry));
    }

    Counter counter(MessageDbMeter meter) {
        return added(Counter.builder(meter.id())
                .description(meter.description())
                .baseUnit(meter.unit())
                .tags(tags)
                .register(registry));
    }

    /** What is counted elsewhere. */
    <T> void counted(MessageDbMeter meter, T counting, ToDoubleFunction<T> count) {
        added(FunctionCounter.builder(meter.id(), counting, count)
                .description(meter.description())
                .baseUnit(meter.unit())
                .tags(tags)
                .register(registry));
    }

    void gauge(MessageDbMeter meter, Supplier<Number> value) {
        gauge(meter, Tags.empty(), value);
    }

    void gauge(MessageDbMeter meter, Tags more, Supplier<Number> value) {
        added(Gauge.builder(meter.id(), value)
                .description(meter.description())
                .baseUnit(meter.unit())
                .tags(tags.and(more))
                .strongReference(true)
                .register(registry));
    }

    void seconds(MessageDbMeter meter, Supplier<Number> value) {
        added(TimeGauge.builder(meter.id(), value, TimeUnit.SECONDS)
                .description(meter.description())
                .tags(tags)
                .strongReference(true)
                .register(registry));
    }

    void remove() {
        registered.forEach(registry::remove);
        registered.clear();
    }
}
