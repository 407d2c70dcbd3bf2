package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNameTest {

    @ParameterizedTest
    @CsvSource({
        "account-123,           account,         123,     123",
        "account-1+2,           account,         1+2,     1",
        "account:command-1,     account:command, 1,       1",
        "a:b+c-x-y+z-w,         a:b+c,           x-y+z-w, x-y",
        "account-,              account,         '',      ''",
        "account-+1,            account,         +1,      ''",
        "konto ü%$-😀+1,        konto ü%$,       😀+1,    😀",
    })
    void splits_a_stream_at_the_first_dash_and_its_id_at_the_first_plus(
            String name, String category, String id, String cardinalId) {
        StreamName stream = StreamName.of(name);

        assertThat(stream.category()).isEqualTo(category);
        assertThat(stream.id()).contains(id);
        assertThat(stream.cardinalId()).contains(cardinalId);
        assertThat(stream.isCategory()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "account:command", "account:a+b", "user_stream", " ", "$x", "ü"})
    void takes_a_name_without_a_dash_as_a_category(String name) {
        StreamName category = StreamName.category(name);

        assertThat(category.category()).isEqualTo(name);
        assertThat(category.id()).isEmpty();
        assertThat(category.cardinalId()).isEmpty();
        assertThat(category.isCategory()).isTrue();
    }

    @Test
    void folds_and_trims_nothing() {
        assertThat(StreamName.of(" Account-1 ").value()).isEqualTo(" Account-1 ");
        assertThat(StreamName.of("Account-1")).isNotEqualTo(StreamName.of("account-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-1", "-a-b"})
    void refuses_a_name_without_a_category_and_quotes_it(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamName.of(name))
                .withMessageContaining("'" + name + "'")
                .withMessageContaining("category");
    }

    @Test
    void takes_odd_names_that_others_wrote() {
        assertThat(new StreamName("").category()).isEmpty();
        assertThat(new StreamName("-1").category()).isEmpty();
    }

    @Test
    void refuses_a_stream_as_a_category_and_says_what_its_category_is() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamName.category("account-1"))
                .withMessageContaining("'account-1'")
                .withMessageContaining("'account'");
    }

    @Test
    void refuses_a_nul_character_and_shows_where() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamName.of("acc\0unt-1"))
                .withMessageContaining("acc\u2400unt-1")
                .withMessageContaining("index 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud83d-1", "a\ude00-1", "a-\ude00\ud83d", "a-1\ud83d"})
    void refuses_half_of_a_surrogate_pair(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamName.of(name))
                .withMessageContaining("half of a surrogate pair")
                .withMessageContaining("\uFFFD");
    }

    @Test
    void a_name_that_begins_with_a_dash_is_a_stream_of_no_category() {
        StreamName odd = new StreamName("-1+2");

        assertThat(odd.isCategory()).isFalse();
        assertThat(odd.category()).isEmpty();
        assertThat(odd.id()).contains("1+2");
        assertThat(odd.cardinalId()).contains("1");
        assertThat(new StreamName("a-+2").cardinalId()).contains("");
    }
}
