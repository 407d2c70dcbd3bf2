package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.SubscriptionObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/** Keeps meters in the meter registry that Camel's registry has. */
final class MicrometerMetering implements Metering {

    private final MeterRegistry registry;
    private final Tag context;
    private final Map<ConsumerInsight, Meters> consumers = new ConcurrentHashMap<>();
    private final Map<String, Meters> categories = new ConcurrentHashMap<>();
    private final Map<String, ProducerMeters> producers = new ConcurrentHashMap<>();

    private MicrometerMetering(MeterRegistry registry, CamelContext camelContext) {
        this.registry = registry;
        this.context = Tag.of("context", camelContext.getName());
    }

    static Metering of(CamelContext context) {
        Set<MeterRegistry> found = context.getRegistry().findByType(MeterRegistry.class);
        return found.isEmpty() ? NONE : new MicrometerMetering(together(found), context);
    }

    /** One of several that is in another one of them is served once. */
    private static MeterRegistry together(Set<MeterRegistry> found) {
        if (found.size() == 1) {
            return found.iterator().next();
        }
        CompositeMeterRegistry all = new CompositeMeterRegistry();
        found.forEach(all::add);
        return all;
    }

    @Override
    public SubscriptionObserver add(ConsumerInsight consumer) {
        Map<String, String> tags = consumer.tags();
        Meters meters = new Meters(
                registry,
                Tags.of(context)
                        .and(tags.entrySet().stream()
                                .map(tag -> Tag.of(tag.getKey(), tag.getValue()))
                                .collect(Collectors.toList())));
        consumers.put(consumer, meters);
        return new ConsumerMeters(meters, consumer);
    }

    @Override
    public void remove(ConsumerInsight consumer) {
        Meters meters = consumers.remove(consumer);
        if (meters != null) {
            meters.remove();
        }
    }

    /** One producer of many may end, with an endpoint that is used no longer: its meters are those of the others, too. */
    @Override
    public CallObserver producers(String category) {
        return producers.computeIfAbsent(category, it -> {
            Meters meters = new Meters(registry, Tags.of(context, Tag.of("category", it)));
            categories.put(it, meters);
            return new ProducerMeters(meters);
        });
    }

    @Override
    public void close() {
        producers.clear();
        categories.values().forEach(Meters::remove);
        categories.clear();
    }
}
