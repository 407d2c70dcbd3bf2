package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlQueryTest {

    @Test
    void named_parameters_become_placeholders_in_their_order() {
        assertThat(SqlQuery.parse("SELECT * FROM messages WHERE position >= :position AND stream_name = :stream_name"
                        + " AND global_position > :position LIMIT :batch_size"))
                .isEqualTo(new SqlQuery(
                        "SELECT * FROM messages WHERE position >= ? AND stream_name = ? AND global_position > ? LIMIT ?",
                        List.of("position", "stream_name", "position", "batch_size")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ':position ? ;'",
                "SELECT 'it''s :position'",
                "SELECT E'\\' :position'",
                "SELECT \":position\" FROM x",
                "SELECT $$ :position ; $$",
                "SELECT $a$ $b$ :position $b$ $a$",
                "SELECT 1 -- :position ;",
                "SELECT 1 /* :position ; */",
                "SELECT data::text"
            })
    void what_is_quoted_commented_or_a_cast_is_left_alone(String sql) {
        assertThat(SqlQuery.parse(sql)).isEqualTo(new SqlQuery(sql, List.of()));
    }

    @Test
    void a_question_mark_is_an_operator() {
        assertThat(SqlQuery.parse("SELECT * FROM messages WHERE data ? 'amount' AND data ?| '{a,b}'")
                        .text())
                .isEqualTo("SELECT * FROM messages WHERE data ?? 'amount' AND data ??| '{a,b}'");
    }

    @Test
    void a_semicolon_at_the_end_is_dropped() {
        assertThat(SqlQuery.parse("SELECT 1 ; \n").text()).isEqualTo("SELECT 1 ");
    }

    @Test
    void a_second_statement_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlQuery.parse("SELECT 1; DELETE FROM messages"))
                .withMessageContaining("more than one statement");
    }

    @Test
    void another_parameter_is_refused_by_its_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlQuery.parse("SELECT :limit"))
                .withMessageContaining(":limit")
                .withMessageContaining(":batch_size");
    }

    @Test
    void an_empty_text_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlQuery.parse(" "))
                .withMessageContaining("empty");
    }
}
