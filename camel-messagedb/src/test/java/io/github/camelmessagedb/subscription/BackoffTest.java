package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(1000));

    @RepeatedTest(20)
    void doubles_up_to_the_longest_with_up_to_a_quarter_less() {
        List<Duration> delays = Stream.generate(backoff::next).limit(7).toList();

        List<Integer> whole = List.of(100, 200, 400, 800, 1000, 1000, 1000);
        for (int i = 0; i < delays.size(); i++) {
            assertThat(delays.get(i))
                    .isBetween(
                            Duration.ofMillis(whole.get(i)).multipliedBy(3).dividedBy(4),
                            Duration.ofMillis(whole.get(i)));
        }
    }

    @Test
    void differs_from_one_to_another() {
        assertThat(Stream.generate(() -> new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)).next())
                        .limit(20)
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void begins_again_after_a_reset() {
        Stream.generate(backoff::next).limit(5).forEach(delay -> {});

        backoff.reset();

        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void does_not_overflow() {
        Backoff endless = new Backoff(Duration.ofDays(30), Duration.ofDays(100_000));

        assertThat(Stream.generate(endless::next).limit(100))
                .allMatch(delay -> !delay.isNegative() && delay.compareTo(Duration.ofDays(100_000)) <= 0);
    }
}
