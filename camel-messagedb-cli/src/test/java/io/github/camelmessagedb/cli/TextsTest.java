package io.github.camelmessagedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {

    @ParameterizedTest
    @CsvSource({"'',0", "abc,3", "Größe,5", "e\u0301,1", "日本,4", "ｱ,1", "Ａ,2", "한,2", "😀,2", "a\u200bb,2"})
    void a_text_is_as_wide_as_a_terminal_shows_it(String text, int width) {
        assertThat(Texts.width(text)).isEqualTo(width);
    }

    @Test
    void control_characters_are_shown_and_not_obeyed() {
        assertThat(Texts.printable("a\n\u001b[31m\u2028日")).isEqualTo("a\\u000a\\u001b[31m\\u2028日");
    }
}
