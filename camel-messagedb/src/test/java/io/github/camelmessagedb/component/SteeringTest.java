package io.github.camelmessagedb.component;

import static io.github.camelmessagedb.component.MessageDbConstants.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.StreamName;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SteeringTest {

    private static final String ID = "6f1c1ad4-6b5c-4a3c-9d0f-2a4f4e0c8a11";

    private static Steering with(String header, Object value) {
        return new Steering(new HeaderValues(Map.of(header, value)::get));
    }

    @Test
    void says_nothing_without_headers() {
        Steering none = new Steering(new HeaderValues(name -> null));

        assertThat(none.operation(MessageDbOperation.streamVersion)).isEqualTo(MessageDbOperation.streamVersion);
        assertThat(none.stream()).isNull();
        assertThat(none.type()).isNull();
        assertThat(none.id()).isNull();
        assertThat(none.metadata()).isEmpty();
        assertThat(none.expectedVersion()).isNull();
        assertThat(none.readPosition()).isNull();
    }

    @Test
    void takes_values_of_the_types_they_come_in() {
        assertThat(with(OPERATION, "readStream").operation(MessageDbOperation.write))
                .isEqualTo(MessageDbOperation.readStream);
        assertThat(with(OPERATION, MessageDbOperation.readStream).operation(MessageDbOperation.write))
                .isEqualTo(MessageDbOperation.readStream);
        assertThat(with(OVERRIDE_STREAM_NAME, "a-1").stream()).isEqualTo(StreamName.of("a-1"));
        assertThat(with(OVERRIDE_MESSAGE_TYPE, "A").type()).isEqualTo("A");
        assertThat(with(OVERRIDE_MESSAGE_ID, ID).id()).isEqualTo(UUID.fromString(ID));
        assertThat(with(OVERRIDE_MESSAGE_ID, ID.toUpperCase(java.util.Locale.ROOT))
                        .id())
                .isEqualTo(UUID.fromString(ID));
        assertThat(with(OVERRIDE_MESSAGE_ID, UUID.fromString(ID)).id()).isEqualTo(UUID.fromString(ID));
        assertThat(with(OVERRIDE_METADATA, Map.of("a", 1)).metadata()).isEqualTo(Map.of("a", 1));
        assertThat(with(OVERRIDE_METADATA, "{\"a\": 1}").metadata()).isEqualTo(Map.of("a", 1));
        assertThat(with(OVERRIDE_METADATA, "{}").metadata()).isEmpty();
    }

    static List<Object> numbers() {
        return List.of(7, 7L, (short) 7, (byte) 7, "7", " 7 ", BigInteger.valueOf(7));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void takes_whole_numbers_of_all_types(Object number) {
        assertThat(with(EXPECTED_VERSION, number).expectedVersion()).isEqualTo(ExpectedVersion.of(7));
        assertThat(with(READ_POSITION, number).readPosition()).isEqualTo(7);
    }

    private static Arguments bad(String header, Object value, Consumer<Steering> use) {
        return Arguments.of(header, value, use);
    }

    static Stream<Arguments> bad() {
        Consumer<Steering> operation = steering -> steering.operation(MessageDbOperation.write);
        return Stream.of(
                bad(OPERATION, "append", operation),
                bad(OPERATION, "", operation),
                bad(OPERATION, 1, operation),
                bad(OVERRIDE_STREAM_NAME, 1, Steering::stream),
                bad(OVERRIDE_STREAM_NAME, "", Steering::stream),
                bad(OVERRIDE_STREAM_NAME, "-1", Steering::stream),
                bad(OVERRIDE_STREAM_NAME, "a-\0", Steering::stream),
                bad(OVERRIDE_STREAM_NAME, "a-\ud800", Steering::stream),
                bad(OVERRIDE_MESSAGE_TYPE, 1, Steering::type),
                bad(OVERRIDE_MESSAGE_TYPE, "", Steering::type),
                bad(OVERRIDE_MESSAGE_ID, 1, Steering::id),
                bad(OVERRIDE_MESSAGE_ID, "", Steering::id),
                bad(OVERRIDE_MESSAGE_ID, "1-1-1-1-1", Steering::id),
                bad(OVERRIDE_MESSAGE_ID, ID + "0", Steering::id),
                bad(OVERRIDE_METADATA, 1, Steering::metadata),
                bad(OVERRIDE_METADATA, "", Steering::metadata),
                bad(OVERRIDE_METADATA, "[]", Steering::metadata),
                bad(OVERRIDE_METADATA, "{} {}", Steering::metadata),
                bad(OVERRIDE_METADATA, List.of(), Steering::metadata),
                bad(EXPECTED_VERSION, "x", Steering::expectedVersion),
                bad(EXPECTED_VERSION, "", Steering::expectedVersion),
                bad(EXPECTED_VERSION, 1.0, Steering::expectedVersion),
                bad(EXPECTED_VERSION, true, Steering::expectedVersion),
                bad(EXPECTED_VERSION, -2, Steering::expectedVersion),
                bad(EXPECTED_VERSION, new BigInteger("99999999999999999999"), Steering::expectedVersion),
                bad(READ_POSITION, "first", Steering::readPosition),
                bad(READ_POSITION, 1.5, Steering::readPosition));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void names_the_header_of_a_bad_value(String header, Object value, Consumer<Steering> use) {
        assertThatThrownBy(() -> use.accept(with(header, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header " + header);
    }

    @Test
    void keeps_bad_metadata_out_of_the_error() {
        assertThatThrownBy(() -> with(OVERRIDE_METADATA, "{\"token\": \"s3cret").metadata())
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }
}
