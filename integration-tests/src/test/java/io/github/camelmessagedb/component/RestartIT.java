package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A consumer that is stopped by its own route, and started again before that has ended. */
class RestartIT extends ComponentTest {

    @Test
    void the_earlier_run_takes_the_position_nowhere_any_more() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        start(routes -> routes.from("messagedb:" + category + "?positionUpdateInterval=1")
                .routeId("consumer")
                .process(exchange -> {
                    seen.add(exchange.getMessage().getBody(String.class));
                    if (stopped.getCount() > 0) {
                        context.getRoute("consumer").getConsumer().stop();
                        stopped.countDown();
                        mayEnd.await();
                        ended.countDown();
                    }
                }));
        writeNumbers(category + "-1", 1, 3);
        stopped.await();

        context.getRoute("consumer").getConsumer().start();
        eventually().until(() -> Objects.equals(storedPosition(category + ":position"), lastPosition()));
        mayEnd.countDown();
        ended.await();
        writeNumbers(category + "-1", 4, 4);
        eventually().until(() -> Objects.equals(storedPosition(category + ":position"), lastPosition()));

        assertThat(seen).containsExactly("1", "1", "2", "3", "4");
        assertThat(positionsEverStored()).isSorted();
    }

    private Long lastPosition() {
        return database.number(
                "SELECT max(global_position) FROM message_store.messages WHERE stream_name = '" + category + "-1'");
    }

    private List<Long> positionsEverStored() {
        return database
                .query("SELECT (data ->> 'position')::bigint FROM message_store.messages WHERE stream_name = '"
                        + category + ":position' ORDER BY position")
                .stream()
                .map(row -> Long.valueOf(row.get(0)))
                .toList();
    }
}
