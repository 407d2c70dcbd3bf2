package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The store has lost messages, and gives their positions to others. */
@Timeout(60)
class RewoundStoreIT extends ComponentTest {

    private final Received received = new Received();

    private void from(String options) throws Exception {
        start(routes -> routes.from("messagedb:" + category + "?retryDelay=20" + options)
                .routeId("consumer")
                .process(received));
    }

    private long last() {
        return categoryMessages(category)
                .get(categoryMessages(category).size() - 1)
                .globalPosition();
    }

    /** As if the messages from a number on had never been written. */
    private void lose(int from) {
        long position = stream(category + "-1").get(from - 1).globalPosition();
        database.execute("DELETE FROM message_store.messages WHERE global_position >= " + position
                + " AND stream_name NOT LIKE '%position%'");
        database.execute("SELECT setval('message_store.messages_global_position_seq', " + (position - 1) + ")");
    }

    private void awaitRewound() {
        eventually().until(() -> OwnershipIT.health(context).getState() == HealthCheck.State.DOWN);
        assertThat(OwnershipIT.health(context).getDetails()).containsEntry("state", "FAILED");
        assertThat(OwnershipIT.health(context).getMessage().orElseThrow())
                .contains("The store has lost messages of '" + category + "'", "seekTo=");
    }

    @Test
    void is_found_out_while_it_runs_before_anything_new_is_written() throws Exception {
        writeNumbers(category + "-1", 1, 5);
        from("&positionStore=memory");
        received.awaitCount(5);

        lose(4);

        awaitRewound();
    }

    @Test
    void is_found_out_where_new_messages_have_taken_the_positions() throws Exception {
        writeNumbers(category + "-1", 1, 5);
        from("&positionStore=memory&pollInterval=100");
        received.awaitCount(5);
        context.getRouteController().suspendRoute("consumer");
        lose(4);
        writeNumbers(category + "-1", 104, 109);

        context.getRouteController().resumeRoute("consumer");

        awaitRewound();
        assertThat(received.numbers()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void is_found_out_at_the_start_and_gone_on_from_where_it_is_told_to() throws Exception {
        writeNumbers(category + "-1", 1, 5);
        from("");
        received.awaitCount(5);
        context.getRouteController().stopRoute("consumer");
        // The positions of this category are kept at the numbers after its own.
        database.execute("UPDATE message_store.messages SET global_position = global_position + 1000"
                + " WHERE stream_name LIKE '%position%'");
        lose(4);
        writeNumbers(category + "-1", 104, 109);
        long third = stream(category + "-1").get(2).globalPosition();

        context.getRouteController().startRoute("consumer");
        awaitRewound();
        context.stop();
        var again = newContext();
        Received rest = new Received();
        org.apache.camel.builder.RouteBuilder.addRoutes(
                again,
                routes -> routes.from("messagedb:" + category + "?seekTo=" + (third + 1))
                        .process(rest));
        again.start();
        rest.awaitCount(6);

        assertThat(rest.numbers()).containsExactly(104, 105, 106, 107, 108, 109);
    }

    @Test
    void a_message_that_was_deleted_is_no_loss() throws Exception {
        writeNumbers(category + "-1", 1, 5);
        from("");
        received.awaitCount(5);
        database.execute("DELETE FROM message_store.messages WHERE global_position = " + last());

        writeNumbers(category + "-2", 6, 8);
        received.awaitCount(8);

        assertThat(received.numbers()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(Objects.requireNonNull(OwnershipIT.health(context)).getState())
                .isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void a_filter_does_not_hide_it() throws Exception {
        writeNumbers(category + "-1", 1, 5);
        write(category + "-1", "Other", "6");
        from("&messageTypes=Counted&positionStore=memory");
        received.awaitCount(5);

        lose(4);

        awaitRewound();
    }
}
