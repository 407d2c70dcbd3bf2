package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private final Retries retries = new Retries(Duration.ofDays(1));

    @Test
    void another_transaction_may_be_met_twenty_times() {
        assertThat(retries.metContention()).isFalse();

        assertThat(IntStream.range(0, 20).allMatch(i -> retries.mayRepeatContention()))
                .isTrue();
        assertThat(retries.mayRepeatContention()).isFalse();
        assertThat(retries.metContention()).isTrue();
    }

    @Test
    void the_outcome_is_in_doubt_from_the_first_lost_connection_on() {
        assertThat(retries.outcomeInDoubt()).isFalse();

        retries.doubtOutcome();

        assertThat(retries.outcomeInDoubt()).isTrue();
    }

    @Test
    void tries_again_while_there_is_time() {
        assertThat(retries.pause()).isTrue();
        assertThat(retries.pause()).isTrue();
    }

    @Test
    void tries_no_more_where_there_is_no_time() {
        assertThat(new Retries(Duration.ZERO).pause()).isFalse();
    }

    @Test
    void tries_no_more_when_interrupted_and_leaves_the_interrupt_for_its_caller() {
        Thread.currentThread().interrupt();

        assertThat(retries.pause()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
