package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.throttling.ThrottlingInflightRoutePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starting, suspending, resuming and stopping. */
@Timeout(60)
class LifecycleIT extends ComponentTest {

    private final Received received = new Received();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch mayLeave = new CountDownLatch(1);

    /** Holds the first exchange until it may leave. */
    private final Processor slow = exchange -> {
        entered.countDown();
        mayLeave.await(30, TimeUnit.SECONDS);
    };

    private void from(String options, Processor... before) throws Exception {
        start(routes -> {
            var route = routes.from("messagedb:" + category + "?" + options).routeId("consumer");
            for (Processor processor : before) {
                route.process(processor);
            }
            route.process(received);
        });
    }

    private long positionOf(int number) {
        return stream(category + "-1").get(number - 1).globalPosition();
    }

    private void awaitEnding() {
        eventually()
                .until(() -> context.getRoute("consumer").getConsumer() instanceof MessageDbConsumer consumer
                        && consumer.isSuspended());
    }

    @Test
    void a_suspended_route_gets_nothing_and_a_resumed_one_goes_on() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        from("");
        received.awaitCount(3);

        context.getRouteController().suspendRoute("consumer");
        writeNumbers(category + "-1", 4, 5);
        Long stored = storedPosition(category + ":position");
        ServiceStatus status = context.getRouteController().getRouteStatus("consumer");
        context.getRouteController().resumeRoute("consumer");
        received.awaitCount(5);

        assertThat(status).isEqualTo(ServiceStatus.Suspended);
        assertThat(stored).isEqualTo(positionOf(3));
        assertThat(received.numbers()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void a_resumed_route_goes_on_where_another_consumer_came_to() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        from("");
        received.awaitCount(3);
        context.getRouteController().suspendRoute("consumer");

        writeNumbers(category + "-1", 4, 5);
        write(category + ":position", "Recorded", "{\"position\": " + positionOf(4) + "}");
        context.getRouteController().resumeRoute("consumer");
        received.awaitCount(4);

        assertThat(received.numbers()).containsExactly(1, 2, 3, 5);
    }

    @Test
    void a_stop_lets_a_slow_exchange_finish_and_stores_its_position() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        from("", slow);
        entered.await();

        ForkJoinPool.commonPool().execute(() -> {
            awaitEnding();
            mayLeave.countDown();
        });
        context.getRouteController().stopRoute("consumer");

        assertThat(received.numbers()).containsExactly(1);
        assertThat(storedPosition(category + ":position")).isEqualTo(positionOf(1));
    }

    @Test
    void a_suspend_waits_for_a_slow_exchange_and_stores_its_position() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        from("", slow);
        entered.await();

        ForkJoinPool.commonPool().execute(() -> {
            awaitEnding();
            mayLeave.countDown();
        });
        context.getRouteController().suspendRoute("consumer");

        assertThat(received.numbers()).containsExactly(1);
        assertThat(storedPosition(category + ":position")).isEqualTo(positionOf(1));
    }

    @Test
    void a_forced_stop_interrupts_an_exchange_and_hands_it_out_again() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        context.getShutdownStrategy().setTimeout(1);
        from("", slow);
        entered.await();

        // Returns though the exchange may not leave yet.
        context.getRouteController().stopRoute("consumer");
        mayLeave.countDown();
        context.getRouteController().startRoute("consumer");
        received.awaitCount(3);

        assertThat(received.numbers()).containsExactly(1, 2, 3);
    }

    @Test
    void what_a_forced_stop_gave_up_on_is_not_stored_when_it_ends_later() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        context.getShutdownStrategy().setTimeout(1);
        CountDownLatch left = new CountDownLatch(1);
        from("", exchange -> {
            entered.countDown();
            boolean interrupted;
            do {
                try {
                    mayLeave.await();
                    interrupted = false;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            } while (interrupted);
            left.countDown();
        });
        entered.await();

        context.getRouteController().stopRoute("consumer");
        mayLeave.countDown();
        left.await();
        eventually().until(() -> threadsOfConsumers().isEmpty());

        assertThat(storedPosition(category + ":position")).isZero();
    }

    @Test
    void a_route_policy_may_suspend_the_consumer_from_within() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        start(routes -> routes.from("messagedb:" + category)
                .routeId("consumer")
                .routePolicy(new RoutePolicySupport() {
                    @Override
                    public void onExchangeDone(Route route, Exchange exchange) {
                        if (received.messages().size() == 2) {
                            try {
                                suspendOrStopConsumer(route.getConsumer());
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        }
                    }
                })
                .process(received));

        eventually().until(() -> Long.valueOf(positionOf(2)).equals(storedPosition(category + ":position")));
        assertThat(received.numbers()).containsExactly(1, 2);

        ((MessageDbConsumer) context.getRoute("consumer").getConsumer()).resume();
        received.awaitCount(3);
        assertThat(received.numbers()).containsExactly(1, 2, 3);
    }

    @Test
    void a_throttling_policy_holds_the_consumer_back_and_lets_it_go_on() throws Exception {
        writeNumbers(category + "-1", 1, 200);
        ThrottlingInflightRoutePolicy policy = new ThrottlingInflightRoutePolicy();
        policy.setMaxInflightExchanges(2);
        policy.setResumePercentOfMax(50);
        policy.setScope(ThrottlingInflightRoutePolicy.ThrottlingScope.Context);

        start(routes -> {
            routes.from("messagedb:" + category).routePolicy(policy).to("seda:work?waitForTaskToComplete=Never");
            routes.from("seda:work").delay(1).process(received);
        });
        received.awaitCount(200);

        assertThat(received.numbers().stream().distinct()).hasSize(200);
    }

    @Test
    void a_route_that_stops_itself_through_the_control_bus_does_not_hang() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        start(routes -> routes.from("messagedb:" + category)
                .routeId("consumer")
                .process(received)
                .filter(routes.simple("${body} == '2'"))
                .to("controlbus:route?routeId=consumer&action=stop&async=true"));

        eventually().until(() -> context.getRouteController().getRouteStatus("consumer") == ServiceStatus.Stopped);

        assertThat(storedPosition(category + ":position"))
                .isEqualTo(positionOf(received.messages().size()));
    }

    @Test
    void a_removed_route_leaves_no_thread() throws Exception {
        from("");
        eventually().until(() -> !threadsOfConsumers().isEmpty());

        context.getRouteController().stopRoute("consumer");
        context.removeRoute("consumer");

        eventually().until(() -> threadsOfConsumers().isEmpty());
    }

    @Test
    void a_route_that_is_not_started_automatically_waits_for_its_start() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        start(routes -> routes.from("messagedb:" + category)
                .routeId("consumer")
                .autoStartup(false)
                .process(received));
        assertThat(categoryMessages(category + ":position")).isEmpty();

        context.getRouteController().startRoute("consumer");
        received.awaitCount(1);
    }
}
