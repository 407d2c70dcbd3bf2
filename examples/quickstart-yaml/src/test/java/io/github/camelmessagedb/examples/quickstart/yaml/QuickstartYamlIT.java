package io.github.camelmessagedb.examples.quickstart.yaml;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the example as users do, as a process, twice, and looks into the database. */
class QuickstartYamlIT {

    private static final int FLIGHTS = 5000;
    private static final int FLIGHTS_PER_REPORT = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final MessageDbExtension messageDb = MessageDbExtension.create();

    @Test
    void all_flights_are_written_once_handled_and_reported_and_a_second_run_adds_nothing() throws Exception {
        assertThat(exitCode("first.log")).isZero();
        assertFlights();
        assertReports();
        assertPositions();

        assertThat(exitCode("second.log")).isZero();
        assertFlights();
        assertReports();
    }

    private int exitCode(String log) throws Exception {
        Process example = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Dfile.encoding=UTF-8",
                        "-Dcamel.component.messagedb.jdbcUrl=" + messageDb.jdbcUrl(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", log).toFile())
                .start();
        try {
            assertThat(example.waitFor(3, TimeUnit.MINUTES)).isTrue();
            return example.exitValue();
        } finally {
            example.destroyForcibly();
        }
    }

    private void assertFlights() throws IOException {
        Map<String, List<JsonNode>> flights = StreamSupport.stream(
                        JSON.readTree(Path.of("..", "quickstart", "data", "flights-5k.json")
                                        .toFile())
                                .spliterator(),
                        false)
                .collect(groupingBy(flight -> "airport-" + flight.get("origin").asText()));

        List<StoredMessage> stored = category("airport");
        assertThat(stored).hasSize(FLIGHTS).extracting(StoredMessage::type).containsOnly("FlightDeparted");
        assertThat(byStream(stored)).isEqualTo(flights);
    }

    /** One after every fiftieth flight of an airport, with the average up to it, caused by it. */
    private void assertReports() {
        List<JsonNode> expected = new ArrayList<>();
        byStream(category("airport")).forEach((stream, flights) -> {
            for (int count = FLIGHTS_PER_REPORT; count <= flights.size(); count += FLIGHTS_PER_REPORT) {
                expected.add(report(stream, flights.subList(0, count)));
            }
        });

        List<StoredMessage> reports = category("airportDelay");
        assertThat(reports).extracting(QuickstartYamlIT::told).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(byStream(reports))
                .allSatisfy((stream, ofAirport) -> assertThat(ofAirport)
                        .isSortedAccordingTo((one, other) -> one.get("flights").asInt()
                                - other.get("flights").asInt()));
    }

    private static JsonNode report(String stream, List<JsonNode> flights) {
        long total = flights.stream()
                .mapToLong(flight -> flight.get("delay").asLong())
                .sum();
        return JSON.createObjectNode()
                .put("airport", stream.substring("airport-".length()))
                .put("flights", flights.size())
                .put("averageDelay", (int) (total / flights.size()))
                .put("caused by", stream + "/" + (flights.size() - 1))
                .put("correlated with", "flightImport-2001");
    }

    private static JsonNode told(StoredMessage report) {
        JsonNode metadata = tree(report.metadata());
        return tree(report.data())
                .<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy()
                .put(
                        "caused by",
                        metadata.get("causationMessageStreamName").asText() + "/"
                                + metadata.get("causationMessagePosition").asText())
                .put("correlated with", metadata.get("correlationStreamName").asText());
    }

    private void assertPositions() {
        long last = category("airport").get(FLIGHTS - 1).globalPosition();
        for (int member = 0; member < 3; member++) {
            StreamName stream = StreamName.of("airport:position-delays+" + member + "-3");
            StoredMessage position =
                    store().reader().readLastMessage(stream, null).orElseThrow();
            assertThat(tree(position.data()).get("position").asLong()).isEqualTo(last);
        }
    }

    private MessageStore store() {
        return new MessageStore(messageDb.dataSource());
    }

    private List<StoredMessage> category(String name) {
        return store().reader()
                .readCategory(ReadQuery.of(name).withBatchSize(ReadQuery.UNLIMITED))
                .messages();
    }

    private static Map<String, List<JsonNode>> byStream(List<StoredMessage> messages) {
        return messages.stream()
                .collect(groupingBy(
                        message -> message.stream().value(),
                        java.util.stream.Collectors.mapping(
                                message -> tree(message.data()), java.util.stream.Collectors.toList())));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
