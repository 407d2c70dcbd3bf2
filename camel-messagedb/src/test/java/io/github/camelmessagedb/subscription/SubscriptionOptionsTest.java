package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.subscription.SubscriptionOptions.PositionUpdates;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Retries;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Start;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SubscriptionOptionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<Arguments> bad() {
        Duration none = Duration.ZERO;
        Duration less = Duration.ofMillis(-1);
        return Stream.of(
                Arguments.of("pollInterval 0 ms", none, 1, SECOND, SECOND, SECOND),
                Arguments.of("pollInterval -1 ms", less, 1, SECOND, SECOND, SECOND),
                Arguments.of("positionUpdateInterval 0", SECOND, 0, SECOND, SECOND, SECOND),
                Arguments.of("positionUpdateTimeout 0 ms", SECOND, 1, none, SECOND, SECOND),
                Arguments.of("retryDelay 0 ms", SECOND, 1, SECOND, none, SECOND),
                Arguments.of("maxRetryDelay 999 ms", SECOND, 1, SECOND, SECOND, Duration.ofMillis(999)));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses_what_cannot_be(
            String named, Duration poll, int interval, Duration timeout, Duration retry, Duration maxRetry) {
        assertThatThrownBy(() -> new SubscriptionOptions(
                        new Start(new StartPosition.Beginning(), null),
                        Handling.ONE_BY_ONE,
                        poll,
                        new PositionUpdates(interval, timeout),
                        new Retries(retry, maxRetry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Bad " + named + ":");
    }

    @ParameterizedTest
    @CsvSource({
        "concurrentConsumers 0, 0, 1, 1",
        "batchSize 0, 1, 0, 1",
        "maxInFlight 0, 1, 1, 0",
        "concurrentConsumers 3, 3, 1, 2"
    })
    void refuses_handling_that_cannot_be(String named, int workers, int batchSize, int maxInFlight) {
        assertThatThrownBy(() -> new Handling(workers, batchSize, maxInFlight, FailurePolicy.RETRY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Bad " + named + ":");
    }

    @Test
    void takes_the_least_of_everything() {
        Duration least = Duration.ofNanos(1);

        assertThatCode(() -> new SubscriptionOptions(
                        new Start(new StartPosition.Beginning(), null),
                        new Handling(1, 1, 1, FailurePolicy.RETRY),
                        least,
                        new PositionUpdates(1, least),
                        new Retries(least, least)))
                .doesNotThrowAnyException();
    }
}
