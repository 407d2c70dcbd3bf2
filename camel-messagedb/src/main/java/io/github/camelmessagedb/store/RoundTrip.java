package io.github.camelmessagedb.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PGobject;

/**
 * A statement that needs Message DB's schema in the search path, and what goes before and after it, sent together: one
 * round trip, and in autocommit one transaction.
 */
final class RoundTrip implements AutoCloseable {

    private final PreparedStatement statement;
    private final int resultsBefore;

    private RoundTrip(PreparedStatement statement, int resultsBefore) {
        this.statement = statement;
        this.resultsBefore = resultsBefore;
    }

    /** Prepares the main statement and those that come first; the path's own have nothing to bind. */
    static RoundTrip prepare(Jdbc.Session session, List<String> first, String main) throws SQLException {
        List<String> statements = new ArrayList<>();
        if (session.joined()) {
            statements.add(SqlText.REMEMBER_PATH);
        } else if (session.readCommitted()) {
            statements.add(SqlText.READ_COMMITTED);
        }
        statements.add(SqlText.PATH);
        statements.addAll(first);
        int before = statements.size();
        statements.add(main);
        if (session.joined()) {
            statements.add(SqlText.RESTORE_PATH);
        }
        String sql = SqlText.inOneRoundTrip(statements);
        return new RoundTrip(session.connection().prepareStatement(sql), before);
    }

    /** Where to bind. */
    PreparedStatement statement() {
        return statement;
    }

    /**
     * Binds a text as such, also where a connection leaves the type of texts to the server ({@code
     * stringtype=unspecified}). The driver would have such a statement described, and from then on end the transaction
     * before it: its search path with it.
     */
    static void setText(PreparedStatement statement, int index, String text) throws SQLException {
        PGobject typed = new PGobject();
        typed.setType("varchar");
        typed.setValue(text);
        statement.setObject(index, typed);
    }

    /** Runs all of it and answers the rows of the main statement. */
    ResultSet execute() throws SQLException {
        statement.execute();
        for (int i = 0; i < resultsBefore; i++) {
            statement.getMoreResults();
        }
        return statement.getResultSet();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
