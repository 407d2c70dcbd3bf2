package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelmessagedb.store.StoredMessage;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a consumer begins, what it stores, and where it goes on. */
class PositionIT extends ComponentTest {

    private final Received received = new Received();

    private void from(String uri) throws Exception {
        start(routes -> routes.from(uri).routeId("consumer").process(received));
    }

    private static Map<?, ?> json(@org.jspecify.annotations.Nullable String text) throws Exception {
        return new ObjectMapper().readValue(String.valueOf(text), Map.class);
    }

    private void stopAndStart() throws Exception {
        context.getRouteController().stopRoute("consumer");
        context.getRouteController().startRoute("consumer");
    }

    static Stream<Arguments> identities() {
        return Stream.of(
                Arguments.of("", "?", ":position"),
                Arguments.of("", "?consumerId=x-1", ":position-x-1"),
                Arguments.of(":command", "?", ":command+position"),
                Arguments.of(":command", "?consumerId=x", ":command+position-x"),
                Arguments.of("", "?consumerGroupMember=0&consumerGroupSize=1&consumerId=x", ":position-x+0-1"),
                Arguments.of("", "?consumerGroupMember=0&consumerGroupSize=1", ":position-default+0-1"));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void is_kept_in_the_stream_of_the_identity(String type, String options, String positionStream) throws Exception {
        writeNumbers(category + type + "-1", 1, 3);

        from("messagedb:" + category + type + options);
        received.awaitCount(3);
        context.stop();

        assertThat(storedPosition(category + positionStream))
                .isEqualTo(categoryMessages(category + type).get(2).globalPosition());
    }

    @Test
    void of_a_stream_is_the_stream_s_own() throws Exception {
        writeNumbers(category + "-a+b", 0, 4);

        from("messagedb:" + category + "-a+b?consumerId=x");
        received.awaitCount(5);
        context.stop();

        assertThat(storedPosition(category + ":position-x+stream-a+b")).isEqualTo(4);
    }

    @Test
    void is_written_as_eventide_does_with_the_message_s_id_beside_it() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        StoredMessage last = stream(category + "-1").get(2);

        from("messagedb:" + category);
        received.awaitCount(3);
        context.stop();

        StoredMessage position = last(category + ":position").orElseThrow();
        assertThat(position.type()).isEqualTo("Recorded");
        assertThat(json(position.data())).isEqualTo(Map.of("position", (int) last.globalPosition()));
        assertThat(json(position.metadata()))
                .extracting("properties", as(InstanceOfAssertFactories.MAP))
                .containsEntry("messageId", last.id().toString())
                .hasEntrySatisfying(
                        "owner",
                        owner -> assertThat((String) owner)
                                .startsWith(context.getName() + " on ")
                                .endsWith(", process " + ProcessHandle.current().pid()));
    }

    @Test
    void that_eventide_wrote_is_taken_over() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        write(
                category + ":position-x",
                "Recorded",
                "{\"position\": " + stream(category + "-1").get(1).globalPosition() + "}");

        from("messagedb:" + category + "?consumerId=x");
        received.awaitCount(1);
        context.stop();

        assertThat(received.numbers()).containsExactly(3);
    }

    @Test
    void nothing_is_repeated_after_a_stop_of_the_route() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        from("messagedb:" + category);
        received.awaitCount(3);

        stopAndStart();
        writeNumbers(category + "-1", 4, 5);
        received.awaitCount(5);

        assertThat(received.numbers()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void nothing_is_repeated_by_another_program_after_a_clean_end() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        from("messagedb:" + category + "?consumerId=x");
        received.awaitCount(3);
        context.stop();
        writeNumbers(category + "-1", 4, 5);

        context = newContext();
        from("messagedb:" + category + "?consumerId=x");
        received.awaitCount(5);

        assertThat(received.numbers()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void in_memory_outlives_a_stop_of_the_route() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        from("messagedb:" + category + "-1");
        received.awaitCount(3);

        stopAndStart();
        writeNumbers(category + "-1", 4, 4);
        received.awaitCount(4);

        assertThat(received.numbers()).containsExactly(1, 2, 3, 4);
        assertThat(categoryMessages(category + ":position")).isEmpty();
    }

    @Test
    void is_stored_every_so_many_messages() throws Exception {
        writeNumbers(category + "-1", 1, 25);

        from("messagedb:" + category + "?positionUpdateInterval=10&maxInFlight=5");
        received.awaitCount(25);
        context.stop();

        // The claim, one or two on the way, and 25 at the end.
        assertThat(categoryMessages(category + ":position")).hasSizeBetween(3, 4);
    }

    @Test
    void is_stored_in_time_without_a_stop() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        long last = stream(category + "-1").get(2).globalPosition();

        from("messagedb:" + category + "?positionUpdateTimeout=100");

        eventually()
                .untilAsserted(
                        () -> assertThat(storedPosition(category + ":position")).isEqualTo(last));
    }

    @Test
    void is_stored_when_the_route_is_suspended() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        from("messagedb:" + category);
        received.awaitCount(3);

        context.getRouteController().suspendRoute("consumer");

        assertThat(storedPosition(category + ":position"))
                .isEqualTo(stream(category + "-1").get(2).globalPosition());
    }

    @Test
    void moves_over_what_a_filter_leaves_out() throws Exception {
        writeNumbers(category + "-1", 1, 50);
        long last = stream(category + "-1").get(49).globalPosition();

        from("messagedb:" + category + "?messageTypes=Other&positionUpdateTimeout=100&batchSize=2");

        eventually()
                .untilAsserted(
                        () -> assertThat(storedPosition(category + ":position")).isEqualTo(last));
    }

    @Test
    void is_not_stored_when_nothing_moved() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        from("messagedb:" + category + "?positionUpdateTimeout=50&pollInterval=5");
        received.awaitCount(1);
        eventually().until(() -> categoryMessages(category + ":position").size() == 2);

        writeNumbers(category + "elsewhere-1", 1, 5);
        writeNumbers(category + "-1", 2, 2);
        received.awaitCount(2);
        context.stop();

        assertThat(categoryMessages(category + ":position")).hasSize(3);
    }

    static Stream<Arguments> starts() {
        return Stream.of(
                Arguments.of("beginning", 1),
                Arguments.of("end", 4),
                Arguments.of("position", 2),
                Arguments.of("time", 3));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void of_the_start_is_decided_once_and_stored_at_once(String start, int firstNumber) throws Exception {
        writeNumbers(category + "-1", 1, 2);
        database.execute("UPDATE message_store.messages SET time = time - interval '1 hour' WHERE stream_name = '"
                + category + "-1'");
        writeNumbers(category + "-1", 3, 3);
        String option = switch (start) {
            case "position" -> Long.toString(stream(category + "-1").get(1).globalPosition());
            case "time" -> Instant.now().minusSeconds(1800).toString();
            default -> start;
        };

        from("messagedb:" + category + "?startPosition=" + option);
        eventually().until(() -> last(category + ":position").isPresent());
        writeNumbers(category + "-1", 4, 4);
        received.awaitCount(5 - firstNumber);

        assertThat(received.numbers().get(0)).isEqualTo(firstNumber);
        assertThat(json(stream0(category + ":position").data()).get("position")).isEqualTo(before(firstNumber));
    }

    private int before(int number) {
        return switch (number) {
            case 1 -> 0;
            case 4 -> (int) stream(category + "-1").get(2).globalPosition();
            default -> (int) stream(category + "-1").get(number - 1).globalPosition() - 1;
        };
    }

    private static StoredMessage stream0(String positionCategory) {
        return categoryMessages(positionCategory).get(0);
    }

    @Test
    void that_is_stored_goes_before_the_start() throws Exception {
        from("messagedb:" + category + "?startPosition=end");
        eventually().until(() -> last(category + ":position").isPresent());
        context.stop();
        writeNumbers(category + "-1", 1, 2);

        context = newContext();
        from("messagedb:" + category + "?startPosition=end");
        received.awaitCount(2);

        assertThat(received.numbers()).containsExactly(1, 2);
    }

    @Test
    void of_the_start_of_a_stream_is_the_stream_s() throws Exception {
        writeNumbers(category + "-1", 0, 4);

        from("messagedb:" + category + "-1?consumerId=x&startPosition=3");
        received.awaitCount(2);

        assertThat(received.numbers()).containsExactly(3, 4);
    }
}
