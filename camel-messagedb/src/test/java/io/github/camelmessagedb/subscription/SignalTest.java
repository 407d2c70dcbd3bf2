package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SignalTest {

    private static final Duration EVER = Duration.ofDays(1);

    private final Signal signal = new Signal();

    @Test
    void ends_the_next_wait_when_nobody_waits() throws Exception {
        signal.raise();

        signal.await(EVER);

        assertThat(signal.take()).isFalse();
    }

    @Test
    void raised_twice_it_ends_one_wait() throws Exception {
        signal.raise();
        signal.raise();

        assertThat(signal.take()).isTrue();
        assertThat(signal.take()).isFalse();
    }

    @Test
    void ends_a_wait_that_has_begun() throws Exception {
        FutureTask<Boolean> waits = new FutureTask<>(() -> {
            Time.SYSTEM.await(signal, EVER);
            return signal.take();
        });
        Thread thread = new Thread(waits);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        signal.raise();

        assertThat(waits.get()).isFalse();
    }

    @Test
    void no_wait_is_longer_than_it_may_be() throws Exception {
        Time.SYSTEM.await(signal, Duration.ofMillis(2));

        assertThat(signal.take()).isFalse();
    }

    @Test
    void an_interrupt_ends_a_wait_and_what_is_raised_then_ends_the_next() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> signal.await(EVER)).isInstanceOf(InterruptedException.class);
        signal.raise();

        signal.await(EVER);

        assertThat(signal.take()).isFalse();
    }
}
