package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

class SqlErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "08006, CONNECTION_LOST",
        "08P01, CONNECTION_LOST",
        "57P01, CONNECTION_LOST",
        "57P05, CONNECTION_LOST",
        "57014, UNAVAILABLE",
        "55P03, UNAVAILABLE",
        "53100, UNAVAILABLE",
        "53300, UNAVAILABLE",
        "25006, UNAVAILABLE",
        "25P02, UNAVAILABLE",
        "42501, UNAVAILABLE",
        "3F000, UNAVAILABLE",
        "26000, UNAVAILABLE",
        "42P05, UNAVAILABLE",
        "42P01, UNAVAILABLE",
        "42883, UNAVAILABLE",
        "XX000, UNAVAILABLE",
        "40P01, DEADLOCK",
        "40001, STALE_SNAPSHOT",
        "22P02, REJECTED",
        "22P05, REJECTED",
        "0A000, REJECTED",
        "23514, REJECTED",
        "42703, REJECTED",
        "54000, REJECTED",
        "P0001, REJECTED",
        "P0004, REJECTED",
    })
    void tells_by_the_state_what_a_failure_means(String state, SqlErrors.Kind kind) {
        assertThat(SqlErrors.kind(new SQLException("no", state))).isEqualTo(kind);
    }

    @Test
    void tells_by_the_constraint_whose_key_was_taken() {
        assertThat(SqlErrors.kind(server("23505", "taken", "n", "messages_id"))).isEqualTo(SqlErrors.Kind.DUPLICATE_ID);
        assertThat(SqlErrors.kind(server("23505", "taken", "n", "messages_stream")))
                .isEqualTo(SqlErrors.Kind.STALE_SNAPSHOT);
        assertThat(SqlErrors.kind(server("23505", "taken", "n", "own_constraint")))
                .isEqualTo(SqlErrors.Kind.REJECTED);
    }

    @Test
    void takes_an_io_error_without_a_state_as_a_lost_connection() {
        assertThat(SqlErrors.kind(new SQLException("gone", new ConnectException())))
                .isEqualTo(SqlErrors.Kind.CONNECTION_LOST);
        assertThat(SqlErrors.kind(new SQLException("closed"))).isEqualTo(SqlErrors.Kind.UNAVAILABLE);
    }

    @Test
    void never_takes_a_connection_that_was_not_had_for_a_lost_one() {
        assertThat(SqlErrors.kind(new Jdbc.NotConnected(new SQLException("refused", "08001"))))
                .isEqualTo(SqlErrors.Kind.UNAVAILABLE);
        assertThat(SqlErrors.translate("write", new Jdbc.NotConnected(new SQLException("bad option", "22023"))))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void reads_a_version_conflict_whatever_the_stream_is_called() {
        String name = "a (Stream: b, Stream Version: 7)-1\n2";
        SQLException e =
                server("P0001", "Wrong expected version: -1 (Stream: " + name + ", Stream Version: 12)", "n", null);

        VersionConflictException conflict =
                SqlErrors.versionConflict(StreamName.of("other-1"), ExpectedVersion.of(5), e);

        assertThat(SqlErrors.kind(e)).isEqualTo(SqlErrors.Kind.VERSION_CONFLICT);
        assertThat(conflict.stream().value()).isEqualTo(name);
        assertThat(conflict.expected()).isEqualTo(ExpectedVersion.NO_STREAM);
        assertThat(conflict.actual()).hasValue(12);
    }

    @Test
    void reads_the_duplicate_id_in_any_language() {
        UUID id = UUID.randomUUID();
        SQLException e = server("23505", "doppelt", "Schlüssel »(id)=(" + id + ")« existiert bereits.", "messages_id");

        assertThat(SqlErrors.duplicateId(e)).contains(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid input syntax for type integer: \"secret\"",
                "ungültige Eingabesyntax für Typ integer: »secret«",
                "value \"secret\" is out of range for type integer",
                "valeur « secret » en dehors des limites",
            })
    void drops_the_value_that_a_data_exception_quotes(String message) {
        SQLException e = server("22P02", message, "Token \"secret\" is invalid.", null);

        MessageDbException translated = SqlErrors.translate("write", e);

        assertThat(translated).hasMessageNotContaining("secret").hasMessageContaining("22P02");
        assertThat(translated.getCause()).hasMessageNotContaining("secret").hasNoCause();
    }

    @Test
    void a_connection_that_was_not_had_is_told_in_the_server_s_words_with_what_to_check() {
        SQLException reason = server("3D000", "database \"x\" does not exist", "n", null);
        SQLException pool = new SQLException("Connection is not available", "3D000", reason);

        MessageDbException e = SqlErrors.translate("write", new Jdbc.NotConnected(pool));

        assertThat(e)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("Cannot write: database \"x\" does not exist (SQLSTATE 3D000)")
                .hasMessageContaining("Check the database's name");
    }

    @Test
    void a_connection_that_was_not_had_is_told_in_the_pool_s_words_with_the_driver_s_reason() {
        SQLException reason = new PSQLException("Connection refused", PSQLState.CONNECTION_UNABLE_TO_CONNECT);
        SQLException pool = new SQLException("Not available", reason);

        assertThat(SqlErrors.translate("write", new Jdbc.NotConnected(pool)))
                .hasMessage("Cannot write: Not available. The reason: Connection refused");
        assertThat(SqlErrors.translate("write", new Jdbc.NotConnected(reason)))
                .hasMessage(
                        "Cannot write: Connection refused (SQLSTATE 08001). Check host and port in the JDBC URL, and"
                                + " whether the server runs and can be reached from here");
    }

    @Test
    void a_failure_without_a_message_is_named_by_its_class() {
        assertThat(SqlErrors.translate("write", new SQLException((String) null)))
                .hasMessageContaining("Cannot write: SQLException");
    }

    @Test
    void a_conflict_that_the_server_does_not_tell_is_the_writer_s_own() {
        VersionConflictException e = SqlErrors.versionConflict(
                StreamName.of("user-1"), ExpectedVersion.of(5), new SQLException("could not serialize", "40001"));

        assertThat(e.stream()).isEqualTo(StreamName.of("user-1"));
        assertThat(e.expected()).isEqualTo(ExpectedVersion.of(5));
        assertThat(e.actual()).isEmpty();
    }

    @Test
    void the_cause_has_the_state_and_the_stack_of_the_failure_but_not_its_detail() {
        SQLException e = server("23514", "refused", "Failing row contains (secret).", null);

        SQLException clean = SqlErrors.clean(e);

        assertThat((Throwable) clean).hasMessage("refused").isNotInstanceOf(PSQLException.class);
        assertThat(clean.getSQLState()).isEqualTo("23514");
        assertThat(clean.getStackTrace()).isEqualTo(e.getStackTrace());
    }

    @Test
    void what_did_not_come_from_the_server_is_its_own_cause() {
        SQLException e = new SQLException("closed");

        assertThat((Throwable) SqlErrors.clean(e)).isSameAs(e);
    }

    @ParameterizedTest
    @CsvSource({"42703, true", "42P01, true", "22P02, true", "42501, false", "57014, false"})
    void what_a_query_of_one_s_own_names_wrongly_is_its_own_fault(String state, boolean rejected) {
        assertThat(SqlErrors.translateOwnSql("read", new SQLException("no", state)) instanceof MessageRejectedException)
                .isEqualTo(rejected);
    }

    @Test
    void a_condition_that_is_not_taken_is_told_with_how_to_have_it_taken() {
        assertThat(SqlErrors.translateConditional("read", new SQLException("no conditions", "P0001")))
                .isInstanceOf(MessageRejectedException.class)
                .hasMessageContaining("message_store.sql_condition = on");
    }

    @ParameterizedTest
    @CsvSource({"42P01, true", "42501, false", "57014, false"})
    void what_a_condition_names_wrongly_is_its_own_fault(String state, boolean rejected) {
        SQLException inCondition = new PSQLException(new ServerErrorMessage("C" + state + "\0Mno\0qSELECT\0"));
        SQLException elsewhere = new SQLException("no", state);

        assertThat(SqlErrors.translateConditional("read", inCondition) instanceof MessageRejectedException)
                .isEqualTo(rejected);
        assertThat(SqlErrors.translateConditional("read", elsewhere)).isInstanceOf(StoreUnavailableException.class);
    }

    private static SQLException server(String state, String message, String detail, String constraint) {
        String fields = "SERROR\0C" + state + "\0M" + message + "\0D" + detail + "\0"
                + (constraint == null ? "" : "n" + constraint + "\0");
        return new PSQLException(new ServerErrorMessage(fields));
    }
}
