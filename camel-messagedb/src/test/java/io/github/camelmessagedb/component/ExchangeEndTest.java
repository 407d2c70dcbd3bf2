package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.MessageHandler;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExchangeEndTest {

    @Test
    void an_exchange_is_completed_and_released_once() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .routeId("r")
                            .process(exchange -> {})
                            .process(exchange -> {
                                throw new StackOverflowError("on purpose");
                            })
                            .process(exchange -> {});
                }
            });
            context.start();
            var endpoint = (MessageDbEndpoint) context.getEndpoint("messagedb:user?positionStore=memory");
            MessageDbConsumer consumer =
                    new MessageDbConsumer(endpoint, context.getRoute("r").getProcessor());
            Method handle =
                    MessageDbConsumer.class.getDeclaredMethod("handle", List.class, MessageHandler.Completion.class);
            handle.setAccessible(true);
            AtomicInteger told = new AtomicInteger();
            MessageHandler.Completion completion = failure -> {
                told.incrementAndGet();
            };
            StoredMessage message =
                    new StoredMessage(UUID.randomUUID(), StreamName.of("user-1"), "A", 0, 1, "{}", null, Instant.EPOCH);
            handle.invoke(consumer, List.of(message), completion);
            assertThat(told).hasValue(1);
        }
    }
}
