package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartPositionTest {

    static Stream<Arguments> texts() {
        Instant time = Instant.parse("2026-01-31T08:00:00Z");
        return Stream.of(
                Arguments.of("beginning", new StartPosition.Beginning()),
                Arguments.of(" BEGINNING ", new StartPosition.Beginning()),
                Arguments.of("end", new StartPosition.End()),
                Arguments.of("0", new StartPosition.At(0)),
                Arguments.of("42", new StartPosition.At(42)),
                Arguments.of("9223372036854775807", new StartPosition.At(Long.MAX_VALUE)),
                Arguments.of("2026-01-31T08:00:00Z", new StartPosition.Since(time)),
                Arguments.of("2026-01-31T09:00:00+01:00", new StartPosition.Since(time)),
                Arguments.of("2026-01-31T09:00:00 01:00", new StartPosition.Since(time)),
                Arguments.of("2026-01-31T08:00Z", new StartPosition.Since(time)),
                Arguments.of("2026-01-31T08:00:00.000000Z", new StartPosition.Since(time)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void reads_a_text(String text, StartPosition start) {
        assertThat(StartPosition.parse(text)).isEqualTo(start);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "start", "-1", "1.5", "9223372036854775808", "2026-01-31", "2026-01-31T08:00:00", "1 2", "٣x"
            })
    void refuses_anything_else_and_says_what_it_can_be(String text) {
        assertThatThrownBy(() -> StartPosition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "': it must be beginning, end, a position");
    }
}
