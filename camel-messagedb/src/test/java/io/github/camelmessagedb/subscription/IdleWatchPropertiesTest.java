package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.IdleProbe;
import io.github.camelmessagedb.subscription.FakeDatabase.Part;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** No message is slept over; and what looks like enough, and is not, would be seen here. */
class IdleWatchPropertiesTest {

    private static final int MANY = 2000;

    private static void live(long seed, UnaryOperator<IdleProbe> probe, Part... order) {
        FakeDatabase database = new FakeDatabase();
        if (order.length > 0) {
            database.order(order);
        }
        new IdleModel(seed, database, probe.apply(database)).live();
    }

    @Property(tries = 2000)
    void nobody_sleeps_over_a_message(@ForAll long seed) {
        live(seed, UnaryOperator.identity());
    }

    private static void assertSleepsOver(UnaryOperator<IdleProbe> probe, Part... order) {
        assertThat(LongStream.range(0, MANY).anyMatch(seed -> sleepsOver(seed, probe, order)))
                .as("somebody sleeps over a message")
                .isTrue();
    }

    private static boolean sleepsOver(long seed, UnaryOperator<IdleProbe> probe, Part... order) {
        try {
            live(seed, probe, order);
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }

    /** Gives other answers. */
    private abstract static class Wrong implements IdleProbe {

        private final IdleProbe right;

        Wrong(IdleProbe right) {
            this.right = right;
        }

        abstract Look wrong(Look look);

        @Override
        public Numbers numbers() {
            return wrong(new Look(right.numbers(), false, Set.of())).numbers();
        }

        @Override
        public Look look(Set<Watched> watched) {
            return wrong(right.look(watched));
        }
    }

    @Example
    void the_last_number_alone_does_not_tell_what_can_still_come() {
        assertSleepsOver(right -> new Wrong(right) {
            @Override
            Look wrong(Look look) {
                return new Look(look.numbers(), true, look.arrived());
            }
        });
    }

    @Example
    void numbers_that_are_lower_than_before_count_as_well() {
        assertSleepsOver(right -> new Wrong(right) {
            private long highest;

            @Override
            Look wrong(Look look) {
                highest = Math.max(highest, look.numbers().last());
                return new Look(new Numbers(highest, highest > 0, false), look.settled(), look.arrived());
            }
        });
    }

    @Example
    void who_is_writing_is_to_be_seen_after_the_numbers() {
        assertSleepsOver(UnaryOperator.identity(), Part.WRITERS, Part.NUMBERS, Part.MESSAGES);
    }

    @Example
    void the_messages_are_to_be_seen_after_who_is_writing() {
        assertSleepsOver(UnaryOperator.identity(), Part.NUMBERS, Part.MESSAGES, Part.WRITERS);
    }
}
