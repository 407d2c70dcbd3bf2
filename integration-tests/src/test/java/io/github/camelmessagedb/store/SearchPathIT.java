package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.write;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelmessagedb.testing.TestDatabase;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

class SearchPathIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @BeforeEach
    void allowConditions() {
        database.execute("ALTER DATABASE " + database.name() + " SET message_store.sql_condition = on");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"$user\", public",
                "''",
                "public",
                "pg_temp, public",
                "\"no such schema\", \"quote\"\"d\"",
                "message_store, public",
                "public, pg_catalog"
            })
    void everything_works_under_any_search_path_and_leaves_it_as_it_was(String path) throws SQLException {
        try (OneConnection session = OneConnection.of(database.dataSource())) {
            session.execute("SET search_path TO " + path);
            String before = session.searchPath();

            useAll(TestStores.of(database.dataSource(), session));

            assertThat(session.searchPath()).isEqualTo(before);
        }
    }

    @Test
    void texts_of_a_type_that_is_left_to_the_server_do_not_end_the_transaction_early() throws SQLException {
        PGSimpleDataSource unspecified = database.dataSource();
        unspecified.setProperty(PGProperty.STRING_TYPE, "unspecified");
        ReadQuery query = ReadQuery.of("one").withFilter(Filter.NONE.withCondition("position >= 0"));
        try (OneConnection session = OneConnection.of(unspecified)) {
            session.execute("SET search_path TO public");
            MessageStore store = TestStores.of(unspecified, session);
            write(store, "one-1");

            // The driver prepares a statement that comes often, and then knows more of it.
            for (int i = 0; i < 10; i++) {
                assertThat(store.reader().readCategory(query).messages()).hasSize(1);
                assertThat(store.reader()
                                .readSql(
                                        "SELECT * FROM messages WHERE category(stream_name) = :stream_name",
                                        ReadQuery.of("one"))
                                .messages())
                        .hasSize(1);
            }
        }
    }

    @Test
    void objects_of_the_same_names_in_the_user_s_schema_are_not_taken() throws SQLException {
        database.execute("CREATE SCHEMA app; GRANT USAGE ON SCHEMA app TO message_store;"
                + " CREATE TABLE app.messages (LIKE message_store.messages); GRANT ALL ON app.messages TO message_store;"
                + " CREATE FUNCTION app.category(varchar) RETURNS varchar LANGUAGE sql AS $$ SELECT 'wrong' $$;"
                + " CREATE FUNCTION app.stream_version(varchar) RETURNS bigint LANGUAGE sql AS $$ SELECT 99 $$");
        try (OneConnection session = OneConnection.of(database.dataSource())) {
            session.execute("SET search_path TO app, message_store");

            useAll(TestStores.of(database.dataSource(), session));
        }
        assertThat(database.number("SELECT count(*) FROM app.messages")).isZero();
    }

    @Test
    void a_temporary_table_called_messages_is_not_taken() throws SQLException {
        try (OneConnection session = OneConnection.of(database.dataSource())) {
            session.execute("CREATE TEMPORARY TABLE messages (LIKE message_store.messages INCLUDING DEFAULTS)");

            useAll(TestStores.of(database.dataSource(), session));

            assertThat(session.text("SELECT count(*) FROM pg_temp.messages")).isEqualTo("0");
        }
    }

    @Test
    void a_failing_call_leaves_the_search_path_as_it_was() throws SQLException {
        try (OneConnection session = OneConnection.of(database.dataSource())) {
            session.execute("SET search_path TO public");
            MessageStore store = TestStores.of(database.dataSource(), session);

            assertThatExceptionOfType(VersionConflictException.class)
                    .isThrownBy(() -> store.writer().write(message("one-1"), ExpectedVersion.of(3)));

            assertThat(session.searchPath()).isEqualTo("public");
        }
    }

    @Test
    void a_joined_transaction_keeps_its_search_path() throws SQLException {
        try (OneConnection session = OneConnection.inTransaction(database.dataSource())) {
            session.execute("SET LOCAL search_path TO public");

            useAll(TestStores.of(database.dataSource(), session));

            assertThat(session.searchPath()).isEqualTo("public");
            session.connection().commit();
            assertThat(session.searchPath()).isEqualTo("\"$user\", public");
        }
        assertThat(database.messageCount()).isEqualTo(5);
    }

    @Test
    void a_joined_transaction_with_an_empty_search_path_keeps_it() throws SQLException {
        try (OneConnection session = OneConnection.inTransaction(database.dataSource())) {
            session.execute("SET LOCAL search_path TO ''");
            String before = session.searchPath();

            useAll(TestStores.of(database.dataSource(), session));

            assertThat(session.searchPath()).isEqualTo(before);
        }
    }

    private static void useAll(MessageStore store) {
        write(store, "one-1");
        store.writer().write(message("one-1"), ExpectedVersion.of(0));
        writeAll(store, messages("one-1", "two-1", "one-2"));
        MessageReader reader = store.reader();
        ReadQuery category = ReadQuery.of("one");
        Filter condition = Filter.NONE.withCondition("position >= 0");
        assertThat(reader.readCategory(category).messages()).hasSize(4);
        assertThat(reader.readCategory(category.withFilter(
                                new Filter(new ConsumerGroup(0, 1), null, Set.of("Happened"), null)))
                        .messages())
                .hasSize(4);
        assertThat(reader.readCategory(category.withFilter(condition)).messages())
                .hasSize(4);
        ReadQuery stream = ReadQuery.of("one-1");
        assertThat(reader.readStream(stream).messages()).hasSize(3);
        assertThat(reader.readStream(stream.withFilter(condition)).messages()).hasSize(3);
        assertThat(reader.streamVersion(StreamName.of("one-1"))).hasValue(2);
        assertThat(reader.lastPosition(StreamName.of("one"))).isPresent();
        assertThat(reader.readLastMessage(StreamName.of("one-1"), "Happened")).isPresent();
    }
}
