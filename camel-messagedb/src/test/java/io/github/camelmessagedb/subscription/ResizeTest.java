package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.ConsumerGroup;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResizeTest {

    private static final RecordedPosition START = at(0);

    private static RecordedPosition at(long position) {
        return new RecordedPosition(position, null);
    }

    private static MemberPosition member(int member, int size, long position) {
        return new MemberPosition(new ConsumerGroup(member, size), at(position));
    }

    private static Optional<Long> start(@Nullable ConsumerGroup group, MemberPosition... positions) {
        return new Resize(group, List.of(positions)).start(() -> START).map(RecordedPosition::position);
    }

    @Test
    void begins_at_the_lowest_of_the_former_members() {
        assertThat(start(new ConsumerGroup(0, 3), member(0, 2, 70), member(1, 2, 50)))
                .contains(50L);
    }

    @Test
    void the_size_that_stored_a_position_last_counts() {
        assertThat(start(
                        new ConsumerGroup(0, 3),
                        member(0, 2, 10),
                        member(1, 2, 10),
                        member(0, 4, 30),
                        member(1, 4, 40),
                        member(2, 4, 30),
                        member(3, 4, 30)))
                .contains(30L);
    }

    @Test
    void others_of_the_same_size_do_not_count() {
        assertThat(start(new ConsumerGroup(0, 3), member(1, 3, 90))).isEmpty();
        assertThat(start(new ConsumerGroup(0, 3), member(0, 2, 20), member(1, 2, 30), member(1, 3, 90)))
                .contains(20L);
    }

    @Test
    void a_former_member_without_a_position_counts_as_its_start() {
        assertThat(start(new ConsumerGroup(0, 3), member(0, 2, 70))).contains(0L);
        assertThat(start(new ConsumerGroup(0, 3), new MemberPosition(null, at(20)), member(0, 2, 70)))
                .contains(20L);
    }

    @Test
    void goes_on_from_a_subscription_without_a_group_and_back() {
        assertThat(start(new ConsumerGroup(1, 3), new MemberPosition(null, at(20))))
                .contains(20L);
        assertThat(start(null, member(0, 2, 70), member(1, 2, 50))).contains(50L);
    }

    @Test
    void there_is_no_start_where_nobody_was() {
        assertThat(start(new ConsumerGroup(0, 3))).isEmpty();
    }

    /** Messages of streams with random hashes; a message is handled by the member of a size that its hash falls to. */
    @Property(tries = 3000)
    void no_history_of_sizes_skips_a_message(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
        History history = new History(new Random(seed));
        for (int era = 0; era < 8; era++) {
            history.era(history.random.nextInt(5), false);
        }
        history.era(history.random.nextInt(5), true);

        assertThat(history.handled.cardinality()).isEqualTo(history.end);
    }

    /** What a group has been through. */
    private static final class History {

        private final Random random;
        private final Map<Integer, Integer> hashes = new LinkedHashMap<>();
        private final BitSet handled = new BitSet();

        /** By member, in the order in which they were stored last. */
        private final Map<Optional<ConsumerGroup>, RecordedPosition> stored = new LinkedHashMap<>();

        private int end;

        History(Random random) {
            this.random = random;
        }

        void era(int size, boolean complete) {
            write();
            for (int member : shuffled(Math.max(1, size))) {
                if (complete || random.nextInt(3) > 0) {
                    run(size == 0 ? null : new ConsumerGroup(member, size), complete);
                }
            }
        }

        private void write() {
            for (int i = random.nextInt(20); i > 0; i--) {
                hashes.put(++end, random.nextInt(1000));
            }
        }

        private List<Integer> shuffled(int count) {
            List<Integer> members = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                members.add(random.nextInt(members.size() + 1), i);
            }
            return members;
        }

        private void run(@Nullable ConsumerGroup member, boolean complete) {
            Optional<ConsumerGroup> key = Optional.ofNullable(member);
            RecordedPosition start = stored.get(key);
            if (start == null) {
                start = new Resize(member, positions()).start(() -> START).orElse(START);
            }
            long to = complete ? end : start.position() + random.nextLong(end - start.position() + 1);
            for (long at = start.position() + 1; at <= to; at++) {
                if (member == null || Objects.requireNonNull(hashes.get((int) at)) % member.size() == member.member()) {
                    handled.set((int) at);
                }
            }
            stored.remove(key);
            stored.put(key, at(to));
        }

        private List<MemberPosition> positions() {
            return stored.entrySet().stream()
                    .map(entry -> new MemberPosition(entry.getKey().orElse(null), entry.getValue()))
                    .toList();
        }
    }
}
