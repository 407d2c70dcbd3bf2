package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.SubscriptionOptions.PositionUpdates;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Retries;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A whole world around a subscription, in which one thing happens at a time: messages are written, a turn of the run, a
 * step of a worker, the end of a handling, time that passes, failures of the store, crashes, stops. What a subscription
 * promises is checked after each.
 */
final class SubscriptionModel {

    private static final int STREAMS = 6;

    private final Random random;
    private final SubscriptionOptions options;
    private final Handling handling;
    private final int pageSize;

    private final List<StoredMessage> store = new ArrayList<>();
    private final Set<Long> leftOut = new HashSet<>();
    private boolean storeDown;
    private @Nullable RecordedPosition stored;
    private long nanos;

    /** What was handled, ever; and how often since the last crash or stop. */
    private final Set<Long> handled = new HashSet<>();

    private Set<Long> handledInRun = new HashSet<>();
    private final Set<Long> skipped = new HashSet<>();

    private Deque<Runnable> tasks = new ArrayDeque<>();
    private List<Open> open = new ArrayList<>();
    private boolean completing;
    private Run run;

    /** A handling that has begun and not ended. */
    private record Open(List<StoredMessage> messages, MessageHandler.Completion completion) {}

    SubscriptionModel(long seed) {
        this.random = new Random(seed);
        int workers = 1 + random.nextInt(4);
        this.handling = new Handling(
                workers,
                1 + random.nextInt(3),
                workers + random.nextInt(8),
                random.nextInt(4) == 0 ? FailurePolicy.SKIP : FailurePolicy.RETRY);
        this.pageSize = 1 + random.nextInt(7);
        this.options = new SubscriptionOptions(
                new Start(new StartPosition.Beginning(), null),
                handling,
                Duration.ofMillis(100),
                new PositionUpdates(1 + random.nextInt(8), Duration.ofSeconds(5)),
                new Retries(Duration.ofMillis(10), Duration.ofMillis(500)));
        this.run = start();
    }

    private Run start() {
        Subscription.Parts parts = new Subscription.Parts(
                new SubscriptionIdentity(StreamName.of("user"), "x", null),
                new ModelSource(),
                new ModelPositions(),
                this::handle,
                options,
                new Subscription.Environment(new ModelExecutor(tasks), new ModelTime(), failure -> {}));
        Checkpoint checkpoint = new Checkpoint(parts.identity(), parts.source(), parts.positions(), options);
        return new Run(parts, checkpoint, status -> {});
    }

    /** Something happens, and the promises still hold. */
    void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> write();
            case 3, 4, 5, 6, 7 -> run.turn();
            case 8, 9, 10, 11 -> work();
            case 12, 13, 14, 15 -> complete(random.nextInt(4) > 0);
            case 16, 17 -> nanos += Duration.ofMillis(random.nextInt(2000)).toNanos();
            case 18 -> storeDown = random.nextInt(3) == 0;
            default -> {
                if (random.nextInt(4) == 0) {
                    crash();
                } else if (random.nextInt(4) == 0) {
                    stop();
                }
            }
        }
        check();
    }

    /** Everything works from now on, until there is nothing left to do. */
    void settle() {
        storeDown = false;
        for (int i = 0; i < 3000; i++) {
            run.turn();
            work();
            complete(true);
            nanos += Duration.ofMillis(50).toNanos();
            check();
        }
        for (StoredMessage message : store) {
            if (!leftOut.contains(message.globalPosition())) {
                assertThat(handled.contains(message.globalPosition()) || skipped.contains(message.globalPosition()))
                        .as("%s was handled", message)
                        .isTrue();
            }
        }
        assertThat(stored == null ? 0 : stored.position())
                .as("the stored position")
                .isEqualTo(store.isEmpty() ? 0 : store.get(store.size() - 1).globalPosition());
    }

    private void write() {
        for (int i = random.nextInt(6); i > 0; i--) {
            long position =
                    (store.isEmpty() ? 0 : store.get(store.size() - 1).globalPosition()) + 1 + random.nextInt(3);
            String stream = "user-" + random.nextInt(STREAMS) + (random.nextBoolean() ? "+x" : "");
            store.add(new StoredMessage(
                    new UUID(0, position), StreamName.of(stream), "A", position, position, "{}", null, Instant.EPOCH));
            if (random.nextInt(5) == 0) {
                leftOut.add(position);
            }
        }
    }

    private void work() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }

    private void complete(boolean well) {
        if (!open.isEmpty()) {
            Open ending = open.remove(random.nextInt(open.size()));
            end(ending, well);
        }
    }

    private void end(Open ending, boolean well) {
        if (well) {
            ending.messages().forEach(message -> handled(message.globalPosition()));
        } else if (ending.messages().size() == 1 && handling.failurePolicy() == FailurePolicy.SKIP) {
            skipped.add(ending.messages().get(0).globalPosition());
        }
        ending.completion().done(well ? null : new IllegalStateException("on purpose"));
    }

    private void handled(long position) {
        handled.add(position);
        handledInRun.add(position);
    }

    /** The program is gone: what it was doing never ends, and only what is stored is left. */
    private void crash() {
        int lost = (int) handledInRun.stream()
                .filter(position -> position > storedPosition())
                .count();
        assertThat(lost)
                .as("handled and not stored")
                .isLessThan(options.updates().interval() + handling.maxInFlight());
        tasks = new ArrayDeque<>();
        open = new ArrayList<>();
        handledInRun = new HashSet<>();
        run = start();
    }

    /** What is being handled comes to its end, while it waits for that. */
    private void stop() {
        storeDown = false;
        run.stop();
        completing = true;
        try {
            run.run();
        } finally {
            completing = false;
        }
        assertThat(open).as("being handled after the end").isEmpty();
        assertThat(store.stream()
                        .filter(this::isDone)
                        .map(StoredMessage::globalPosition)
                        .filter(position -> position > storedPosition())
                        .filter(position -> handledInRun.contains(position))
                        .filter(position -> !handledAhead().contains(new UUID(0, position))))
                .as("come again after a clean stop")
                .isEmpty();
        crash();
    }

    private void check() {
        Set<String> busy = new HashSet<>();
        for (Open handling : open) {
            Set<String> own = new HashSet<>();
            handling.messages().forEach(message -> own.add(cardinalId(message)));
            assertThat(own.stream().filter(busy::contains))
                    .as("streams handled twice at a time")
                    .isEmpty();
            busy.addAll(own);
        }
        for (StoredMessage message : store) {
            boolean counts = message.globalPosition() <= storedPosition()
                    || handledAhead().contains(message.id());
            if (counts && !leftOut.contains(message.globalPosition())) {
                assertThat(isDone(message))
                        .as("%s, which is stored as done with, is", message)
                        .isTrue();
            }
        }
    }

    private List<UUID> handledAhead() {
        return stored == null ? List.of() : stored.handledAhead();
    }

    private boolean isDone(StoredMessage message) {
        return handled.contains(message.globalPosition()) || skipped.contains(message.globalPosition());
    }

    private static String cardinalId(StoredMessage message) {
        return message.stream().cardinalId().orElseThrow();
    }

    private long storedPosition() {
        return stored == null ? 0 : stored.position();
    }

    private void handle(List<StoredMessage> messages, MessageHandler.Completion completion) {
        assertThat(messages.size()).isBetween(1, handling.batchSize());
        messages.forEach(this::requireTurnOf);
        Open begun = new Open(messages, completion);
        if (random.nextInt(3) == 0) {
            end(begun, random.nextInt(5) > 0);
        } else {
            open.add(begun);
        }
    }

    /** All before it in its stream are done with, or in the same list; and it is not too far from the oldest open one. */
    private void requireTurnOf(StoredMessage message) {
        long oldestOpen = Long.MAX_VALUE;
        int distance = 0;
        for (StoredMessage earlier : store) {
            if (earlier.globalPosition() >= message.globalPosition()) {
                break;
            }
            if (leftOut.contains(earlier.globalPosition()) || earlier.globalPosition() <= storedPosition()) {
                continue;
            }
            oldestOpen = isDone(earlier) ? oldestOpen : Math.min(oldestOpen, earlier.globalPosition());
            distance += oldestOpen < Long.MAX_VALUE ? 1 : 0;
        }
        assertThat(distance)
                .as("distance of %s from the oldest open one", message)
                .isLessThan(handling.maxInFlight());
    }

    private final class ModelTime implements Time {

        @Override
        public long nanos() {
            return nanos;
        }

        /** Where a run waits in here, it waits for what is being handled. */
        @Override
        public void await(Signal signal, Duration atMost) {
            assertThat(completing).as("waits in the middle of a turn").isTrue();
            work();
            complete(random.nextInt(4) > 0);
        }
    }

    /** Runs nothing by itself. */
    private record ModelExecutor(Deque<Runnable> tasks) implements java.util.concurrent.Executor {

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }
    }

    private final class ModelSource implements Source {

        @Override
        public Reading read(RecordedPosition last) {
            requireUp();
            List<StoredMessage> looked = store.stream()
                    .filter(message -> message.globalPosition() > last.position())
                    .limit(pageSize)
                    .toList();
            RecordedPosition end = last;
            if (!looked.isEmpty()) {
                StoredMessage newest = looked.get(looked.size() - 1);
                end = new RecordedPosition(newest.globalPosition(), newest.id());
            }
            return new Reading(
                    looked.stream()
                            .filter(message -> !leftOut.contains(message.globalPosition()))
                            .toList(),
                    end,
                    looked.size() < pageSize,
                    true);
        }

        @Override
        public RecordedPosition positionBefore(StartPosition start) {
            return new RecordedPosition(0, null);
        }

        @Override
        public long positionOf(StoredMessage message) {
            return message.globalPosition();
        }
    }

    private final class ModelPositions implements PositionStore {

        @Override
        public Optional<RecordedPosition> load() {
            requireUp();
            return Optional.ofNullable(stored);
        }

        @Override
        public void save(RecordedPosition position) {
            requireUp();
            stored = position;
            check();
        }
    }

    private void requireUp() {
        if (storeDown) {
            throw new IllegalStateException("down on purpose");
        }
    }
}
