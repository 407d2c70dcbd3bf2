package io.github.camelmessagedb.schema;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Message DB's objects in one database: the schema {@code message_store} with its table, functions, indexes and views,
 * and the role {@code message_store}. They are drop-in for those of the original Message DB 1.3.0.
 *
 * <p>Works under any autocommit default and any search_path of the data source, and leaves its connections as they
 * were.
 *
 * @since 0.1.0
 */
public final class MessageDbSchema {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final DataSource dataSource;

    private MessageDbSchema(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What {@link #install()} found or did. */
    public enum Outcome {
        /** All objects were created. */
        INSTALLED,
        /** There was a Message DB, of whatever making and version; it was left exactly as it is. */
        ALREADY_PRESENT
    }

    /**
     * The schema in the data source's database.
     *
     * @param dataSource to install, it must be of a superuser, or of a role with CREATEROLE and with CREATE on the
     *     database; where the role {@code message_store} exists already, CREATEROLE is not needed
     */
    public static MessageDbSchema on(DataSource dataSource) {
        return new MessageDbSchema(dataSource);
    }

    /**
     * Installs Message DB, in one transaction, unless there is one. Any number of programs may do so at once, also on
     * several databases of one cluster: one installs, the others wait for it and find it present.
     *
     * <p>The role {@code message_store} is created with LOGIN and without a password if it is missing. What is
     * created belongs to the data source's role.
     *
     * @throws MissingPrivilegeException naming the privilege and a statement that mends it
     * @throws SchemaException if the database refuses for another reason
     */
    public Outcome install() {
        try {
            return SchemaTransaction.run(dataSource, MessageDbSchema::installUnlessPresent);
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw new MissingPrivilegeException(e);
            }
            throw new SchemaException("Message DB cannot be installed: " + e.getMessage(), e);
        }
    }

    /**
     * What {@code message_store_version()} answers, or empty where it is not installed.
     *
     * @throws SchemaException if the database refuses to say
     */
    public Optional<String> version() {
        try {
            return SchemaTransaction.run(
                    dataSource,
                    transaction -> transaction.isTrue(SchemaSql.HAS_VERSION)
                            ? Optional.of(transaction.text(SchemaSql.VERSION))
                            : Optional.empty());
        } catch (SQLException e) {
            throw new SchemaException("Message DB's version cannot be read: " + e.getMessage(), e);
        }
    }

    private static Outcome installUnlessPresent(SchemaTransaction transaction) throws SQLException {
        if (transaction.isTrue(SchemaSql.IS_PRESENT)) {
            return Outcome.ALREADY_PRESENT;
        }
        transaction.execute(SchemaSql.LOCK);
        if (transaction.isTrue(SchemaSql.IS_PRESENT)) {
            return Outcome.ALREADY_PRESENT;
        }
        requirePrivileges(transaction);
        transaction.execute(SchemaSql.SEARCH_PATH);
        for (String script : SchemaSql.SCRIPTS) {
            transaction.execute(SchemaSql.script(script));
        }
        return Outcome.INSTALLED;
    }

    private static void requirePrivileges(SchemaTransaction transaction) throws SQLException {
        List<MissingPrivilege> missing = transaction.rows(
                SchemaSql.MISSING_PRIVILEGES, row -> new MissingPrivilege(row.getString(1), row.getString(2)));
        if (!missing.isEmpty()) {
            throw new MissingPrivilegeException(transaction.text(SchemaSql.CURRENT_ROLE), missing);
        }
    }
}
