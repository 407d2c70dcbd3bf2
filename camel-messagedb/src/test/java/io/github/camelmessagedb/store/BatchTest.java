package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final StreamName ACCOUNT = StreamName.of("account-1");
    private static final StreamName INVOICE = StreamName.of("invoice-1");

    @Test
    void refuses_an_id_that_comes_twice_and_says_where() {
        NewMessage first = message("account-1");
        NewMessage third = message("account-2").withId(first.id());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batch.of(List.of(first, message("account-1"), third), Map.of()))
                .withMessageContaining("0 and 2")
                .withMessageContaining(first.id().toString());
    }

    @Test
    void refuses_a_version_that_is_expected_of_another_stream() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batch.of(List.of(message("account-1")), Map.of(INVOICE, ExpectedVersion.of(1))))
                .withMessageContaining("'invoice-1'");
    }

    @Test
    void expects_a_version_of_the_first_message_of_its_stream_only() {
        Batch batch = Batch.of(
                List.of(message("invoice-1"), message("account-1"), message("invoice-1"), message("account-1")),
                Map.of(ACCOUNT, ExpectedVersion.of(7), INVOICE, ExpectedVersion.ANY));

        assertThat(batch.expectedVersions()).containsExactly(null, 7L, null, null);
        assertThat(batch.expected()).containsOnlyKeys(ACCOUNT);
    }

    @Test
    void locks_each_category_once_in_one_order() {
        Batch batch = Batch.of(
                List.of(message("b-1"), message("a-1"), message("b-2"), message("a:x-1"), message("a")), Map.of());

        assertThat(batch.sortedCategories()).containsExactly("a", "a:x", "b");
    }

    @Test
    void tells_where_it_goes() {
        assertThat(Batch.of(List.of(message("a-1")), Map.of()).describe()).isEqualTo("write a message to 'a-1'");
        assertThat(Batch.of(List.of(message("a-1"), message("b-1")), Map.of()).describe())
                .isEqualTo("write a batch of 2 messages, the first to 'a-1'");
    }

    private static NewMessage message(String stream) {
        return NewMessage.of(stream, "Happened", "{}");
    }
}
