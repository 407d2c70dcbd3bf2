package io.github.camelmessagedb.schema;

import java.sql.SQLException;

/**
 * Who looks, and with what settings.
 *
 * @param role the current role
 * @param version the server's, such as 16.15
 * @param versionNumber the same, such as 160015
 * @param conditions whether the server takes conditions in SQL from this session
 * @param path the session's search_path
 * @param onPath whether Message DB is found by it
 * @param withDefaultRole whether there is a role message_store
 */
record Session(
        String role,
        String version,
        int versionNumber,
        boolean conditions,
        String path,
        boolean onPath,
        boolean withDefaultRole) {

    /** Asks the server; from then on the transaction has the role's name for the inventory. */
    static Session of(SchemaTransaction transaction) throws SQLException {
        return transaction
                .rows(
                        SchemaSql.SESSION,
                        row -> new Session(
                                row.getString(1),
                                row.getString(2),
                                row.getInt(3),
                                row.getBoolean(4),
                                row.getString(5),
                                row.getBoolean(6),
                                row.getBoolean(7)))
                .get(0);
    }
}
