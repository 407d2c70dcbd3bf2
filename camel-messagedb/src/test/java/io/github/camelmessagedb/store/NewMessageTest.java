package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewMessageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"x\"",
                "1",
                "-1.5e3",
                "true",
                "null",
                " {\"a\" : [1, null]} \n",
                "\"\\ud83d\\ude00\""
            })
    void takes_one_json_value_of_any_kind_as_data(String json) {
        assertThat(NewMessage.of("account-1", "Opened", json).data()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "}",
                "{\"secret\":}",
                "secret",
                "{'secret': 1}",
                "{} {}",
                "{} secret",
                "1 2",
                "{\"a\": 01}",
                "[1,]",
                "NaN",
                "\"secret",
                "\"sec\nret\"",
                "{\"secret\": 1",
                "// secret\n{}",
                "\"\\x\""
            })
    void refuses_other_data_without_quoting_it(String data) {
        Throwable thrown = catchThrowable(() -> NewMessage.of("account-1", "Opened", data));

        assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("data");
        assertThat(everythingSaidBy(thrown)).doesNotContain("secret");
    }

    @Test
    void says_where_json_is_not_valid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewMessage.of("account-1", "Opened", "{\n\"a\": ?}"))
                .withMessageStartingWith("The data is not valid JSON: see line 2, column 6. ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "\"secret\"", ""})
    void refuses_metadata_that_is_no_object_without_quoting_it(String metadata) {
        NewMessage message = NewMessage.of("account-1", "Opened", "{}");

        Throwable thrown = catchThrowable(() -> message.withMetadata(metadata));

        assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("metadata");
        assertThat(everythingSaidBy(thrown)).doesNotContain("secret");
    }

    @Test
    void takes_no_metadata() {
        assertThat(NewMessage.of("account-1", "Opened", "{}")
                        .withMetadata("{}")
                        .withMetadata(null)
                        .metadata())
                .isNull();
    }

    @Test
    void refuses_a_nul_character_in_data_without_quoting_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewMessage.of("account-1", "Opened", "\"secret\0\""))
                .withMessage("The data has a NUL character at index 7");
    }

    @Test
    void refuses_half_of_a_surrogate_pair_in_data_without_quoting_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewMessage.of("account-1", "Opened", "\"secret\ud83d\""))
                .withMessage("The data has half of a surrogate pair at index 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "\ud83d"})
    void refuses_a_type_that_is_empty_or_cannot_be_stored(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewMessage.of("account-1", type, "{}"))
                .withMessageContaining("message type");
    }

    @Test
    void refuses_a_stream_without_a_category() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewMessage.of("-1", "Opened", "{}"))
                .withMessageContaining("'-1'");
    }

    @Test
    void takes_json_deeper_and_longer_than_jackson_does_by_default() {
        String deep = "[".repeat(5000) + "]".repeat(5000);
        String longText = "\"" + "x".repeat(25_000_000) + "\"";
        String longNumber = "1".repeat(5000);

        assertThat(NewMessage.of("account-1", "Opened", deep).data()).hasSize(10_000);
        assertThat(NewMessage.of("account-1", "Opened", longText).data()).hasSize(25_000_002);
        assertThat(NewMessage.of("account-1", "Opened", longNumber).data()).hasSize(5000);
    }

    @Test
    void names_itself_without_its_content() {
        NewMessage message = NewMessage.of("account-1", "Opened", "\"secret\"").withMetadata("{\"secret\": 1}");

        assertThat(message.toString())
                .contains("account-1", "Opened", message.id().toString())
                .doesNotContain("secret");
    }

    private static String everythingSaidBy(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
