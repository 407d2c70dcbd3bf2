package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard asks for what Prometheus would get from a running consumer and producer, and for all of it. */
class DashboardIT extends ComponentTest {

    private static final Path DASHBOARD = Path.of("../docs/grafana/messagedb.json");

    /** A metric with what it is asked by, if anything. */
    private static final Pattern METRIC = Pattern.compile("(messagedb_\\w+)(?:\\{([^}]*)})?");

    private static final Pattern LABEL = Pattern.compile("(\\w+)=~?\"|(\\w+)!=\"");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** The names of all metrics, with their labels. */
    private Map<String, Set<String>> scraped() throws Exception {
        context.getRegistry().bind("meters", meters);
        start(routes -> {
            routes.from("messagedb:" + category).routeId("consumer").process(exchange -> {});
            routes.from("direct:write").to("messagedb:" + category + "?messageType=A");
        });
        Map<String, Set<String>> scraped = new HashMap<>();
        meters.scrape().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var metric = METRIC.matcher(line);
            if (metric.lookingAt()) {
                scraped.put(metric.group(1), labels(metric.group(2)));
            }
        });
        return scraped;
    }

    private static Set<String> labels(String selector) {
        return LABEL.matcher(selector)
                .results()
                .map(label -> label.group(1) == null ? label.group(2) : label.group(1))
                .collect(Collectors.toSet());
    }

    private static List<String> expressions() throws Exception {
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
        return dashboard.findValuesAsText("expr");
    }

    @Test
    void asks_for_nothing_that_is_not_there() throws Exception {
        Map<String, Set<String>> scraped = scraped();

        for (String expression : expressions()) {
            METRIC.matcher(expression).results().forEach(metric -> {
                assertThat(scraped).as(expression).containsKey(metric.group(1));
                Set<String> asked = new HashSet<>(labels(metric.group(2)));
                BY.matcher(expression)
                        .results()
                        .forEach(by -> asked.addAll(Arrays.asList(by.group(1).split(", "))));
                assertThat(scraped.get(metric.group(1))).as(expression).containsAll(asked);
            });
        }
        assertThat(expressions()).hasSizeGreaterThan(20);
    }

    @Test
    void shows_all_meters() throws Exception {
        String all = String.join("\n", expressions());
        Set<String> missing = Arrays.stream(MessageDbMeter.values())
                .map(meter -> meter.id().replace('.', '_'))
                .filter(name -> !Pattern.compile(name + "(_messages|_seconds)?(_total|_sum|_count|_max)?\\{")
                        .matcher(all)
                        .find())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(missing).isEmpty();
    }
}
