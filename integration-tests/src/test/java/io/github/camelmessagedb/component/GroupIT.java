package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.testing.RecordingDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consumer groups. */
class GroupIT extends ComponentTest {

    private static final int SIZE = 3;

    /** Each in a program of its own, or all in one. */
    private List<Received> startMembers(boolean inOne, String options) throws Exception {
        List<Received> members = new ArrayList<>();
        DefaultCamelContext program = newContext();
        for (int member = 0; member < SIZE; member++) {
            Received received = new Received();
            String uri =
                    "messagedb:" + category + "?consumerGroupSize=" + SIZE + "&consumerGroupMember=" + member + options;
            if (!inOne) {
                program = newContext();
            }
            RouteBuilder.addRoutes(program, routes -> routes.from(uri).process(received));
            program.start();
            members.add(received);
        }
        return members;
    }

    @Test
    void members_of_one_program_share_their_reads() throws Exception {
        RecordingDataSource recording = new RecordingDataSource(pool);
        context.getRegistry().bind("pool", recording.dataSource());
        Received received = new Received();
        start(routes -> {
            for (int member = 0; member < SIZE; member++) {
                routes.from("messagedb:" + category + "?consumerGroupSize=" + SIZE + "&consumerGroupMember=" + member)
                        .process(received);
            }
        });
        // The first to begin are alone for a moment.
        writeNumbers(category + "-1", 0, 0);
        received.awaitCount(1);
        eventually().until(() -> {
            List<String> reads = recording.prepared().stream()
                    .filter(sql -> !sql.contains("messages_global_position_seq"))
                    .toList();
            return reads.size() > 4 * SIZE
                    && reads.subList(reads.size() - 2 * SIZE, reads.size()).stream()
                            .noneMatch(GroupIT::isAMembersOwn);
        });
        int before = recording.prepared().size();

        for (int i = 0; i < 30; i++) {
            writeNumbers(category + "-" + i, 1, 100);
        }
        received.awaitCount(3001);

        List<String> since = recording.prepared();
        assertThat(since.subList(before, since.size())).noneMatch(GroupIT::isAMembersOwn);
    }

    private static boolean isAMembersOwn(String sql) {
        return sql.contains("md5(");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shares_out_the_streams_and_loses_nothing(boolean inOne) throws Exception {
        for (int i = 0; i < 30; i++) {
            writeNumbers(category + "-" + i, 1, 5);
        }

        List<Received> members = startMembers(inOne, "&batchSize=4");
        for (int i = 0; i < 30; i++) {
            writeNumbers(category + "-" + i, 6, 10);
        }
        eventually()
                .until(() -> members.stream()
                                .mapToInt(member -> member.messages().size())
                                .sum()
                        == 300);

        for (int i = 0; i < 30; i++) {
            String stream = category + "-" + i;
            int owner = ConsumerGroup.memberOf(StreamName.of(stream), SIZE);
            for (int member = 0; member < SIZE; member++) {
                assertThat(members.get(member).numbers(stream))
                        .as("member %d, %s", member, stream)
                        .isEqualTo(
                                member == owner
                                        ? IntStream.rangeClosed(1, 10).boxed().toList()
                                        : List.of());
            }
        }
    }

    @Test
    void compound_ids_go_where_their_cardinal_id_does() throws Exception {
        for (int i = 0; i < 10; i++) {
            writeNumbers(category + "-" + i, i, i);
            writeNumbers(category + "-" + i + "+x", i, i);
        }

        List<Received> members = startMembers(false, "");
        eventually()
                .until(() -> members.stream()
                                .mapToInt(member -> member.messages().size())
                                .sum()
                        == 20);

        for (Received member : members) {
            Stream<Integer> distinct = member.numbers().stream().distinct();
            assertThat(member.numbers()).hasSize((int) distinct.count() * 2);
        }
    }

    @Test
    void a_stream_without_an_id_goes_to_member_0() throws Exception {
        writeNumbers(category, 1, 3);
        writeNumbers(category + "-1", 4, 4);

        List<Received> members = startMembers(false, "");
        eventually()
                .until(() -> members.stream()
                                .mapToInt(member -> member.messages().size())
                                .sum()
                        == 4);

        assertThat(members.get(0).numbers(category)).containsExactly(1, 2, 3);
    }

    @Test
    void two_routes_of_a_program_are_two_members() throws Exception {
        for (int i = 0; i < 20; i++) {
            writeNumbers(category + "-" + i, i, i);
        }
        Received first = new Received();
        Received second = new Received();

        start(routes -> {
            routes.from("messagedb:" + category + "?consumerGroupMember=0&consumerGroupSize=2")
                    .process(first);
            routes.from("messagedb:" + category + "?consumerGroupMember=1&consumerGroupSize=2")
                    .process(second);
        });
        eventually().until(() -> first.messages().size() + second.messages().size() == 20);

        assertThat(first.numbers()).isNotEmpty().doesNotContainAnyElementsOf(second.numbers());
        assertThat(second.numbers()).isNotEmpty();
    }

    @Test
    void the_position_moves_over_the_streams_of_other_members() throws Exception {
        writeNumbers(category + "-1", 1, 100);
        long last = stream(category + "-1").get(99).globalPosition();
        int other = (ConsumerGroup.memberOf(StreamName.of(category + "-1"), 2) + 1) % 2;

        start(routes -> routes.from("messagedb:" + category
                        + "?positionUpdateTimeout=50&batchSize=3&consumerGroupSize=2" + "&consumerGroupMember=" + other)
                .to("log:unexpected"));

        eventually()
                .untilAsserted(() -> assertThat(storedPosition(category + ":position-default+" + other + "-2"))
                        .isEqualTo(last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967296", "-2147483649", "1x", "99999999999999999999"})
    void a_member_that_is_no_number_of_its_kind_is_not_taken_for_another(String member) {
        assertThatThrownBy(() -> context.getEndpoint(
                        "messagedb:" + category + "?consumerGroupMember=" + member + "&consumerGroupSize=3"))
                .hasStackTraceContaining("consumerGroupMember '" + member + "': it must be a whole number");
    }
}
