package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All workers of a run. The streams are divided among them, by their cardinal ids. */
final class Lanes {

    private final List<Lane> lanes;
    private final List<List<Delivery>> handedOut = new ArrayList<>();

    Lanes(int count, Supplier<Lane> lane) {
        this.lanes = Stream.generate(lane).limit(count).toList();
        lanes.forEach(it -> handedOut.add(new ArrayList<>()));
    }

    void add(List<Delivery> deliveries) {
        if (lanes.size() == 1) {
            lanes.get(0).add(deliveries);
            return;
        }
        handedOut.forEach(List::clear);
        deliveries.forEach(delivery ->
                handedOut.get(laneOf(delivery.message().stream(), lanes.size())).add(delivery));
        for (int i = 0; i < lanes.size(); i++) {
            if (!handedOut.get(i).isEmpty()) {
                lanes.get(i).add(handedOut.get(i));
            }
        }
    }

    /**
     * Not by the hash of consumer groups: all streams of a member of four have the same remainder by four, and would meet in
     * one lane.
     */
    static int laneOf(StreamName stream, int count) {
        int hash = stream.cardinalId().orElse("").hashCode() * 0x9E3779B9;
        return (int) (((hash & 0xFFFFFFFFL) * count) >>> 32);
    }

    void resume(long now) {
        lanes.forEach(lane -> lane.resume(now));
    }

    void stop() {
        lanes.forEach(Lane::stop);
    }

    void abandon() {
        lanes.forEach(Lane::abandon);
    }

    boolean areBusy() {
        return lanes.stream().anyMatch(Lane::isBusy);
    }

    /** The earliest time at which one wants to be resumed. */
    OptionalLong retryAt() {
        return lanes.stream()
                .map(Lane::retryAt)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .min();
    }

    @Nullable
    Throwable lastError() {
        return lanes.stream()
                .map(Lane::lastError)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
