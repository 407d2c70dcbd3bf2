package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Keeps what came through, in order. */
final class Received implements Processor {

    private final List<Message> messages = new CopyOnWriteArrayList<>();

    @Override
    public void process(Exchange exchange) {
        Message copy = exchange.getMessage().copy();
        if (copy.getBody() instanceof List<?> list) {
            list.forEach(element -> messages.add((Message) element));
        } else {
            messages.add(copy);
        }
    }

    List<Message> messages() {
        return messages;
    }

    List<String> bodies() {
        return messages.stream().map(message -> message.getBody(String.class)).toList();
    }

    List<Integer> numbers() {
        return bodies().stream().map(Integer::valueOf).toList();
    }

    /** The numbers of one stream. */
    List<Integer> numbers(String stream) {
        return messages.stream()
                .filter(message -> stream.equals(message.getHeader(MessageDbConstants.STREAM_NAME)))
                .map(message -> Objects.requireNonNull(message.getBody(Integer.class)))
                .toList();
    }

    List<Object> headers(String name) {
        return messages.stream().map(message -> message.getHeader(name)).toList();
    }

    Message first() {
        return messages.get(0);
    }

    void awaitCount(int count) {
        ComponentTest.eventually().untilAsserted(() -> assertThat(messages).hasSizeGreaterThanOrEqualTo(count));
    }
}
