package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.subscription.Source.Reading;
import io.github.camelmessagedb.subscription.Window.LeftOut;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was read and is not handed out yet: one page at the most. */
final class ReadAhead {

    /** No more is handed out where the messages in flight have so many characters. */
    private static final long MAX_SIZE = 16 << 20;

    private final Source source;
    private final IdleWait idle;
    private final Deque<Delivery> messages = new ArrayDeque<>();

    /** What is done with already. */
    private final Set<UUID> handled;

    private @Nullable LeftOut leftOut;
    private RecordedPosition last;

    /** Begins after a position. */
    ReadAhead(Source source, IdleWait idle, RecordedPosition start) {
        this.source = source;
        this.idle = idle;
        this.last = new RecordedPosition(start.position(), start.messageId());
        this.handled = new HashSet<>(start.handledAhead());
    }

    /** Whether everything that was read is handed out. */
    boolean isEmpty() {
        return messages.isEmpty() && leftOut == null;
    }

    /** How long until it is time to look for messages again. */
    Duration untilPoll(long now) {
        return idle.left(now);
    }

    /** Reads the next page; where there is nothing, the next look is some time away. */
    void read(Time time) {
        Reading reading = source.read(last);
        List<Delivery> read = reading.messages().stream().map(this::delivery).toList();
        messages.addAll(read);
        leftOut =
                reading.last().position() > lastMessage() ? new LeftOut(reading.last(), reading.worthStoring()) : null;
        last = reading.last();
        if (reading.messages().isEmpty() && reading.endReached()) {
            idle.foundNothing(last.position(), time.nanos());
        } else {
            idle.foundSomething(time.nanos());
        }
    }

    private Delivery delivery(StoredMessage message) {
        RecordedPosition position = new RecordedPosition(source.positionOf(message), message.id());
        Delivery delivery = new Delivery(message, position);
        if (handled.remove(message.id())) {
            delivery.done();
        }
        return delivery;
    }

    private long lastMessage() {
        return messages.isEmpty()
                ? last.position()
                : messages.getLast().position().position();
    }

    /** The ids of what is done with already and was not handed out again. */
    List<UUID> handledAhead() {
        return Stream.concat(
                        messages.stream()
                                .filter(Delivery::isDone)
                                .map(delivery -> delivery.message().id()),
                        handled.stream())
                .toList();
    }

    /** Takes out as much as the window has room for, and puts it there. */
    List<Delivery> handOut(Window window) {
        List<Delivery> handedOut = new ArrayList<>();
        while (!messages.isEmpty() && window.room() > 0 && (window.messages() == 0 || window.size() < MAX_SIZE)) {
            Delivery next = messages.remove();
            window.add(next);
            if (!next.isDone()) {
                handedOut.add(next);
            }
        }
        LeftOut rest = leftOut;
        if (messages.isEmpty() && rest != null) {
            window.addLeftOut(rest);
            leftOut = null;
        }
        return handedOut;
    }
}
