package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @ValueSource(longs = {-2, Long.MIN_VALUE})
    void refuses_an_expected_version_below_minus_one_and_quotes_it(long version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpectedVersion.of(version))
                .withMessageContaining(Long.toString(version));
    }

    @Test
    void takes_any_version_and_no_stream_and_a_position() {
        assertThat(ExpectedVersion.ANY.isAny()).isTrue();
        assertThat(ExpectedVersion.NO_STREAM).isEqualTo(ExpectedVersion.of(-1));
        assertThat(ExpectedVersion.of(0).value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, Integer.MIN_VALUE})
    void refuses_a_batch_size_that_is_neither_positive_nor_minus_one_and_quotes_it(int batchSize) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReadQuery.of("account").withBatchSize(batchSize))
                .withMessageContaining(Integer.toString(batchSize));
    }

    @Test
    void takes_a_batch_of_one_and_no_limit() {
        assertThat(ReadQuery.of("account").withBatchSize(1).batchSize()).isEqualTo(1);
        assertThat(ReadQuery.of("account")
                        .withBatchSize(ReadQuery.UNLIMITED)
                        .withPosition(7)
                        .position())
                .isEqualTo(7);
    }

    @Test
    void tells_a_version_and_a_conflict_in_words() {
        StreamName stream = StreamName.of("account-1");

        assertThat(ExpectedVersion.ANY).hasToString("any");
        assertThat(ExpectedVersion.of(7)).hasToString("7");
        assertThat(new VersionConflictException(stream, ExpectedVersion.of(7), 8L, null))
                .hasMessage("The stream 'account-1' has version 8, expected was 7");
        assertThat(new VersionConflictException(stream, ExpectedVersion.of(7), -1L, null))
                .hasMessage("The stream 'account-1' has version -1 (no message), expected was 7");
        assertThat(new VersionConflictException(stream, ExpectedVersion.NO_STREAM, 8L, null))
                .hasMessage("The stream 'account-1' has version 8, expected was -1 (no message)");
        assertThat(new VersionConflictException(stream, ExpectedVersion.ANY, 8L, null))
                .hasMessage("The stream 'account-1' was written to at the same time (expected version: any)");
        assertThat(new VersionConflictException(stream, ExpectedVersion.of(7), null, null))
                .hasMessage("The stream 'account-1' was written to at the same time (expected version: 7)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 32768})
    void refuses_a_group_size_out_of_the_server_s_range_and_quotes_it(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConsumerGroup(0, size))
                .withMessageContaining("size " + size)
                .withMessageContaining("32767");
    }

    @ParameterizedTest
    @CsvSource({"-1,1", "1,1", "3,3", "32767,32767"})
    void refuses_a_member_that_is_not_of_its_group_and_quotes_it(int member, int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConsumerGroup(member, size))
                .withMessageContaining("member " + member)
                .withMessageContaining(Integer.toString(size - 1));
    }

    @Test
    void takes_the_largest_group() {
        assertThat(new ConsumerGroup(32766, 32767).size()).isEqualTo(ConsumerGroup.MAX_SIZE);
    }

    @Test
    void takes_group_member_and_size_together_or_not_at_all() {
        assertThat(ConsumerGroup.of(null, null)).isEmpty();
        assertThat(ConsumerGroup.of(1, 2)).contains(new ConsumerGroup(1, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsumerGroup.of(7, null))
                .withMessageContaining("member 7 and size 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsumerGroup.of(null, 7))
                .withMessageContaining("member 0 and size 7");
    }

    @Test
    void gives_each_stream_to_one_member_and_streams_without_id_to_member_0() {
        assertThat(ConsumerGroup.memberOf(StreamName.of("account"), 3)).isZero();
        for (String name : new String[] {"account-1", "account-2+x", "account-", "account-ü"}) {
            StreamName stream = StreamName.of(name);
            int member = ConsumerGroup.memberOf(stream, 3);
            assertThat(member).isBetween(0, 2);
            for (int i = 0; i < 3; i++) {
                assertThat(new ConsumerGroup(i, 3).reads(stream)).isEqualTo(i == member);
            }
        }
    }

    @Test
    void gives_a_stream_to_the_member_that_the_server_gives_it_to() {
        // The first eight bytes of their MD5 as a signed number, its absolute value modulo 3.
        assertThat(ConsumerGroup.memberOf(StreamName.of("account-2"), 3)).isEqualTo(1);
        assertThat(ConsumerGroup.memberOf(StreamName.of("account-3"), 3)).isEqualTo(2);
    }

    @Test
    void gives_the_streams_of_a_cardinal_id_to_the_same_member() {
        assertThat(ConsumerGroup.memberOf(StreamName.of("account-1+a"), 32767))
                .isEqualTo(ConsumerGroup.memberOf(StreamName.of("invoice-1+b"), 32767));
    }

    @Test
    void hashes_as_the_first_half_of_md5() {
        // md5('') is d41d8cd98f00b204e9800998ecf8427e, md5('a') 0cc175b9c0f1b6a831c399e269772661.
        assertThat(Hash64.of("")).isEqualTo(0xd41d8cd98f00b204L);
        assertThat(Hash64.of("a")).isEqualTo(0x0cc175b9c0f1b6a8L);
    }

    @Test
    void refuses_a_correlation_that_is_no_category_and_quotes_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Filter.NONE.withCorrelation("order-1"))
                .withMessageContaining("correlation 'order-1'");
    }

    @Test
    void refuses_an_empty_type_and_an_empty_condition() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Filter.NONE.withTypes(Set.of("")))
                .withMessageContaining("message type");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Filter.NONE.withCondition("  "))
                .withMessageContaining("condition");
    }
}
