package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.subscription.MessageHandler.Completion;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Has an observer told of what is read, handled and stored. What nobody observes is not wrapped. */
final class Observed {

    private final SubscriptionObserver observer;
    private final Time time;

    private Observed(SubscriptionObserver observer, Time time) {
        this.observer = observer;
        this.time = time;
    }

    /** The same parts, observed by the observer of their environment. */
    static Subscription.Parts of(Subscription.Parts parts) {
        SubscriptionObserver observer = parts.environment().observer();
        if (observer == SubscriptionObserver.NONE) {
            return parts;
        }
        Observed observed = new Observed(observer, parts.time());
        return new Subscription.Parts(
                parts.identity(),
                observed.source(parts.source()),
                observed.positions(parts.positions()),
                observed.handler(parts.handler()),
                parts.options(),
                parts.environment());
    }

    private long since(long began) {
        return time.nanos() - began;
    }

    private Source source(Source source) {
        return new Source() {
            @Override
            public Reading read(RecordedPosition last) {
                long began = time.nanos();
                Reading reading;
                try {
                    reading = source.read(last);
                } catch (Throwable e) {
                    observer.readFailed(e, since(began));
                    throw e;
                }
                observer.read(reading.messages().size(), since(began));
                return reading;
            }

            @Override
            public RecordedPosition positionBefore(StartPosition start) {
                return source.positionBefore(start);
            }

            @Override
            public long positionOf(StoredMessage message) {
                return source.positionOf(message);
            }
        };
    }

    private PositionStore positions(PositionStore positions) {
        return new PositionStore() {
            @Override
            public Optional<RecordedPosition> load() {
                return positions.load();
            }

            @Override
            public void save(RecordedPosition position) {
                long began = time.nanos();
                try {
                    positions.save(position);
                } catch (Throwable e) {
                    observer.saveFailed(e, since(began));
                    throw e;
                }
                observer.saved(since(began));
            }

            @Override
            public List<MemberPosition> others() {
                return positions.others();
            }
        };
    }

    private MessageHandler handler(MessageHandler handler) {
        return (messages, completion) -> {
            Told told = new Told(messages.size(), completion);
            try {
                handler.handle(messages, told);
            } catch (Throwable e) {
                told.done(e);
            }
        };
    }

    /** The end of a handling; the first that is told counts. */
    private final class Told implements Completion {

        private final int messages;
        private final Completion completion;
        private final long began = time.nanos();
        private final AtomicBoolean done = new AtomicBoolean();

        Told(int messages, Completion completion) {
            this.messages = messages;
            this.completion = completion;
        }

        @Override
        public void done(@Nullable Throwable failure) {
            if (!done.compareAndSet(false, true)) {
                return;
            }
            long nanos = since(began);
            completion.done(failure);
            if (failure == null) {
                observer.handled(messages, nanos);
            } else {
                observer.failed(messages, failure, nanos);
            }
        }
    }
}
