package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.spi.Metadata;
import org.junit.jupiter.api.Test;

/** Names that routes hold, so that they never change. */
class HeaderNamesTest {

    private static final Set<String> INFORM =
            Set.of("MessageId", "StreamName", "MessageType", "Position", "GlobalPosition", "Time", "Metadata");
    private static final Set<String> STEER = Set.of(
            "Operation",
            "OverrideStreamName",
            "OverrideMessageType",
            "OverrideMessageId",
            "OverrideMetadata",
            "ExpectedVersion",
            "ReadPosition");
    private static final Set<String> ANSWER =
            Set.of("WrittenPosition", "WrittenPositions", "WrittenId", "NextPosition");

    private static List<Field> headers() {
        return Arrays.stream(MessageDbConstants.class.getFields())
                .filter(field -> field.isAnnotationPresent(Metadata.class))
                .toList();
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void are_these_and_no_others() {
        Set<String> names = Set.of(INFORM, STEER, ANSWER).stream()
                .flatMap(Set::stream)
                .map(name -> "CamelMessageDb" + name)
                .collect(Collectors.toSet());

        assertThat(headers().stream().map(HeaderNamesTest::value))
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().collect(Collectors.collectingAndThen(Collectors.toSet(), set -> {
                            set.add("CamelMessageTimestamp");
                            return set;
                        })));
    }

    @Test
    void no_header_belongs_to_two_sets() {
        assertThat(INFORM).doesNotContainAnyElementsOf(STEER).doesNotContainAnyElementsOf(ANSWER);
        assertThat(STEER).doesNotContainAnyElementsOf(ANSWER);
    }
}
