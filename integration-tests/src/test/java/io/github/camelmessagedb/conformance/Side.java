package io.github.camelmessagedb.conformance;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/** One of the two: a database with one Message DB and the messages of {@link Store#EXAMPLE}. */
final class Side implements AutoCloseable {

    /** Before it come the messages of stores, from it on those that a session writes. */
    private static final long FIRST_WRITTEN = 1_000_000;

    /** What a query that writes left behind: the messages, the state of the sequence, the locks that are held. */
    private static final Query TRACES = Query.of("""
            SELECT
              (SELECT json_agg(m ORDER BY global_position)
                FROM (SELECT global_position, position, time = (now() AT TIME ZONE 'utc') AS of_transaction, stream_name,
                    type, data, metadata, id
                  FROM message_store.messages WHERE global_position >= %d) m),
              (SELECT (last_value, is_called) FROM message_store.messages_global_position_seq),
              (SELECT json_agg(l ORDER BY classid, objid)
                FROM (SELECT classid::bigint, objid::bigint, objsubid, mode
                  FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) l)
            """.formatted(FIRST_WRITTEN));

    private final TestDatabase database;
    private final Connection withoutSettings;
    private final Connection withSettings;

    private Side(TestDatabase database) throws SQLException {
        this.database = database;
        this.withoutSettings = connect();
        this.withSettings = connect();
        Store.EXAMPLE.insert(withoutSettings);
        withoutSettings.commit();
    }

    static Side of(TestSchema schema) {
        TestDatabase database = TestDatabase.create(schema);
        try {
            return new Side(database);
        } catch (SQLException e) {
            database.close();
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        PGSimpleDataSource dataSource = database.ownerDataSource();
        dataSource.setCurrentSchema("message_store,public");
        dataSource.setPrepareThreshold(0);
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    TestDatabase database() {
        return database;
    }

    /** One for each query, and another about its traces if the session writes. */
    List<Answer> answers(Session session) {
        Connection connection = session.settings().isEmpty() ? withoutSettings : withSettings;
        try {
            prepare(connection, session);
            List<Answer> answers = new ArrayList<>();
            for (Query query : session.queries()) {
                if (session.writes()) {
                    answers.add(answerUnderSavepoint(connection, query));
                    answers.add(answer(connection, TRACES));
                } else {
                    answers.add(answer(connection, query));
                }
            }
            connection.rollback();
            return answers;
        } catch (SQLException e) {
            throw new IllegalStateException(session.toString(), e);
        }
    }

    private static void prepare(Connection connection, Session session) throws SQLException {
        String preparation = session.settings().entrySet().stream()
                .map(setting -> "SET LOCAL " + setting.getKey() + " = '" + setting.getValue() + "';")
                .collect(Collectors.joining());
        if (session.writes()) {
            preparation += "SELECT setval('message_store.messages_global_position_seq', " + FIRST_WRITTEN + ", false);";
        }
        if (session.store() != null) {
            preparation += "DELETE FROM message_store.messages;";
        }
        if (!preparation.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(preparation);
            }
        }
        if (session.store() != null) {
            session.store().insert(connection);
        }
    }

    private static Answer answerUnderSavepoint(Connection connection, Query query) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        Answer answer = answer(connection, query);
        if (answer.error() != null) {
            connection.rollback(savepoint);
        }
        return answer;
    }

    private static Answer answer(Connection connection, Query query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
            for (int i = 0; i < query.arguments().size(); i++) {
                statement.setString(i + 1, query.arguments().get(i));
            }
            return answer(statement);
        }
    }

    private static Answer answer(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            return Answer.of(statement, result);
        } catch (SQLException e) {
            return Answer.of(statement, e);
        }
    }

    @Override
    public void close() {
        try (withoutSettings;
                withSettings) {
            database.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
