package io.github.camelmessagedb.subscription;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * The messages from the oldest that is not done with to the newest that was handed out, and what was left out behind them.
 * Messages are done with in any order; progress is made only over a run of them without a hole, from the oldest on. Used by
 * one thread.
 */
final class Window {

    private static final int MOST_AHEAD = 10_000;

    private final int maxMessages;
    private final Deque<Item> items = new ArrayDeque<>();
    private int messages;
    private long size;

    /** Something to come past. */
    private sealed interface Item {}

    private record Message(Delivery delivery) implements Item {}

    /**
     * What a filter left out, up to a position.
     *
     * @param worthStoring whether it is worth storing that position
     */
    record LeftOut(RecordedPosition last, boolean worthStoring) implements Item {}

    Window(int maxMessages) {
        this.maxMessages = maxMessages;
    }

    void add(Delivery delivery) {
        items.add(new Message(delivery));
        messages++;
        size += delivery.size();
    }

    /** A filter left out everything from the last message on up to here; what is left out in a row is one item. */
    void addLeftOut(LeftOut leftOut) {
        boolean worthStoring = leftOut.worthStoring();
        if (items.peekLast() instanceof LeftOut before) {
            items.removeLast();
            worthStoring |= before.worthStoring();
        }
        items.add(new LeftOut(leftOut.last(), worthStoring));
    }

    /** Moves the progress over what is done with. */
    void advance(Progress progress, long now) {
        for (Item item = items.peek(); item != null; item = items.peek()) {
            if (item instanceof Message message) {
                if (!message.delivery().isDone()) {
                    return;
                }
                progress.handled(message.delivery().position(), now);
                messages--;
                size -= message.delivery().size();
            } else if (item instanceof LeftOut leftOut) {
                progress.passed(leftOut.last(), leftOut.worthStoring(), now);
            }
            items.remove();
        }
    }

    /** The ids of the messages behind the oldest open one that are done with, but for more than anybody would have in flight. */
    List<UUID> handledAhead() {
        return items.stream()
                .filter(Message.class::isInstance)
                .map(item -> ((Message) item).delivery())
                .filter(Delivery::isDone)
                .map(delivery -> delivery.message().id())
                .limit(MOST_AHEAD)
                .toList();
    }

    /** How many more messages may be handed out. */
    int room() {
        return maxMessages - messages;
    }

    int messages() {
        return messages;
    }

    /** The size of the messages in it. */
    long size() {
        return size;
    }
}
