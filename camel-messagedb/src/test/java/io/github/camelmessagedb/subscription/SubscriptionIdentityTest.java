package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.StreamName;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionIdentityTest {

    private static final ConsumerGroup MEMBER = new ConsumerGroup(1, 3);

    /** Persisted for ever: these names never change. */
    static Stream<Arguments> positionStreams() {
        return Stream.of(
                Arguments.of("user", null, null, "user:position"),
                Arguments.of("user", "reports", null, "user:position-reports"),
                Arguments.of("user", "a-b-c", null, "user:position-a-b-c"),
                Arguments.of("user", "ä😀", null, "user:position-ä😀"),
                Arguments.of("account:command", null, null, "account:command+position"),
                Arguments.of("account:command", "x", null, "account:command+position-x"),
                Arguments.of("account:command+more", "x", null, "account:command+more+position-x"),
                Arguments.of("konto ä", null, null, "konto ä:position"),
                Arguments.of("user", null, MEMBER, "user:position-default+1-3"),
                Arguments.of("user", "x-y", MEMBER, "user:position-x-y+1-3"),
                Arguments.of("account:command", "x", MEMBER, "account:command+position-x+1-3"),
                Arguments.of("user", "x", new ConsumerGroup(0, 1), "user:position-x+0-1"),
                Arguments.of("user", "x", new ConsumerGroup(32766, 32767), "user:position-x+32766-32767"),
                Arguments.of("user-7", "x", null, "user:position-x+stream-7"),
                Arguments.of("user-7-8", "x", null, "user:position-x+stream-7-8"),
                Arguments.of("user-7+8", "x", null, "user:position-x+stream-7+8"),
                Arguments.of("account:command-7", "x", null, "account:command+position-x+stream-7"),
                Arguments.of("user-ä", "x", null, "user:position-x+stream-ä"),
                Arguments.of("user-", "x", null, "user:position-x+stream-"),
                Arguments.of("$all", "x", null, "all:position-x"));
    }

    @ParameterizedTest
    @MethodSource("positionStreams")
    void names_the_position_stream(
            String name, @Nullable String consumerId, @Nullable ConsumerGroup group, String positionStream) {
        assertThat(new SubscriptionIdentity(StreamName.of(name), consumerId, group).positionStream())
                .contains(StreamName.of(positionStream));
    }

    @Test
    void names_no_two_position_streams_alike() {
        assertThat(positionStreams().map(arguments -> arguments.get()[3])).doesNotHaveDuplicates();
    }

    @Test
    void keeps_the_position_of_a_stream_without_a_consumer_id_in_memory() {
        assertThat(new SubscriptionIdentity(StreamName.of("user-7"), null, null).positionStream())
                .isEmpty();
    }

    @Test
    void keeps_the_position_of_everything_without_a_consumer_id_in_memory() {
        assertThat(new SubscriptionIdentity(StreamName.of("$all"), null, null).positionStream())
                .isEmpty();
    }

    @Test
    void refuses_a_group_for_everything() {
        assertThatThrownBy(() -> new SubscriptionIdentity(StreamName.of("$all"), "x", MEMBER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("$all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a+b", "+", "", " ", "a\0b"})
    void refuses_a_bad_consumer_id(String consumerId) {
        assertThatThrownBy(() -> new SubscriptionIdentity(StreamName.of("user"), consumerId, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuses_a_group_for_a_stream() {
        assertThatThrownBy(() -> new SubscriptionIdentity(StreamName.of("user-7"), "x", MEMBER))
                .hasMessageContaining("'user-7'")
                .hasMessageContaining("'user'");
    }

    @Test
    void tells_itself_in_words() {
        assertThat(new SubscriptionIdentity(StreamName.of("user"), "x", MEMBER))
                .hasToString("subscription to 'user', consumer id 'x', member 1 of 3");
        assertThat(new SubscriptionIdentity(StreamName.of("user-1"), null, null))
                .hasToString("subscription to 'user-1'");
    }
}
