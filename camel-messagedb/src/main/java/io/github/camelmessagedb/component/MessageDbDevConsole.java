package io.github.camelmessagedb.component;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** What the consumers of all components of a context are doing, for people who develop. */
@DevConsole(
        name = "messagedb",
        displayName = "Message DB",
        description = "Subscriptions of Message DB: members, positions, lag, rates and last errors")
public class MessageDbDevConsole extends AbstractDevConsole {

    /** Shows the consumers of the context that it is given. */
    public MessageDbDevConsole() {
        super("camel", "messagedb", "Message DB", "Subscriptions of Message DB: positions, lag, rates and last errors");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (Map<String, Object> subscription : subscriptions()) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append("Route ")
                    .append(subscription.get("route"))
                    .append(": ")
                    .append(subscription.get("subscription"))
                    .append('\n');
            subscription.entrySet().stream()
                    .filter(entry -> !List.of("route", "subscription").contains(entry.getKey()))
                    .forEach(entry -> text.append(String.format("    %-16s %s%n", entry.getKey(), entry.getValue())));
        }
        return text.isEmpty() ? "No consumer of Message DB is started" : text.toString();
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        JsonArray array = new JsonArray();
        subscriptions().forEach(subscription -> array.add(new JsonObject(subscription)));
        JsonObject root = new JsonObject();
        root.put("subscriptions", array);
        return root;
    }

    private List<Map<String, Object>> subscriptions() {
        List<Map<String, Object>> all = new ArrayList<>();
        consumers()
                .sorted(Comparator.comparing(consumer -> consumer.tags().get("route") + consumer.identity()))
                .forEach(consumer -> all.add(described(consumer)));
        return all;
    }

    private Stream<ConsumerInsight> consumers() {
        return getCamelContext().getComponentNames().stream()
                .map(name -> getCamelContext().hasComponent(name))
                .filter(MessageDbComponent.class::isInstance)
                .map(MessageDbComponent.class::cast)
                .distinct()
                .flatMap(component -> component.lagWatch().consumers().stream());
    }

    private static Map<String, Object> described(ConsumerInsight consumer) {
        ConsumerStatistics statistics = consumer.statistics();
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("route", consumer.tags().get("route"));
        described.putAll(consumer.details());
        described.put("rate", String.format(Locale.ROOT, "%.1f/s", consumer.rate()));
        described.put("fetched", statistics.fetched());
        described.put("handled", statistics.handled());
        described.put("failed", statistics.failed());
        described.put("retried", statistics.retried());
        described.put("skipped", statistics.skipped());
        return described;
    }
}
