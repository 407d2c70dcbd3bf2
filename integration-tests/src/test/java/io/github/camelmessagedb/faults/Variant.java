package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.subscription.MessageHandler;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.RecordedPosition;
import io.github.camelmessagedb.subscription.Source;
import io.github.camelmessagedb.subscription.StartPosition;
import io.github.camelmessagedb.subscription.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** Consumers that are wrong in ways that look right, made of the right one, and what the oracle says of each. */
enum Variant {
    RIGHT("") {
        @Override
        Subscription.Parts of(Subscription.Parts right, AtomicBoolean stopping) {
            return right;
        }
    },
    COMMIT_BEFORE_PROCESS("stored too early") {
        @Override
        Subscription.Parts of(Subscription.Parts right, AtomicBoolean stopping) {
            return with(right, right.source(), right.positions(), (messages, completion) -> {
                completion.done(null);
                LockSupport.parkNanos(A_WHILE.toNanos());
                right.handler().handle(messages, failure -> {});
            });
        }
    },
    SKIP_ON_FAILURE("never handled") {
        @Override
        Subscription.Parts of(Subscription.Parts right, AtomicBoolean stopping) {
            return with(right, right.source(), right.positions(), (messages, completion) -> {
                try {
                    right.handler().handle(messages, completion);
                } catch (IllegalStateException e) {
                    completion.done(null);
                }
            });
        }
    },
    NO_SAVE_ON_STOP("repeated") {
        @Override
        Subscription.Parts of(Subscription.Parts right, AtomicBoolean stopping) {
            return with(
                    right,
                    right.source(),
                    saving(right.positions(), position -> stopping.get() ? null : position),
                    right.handler());
        }
    },
    FETCH_POSITION("stored too early") {
        @Override
        Subscription.Parts of(Subscription.Parts right, AtomicBoolean stopping) {
            AtomicReference<RecordedPosition> read = new AtomicReference<>();
            Source source = reading(right.source(), reading -> {
                read.set(reading.last());
                return reading;
            });
            PositionStore positions = saving(right.positions(), position -> read.get() == null ? position : read.get());
            return with(right, source, positions, right.handler());
        }
    },
    REORDERED("out of order") {
        @Override
        Subscription.Parts of(Subscription.Parts right, AtomicBoolean stopping) {
            return with(
                    right,
                    answering(right.source(), read -> {
                        List<StoredMessage> messages = new ArrayList<>(read);
                        Collections.reverse(messages);
                        return messages;
                    }),
                    right.positions(),
                    right.handler());
        }
    },
    DROPPED("never handled") {
        @Override
        Subscription.Parts of(Subscription.Parts right, AtomicBoolean stopping) {
            return with(
                    right,
                    answering(
                            right.source(),
                            read -> read.stream()
                                    .filter(message -> message.globalPosition() % 100 != 7)
                                    .toList()),
                    right.positions(),
                    right.handler());
        }
    };

    /** So long that the position is stored meanwhile, now and then. */
    private static final Duration A_WHILE = Duration.ofMillis(20);

    private final String complaint;

    Variant(String complaint) {
        this.complaint = complaint;
    }

    /** What the oracle is to say of it; empty where it is right. */
    String complaint() {
        return complaint;
    }

    /**
     * The consumer.
     *
     * @param stopping whether it was asked to stop
     */
    abstract Subscription.Parts of(Subscription.Parts right, AtomicBoolean stopping);

    private static Subscription.Parts with(
            Subscription.Parts right, Source source, PositionStore positions, MessageHandler handler) {
        return new Subscription.Parts(
                right.identity(), source, positions, handler, right.options(), right.environment());
    }

    /** Saves another position, or none where it is null. */
    private static PositionStore saving(PositionStore right, UnaryOperator<RecordedPosition> change) {
        return new PositionStore() {
            @Override
            public Optional<RecordedPosition> load() {
                return right.load();
            }

            @Override
            public void save(RecordedPosition position) {
                RecordedPosition changed = change.apply(position);
                if (changed != null) {
                    right.save(changed);
                }
            }
        };
    }

    private static Source answering(Source right, UnaryOperator<List<StoredMessage>> change) {
        return reading(
                right,
                reading -> new Source.Reading(
                        change.apply(reading.messages()),
                        reading.last(),
                        reading.endReached(),
                        reading.worthStoring()));
    }

    private static Source reading(Source right, UnaryOperator<Source.Reading> change) {
        return new Source() {
            @Override
            public Reading read(RecordedPosition last) {
                return change.apply(right.read(last));
            }

            @Override
            public RecordedPosition positionBefore(StartPosition start) {
                return right.positionBefore(start);
            }

            @Override
            public long positionOf(StoredMessage message) {
                return right.positionOf(message);
            }
        };
    }
}
