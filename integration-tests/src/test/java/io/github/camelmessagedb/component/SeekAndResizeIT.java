package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.MemoryPositionStore;
import io.github.camelmessagedb.subscription.OwnershipLostException;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.PositionStores;
import io.github.camelmessagedb.subscription.RecordedPosition;
import io.github.camelmessagedb.subscription.Subscription;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a consumer goes on whose position is given anew, kept elsewhere, or inherited from a group of another size. */
@Timeout(60)
class SeekAndResizeIT extends ComponentTest {

    private final Received received = new Received();
    private final MemoryStateRepository repository = new MemoryStateRepository();
    private final Map<SubscriptionIdentity, PositionStore> kept = new ConcurrentHashMap<>();
    private final PositionStores places = identity -> kept.computeIfAbsent(identity, it -> new MemoryPositionStore());

    private DefaultCamelContext program(String... options) throws Exception {
        DefaultCamelContext program = newContext();
        program.getRegistry().bind("positions", repository);
        program.getRegistry().bind("places", places);
        for (String option : options) {
            RouteBuilder.addRoutes(
                    program,
                    routes ->
                            routes.from("messagedb:" + category + "?" + option).process(received));
        }
        program.start();
        return program;
    }

    private void writeToStreams(int from, int to) {
        for (int i = from; i <= to; i++) {
            writeNumbers(category + "-" + i % 20, i, i);
        }
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void seek_to_goes_before_what_is_stored_at_each_start_but_not_at_a_resume() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        program("").stop();
        long second = stream(category + "-1").get(1).globalPosition();
        received.messages().clear();

        DefaultCamelContext program = program("seekTo=" + second);
        received.awaitCount(2);
        String route = program.getRoutes().get(0).getRouteId();
        program.getRouteController().suspendRoute(route);
        program.getRouteController().resumeRoute(route);
        writeNumbers(category + "-1", 4, 4);
        received.awaitCount(3);
        program.stop();
        program("seekTo=beginning");
        received.awaitCount(7);

        assertThat(received.numbers()).containsExactly(2, 3, 4, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumerId=x", "consumerId=x&positionStore=#bean:positions"})
    void a_group_of_another_size_goes_on_and_passes_nothing_over(String options) throws Exception {
        writeToStreams(1, 100);
        DefaultCamelContext two = program(
                options + "&consumerGroupMember=0&consumerGroupSize=2",
                options + "&consumerGroupMember=1&consumerGroupSize=2");
        received.awaitCount(100);
        two.stop();
        writeToStreams(101, 150);
        try (Logs logs = Logs.of(Subscription.class)) {
            program(
                    options + "&startPosition=end&consumerGroupMember=0&consumerGroupSize=3",
                    options + "&startPosition=end&consumerGroupMember=1&consumerGroupSize=3",
                    options + "&startPosition=end&consumerGroupMember=2&consumerGroupSize=3");
            received.awaitCount(150);

            assertThat(logs.all().stream().filter(line -> line.startsWith("WARN")))
                    .hasSize(3)
                    .allMatch(line -> line.contains("the group of 2"));
        }

        assertThat(new TreeSet<>(received.numbers())).containsExactlyElementsOf(range(1, 150));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&positionStore=#bean:positions"})
    void what_had_no_group_becomes_one_and_goes_on(String options) throws Exception {
        writeToStreams(1, 40);
        program("consumerId=x" + options).stop();
        eventually().until(() -> received.messages().size() <= 40);
        int before = received.messages().size();
        writeToStreams(41, 60);

        program(
                "consumerId=x&consumerGroupMember=0&consumerGroupSize=2" + options,
                "consumerId=x&consumerGroupMember=1&consumerGroupSize=2" + options);
        received.awaitCount(60);

        assertThat(before).isLessThanOrEqualTo(40);
        assertThat(received.numbers()).doesNotHaveDuplicates().hasSize(60);
    }

    @Test
    void a_position_can_be_kept_in_a_state_repository() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        DefaultCamelContext first = program("consumerId=x&positionStore=#bean:positions");
        received.awaitCount(3);
        first.stop();
        writeNumbers(category + "-1", 4, 5);

        program("consumerId=x&positionStore=#bean:positions");
        received.awaitCount(5);

        assertThat(received.numbers()).containsExactly(1, 2, 3, 4, 5);
        assertThat(repository.getState(category + ":position-x"))
                .contains(context.getName().replaceAll("\\d", ""), ", process ");
        assertThat(categoryMessages(category + ":position")).isEmpty();
    }

    @Test
    void a_position_can_be_kept_in_memory() throws Exception {
        writeNumbers(category + "-1", 1, 3);

        program("consumerId=x&positionStore=memory").stop();
        received.messages().clear();
        program("consumerId=x&positionStore=memory");
        received.awaitCount(3);

        assertThat(received.numbers()).containsExactly(1, 2, 3);
        assertThat(categoryMessages(category + ":position")).isEmpty();
    }

    @Test
    void a_position_can_be_kept_in_a_bean_of_one_s_own() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        DefaultCamelContext first = program("consumerId=x&positionStore=#bean:places");
        received.awaitCount(3);
        first.stop();
        writeNumbers(category + "-1", 4, 5);

        program("consumerId=x&positionStore=#bean:places");
        received.awaitCount(5);

        assertThat(received.numbers()).containsExactly(1, 2, 3, 4, 5);
        assertThat(kept).containsOnlyKeys(new SubscriptionIdentity(StreamName.of(category), "x", null));
        assertThat(categoryMessages(category + ":position")).isEmpty();
    }

    @Test
    void a_bean_of_one_s_own_may_say_that_another_has_the_position() throws Exception {
        PositionStore taken = new PositionStore() {
            @Override
            public Optional<RecordedPosition> load() {
                return Optional.empty();
            }

            @Override
            public void save(RecordedPosition position) {
                throw new OwnershipLostException("it is another's", null);
            }
        };
        kept.put(new SubscriptionIdentity(StreamName.of(category), "x", null), taken);
        writeNumbers(category + "-1", 1, 3);

        try (Logs logs = Logs.of(MessageDbConsumer.class)) {
            program("consumerId=x&positionStore=#bean:places&retryDelay=5");
            eventually().until(() -> !logs.errors().isEmpty());

            assertThat(logs.errors()).singleElement().asString().contains("has stopped: it is another's");
        }
        assertThat(received.numbers()).isEmpty();
    }
}
