package io.github.camelmessagedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void texts_stand_on_the_left_and_numbers_on_the_right() {
        Table table = new Table(
                List.of("stream_name", "count"), List.of(List.of("日本-1", "2"), List.of("account-12345", "1000000")), 1);

        assertThat(table.print().lines())
                .containsExactly(
                        " stream_name   |   count",
                        "---------------+---------",
                        " 日本-1        |       2",
                        " account-12345 | 1000000",
                        "(2 rows)");
    }

    @Test
    void without_rows_there_is_a_heading() {
        assertThat(new Table(List.of("type", "n"), List.of(), 1).print().lines())
                .containsExactly(" type | n", "------+---", "(0 rows)");
    }
}
