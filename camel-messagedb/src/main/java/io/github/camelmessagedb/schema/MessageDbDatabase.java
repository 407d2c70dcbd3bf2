package io.github.camelmessagedb.schema;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database by its name, which may have to be created, and can be dropped with all that is in it. Any name will do.
 *
 * <pre>{@code
 * MessageDbDatabase database = MessageDbDatabase.named("orders", name -> dataSourceOf(name));
 * database.create();
 * database.schema().install();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class MessageDbDatabase {

    /** The name of the original's. */
    public static final String DEFAULT_NAME = "message_store";

    /** From where other databases are created and dropped. */
    private static final String MAINTENANCE = "postgres";

    private static final int NAMED_TABLES = 3;

    private final String name;
    private final Function<String, DataSource> databases;

    private MessageDbDatabase(String name, Function<String, DataSource> databases) {
        this.name = name;
        this.databases = databases;
    }

    /**
     * A database of a server.
     *
     * @param name the name as it is, without quotes
     * @param databases a data source for a database of that server by its name. To create and drop, it is asked for the
     *     database {@code postgres} too
     */
    public static MessageDbDatabase named(String name, Function<String, DataSource> databases) {
        return new MessageDbDatabase(name, databases);
    }

    /** Message DB's objects in it. */
    public MessageDbSchema schema() {
        return MessageDbSchema.on(databases.apply(name));
    }

    /**
     * Creates it if it is missing.
     *
     * @return whether it was
     * @throws MissingPrivilegeException naming the privilege and a statement that mends it
     * @throws SchemaException if the server refuses for another reason
     */
    public boolean create() {
        String problem = "The database " + SchemaSql.quoted(name) + " cannot be created";
        try {
            if (exists()) {
                return false;
            }
            DataSource maintenance = databases.apply(MAINTENANCE);
            SchemaTransaction.look(maintenance, transaction -> requireCreatable(transaction, problem));
            SchemaTransaction.runAlone(maintenance, SchemaSql.createDatabase(name));
            return true;
        } catch (SQLException e) {
            if (SchemaErrors.isDatabaseExists(e)) {
                return false;
            }
            throw SchemaErrors.translate(problem, e);
        }
    }

    /** Without the maintenance database, to which not everybody may connect. */
    private boolean exists() throws SQLException {
        try {
            return SchemaTransaction.look(databases.apply(name), transaction -> true);
        } catch (SQLException e) {
            if (SchemaErrors.isNoSuchDatabase(e)) {
                return false;
            }
            throw e;
        }
    }

    private boolean requireCreatable(SchemaTransaction transaction, String problem) throws SQLException {
        transaction.text(SchemaSql.DATABASE_NAME, name);
        MessageDbSchema.requirePrivileges(transaction, problem, SchemaSql.MISSING_TO_CREATE_DATABASE);
        return true;
    }

    /**
     * Drops it with Message DB, and the role too if nothing else needs it, as the original's uninstalling does. Refused
     * where there are tables of others in it, and while anybody is connected.
     *
     * @param role of the programs that used it
     * @param removal whether messages may go
     * @throws MessagesPresentException if there are messages that may not go
     * @throws MissingPrivilegeException naming the privilege and a statement that mends it
     * @throws SchemaException if there are other tables, or the server refuses for another reason
     */
    public Uninstalled drop(String role, Removal removal) {
        String problem = "The database " + SchemaSql.quoted(name) + " cannot be dropped";
        DataSource maintenance = databases.apply(MAINTENANCE);
        try {
            if (!exists()) {
                return new Uninstalled(false, dropRole(maintenance, role));
            }
            SchemaTransaction.run(
                    databases.apply(name), transaction -> requireDroppable(transaction, problem, removal));
            SchemaTransaction.runAlone(maintenance, SchemaSql.dropDatabase(name));
            return new Uninstalled(true, dropRole(maintenance, role));
        } catch (SQLException e) {
            throw SchemaErrors.translate(problem, e);
        }
    }

    private static @Nullable String dropRole(DataSource maintenance, String role) throws SQLException {
        return SchemaTransaction.run(maintenance, transaction -> Uninstallation.dropRole(transaction, role))
                .orElse(null);
    }

    private static boolean requireDroppable(SchemaTransaction transaction, String problem, Removal removal)
            throws SQLException {
        MessageDbSchema.requirePrivileges(transaction, problem, SchemaSql.MISSING_TO_DROP_DATABASE);
        transaction.execute(SchemaSql.CATALOG_PATH);
        List<String> others = transaction.rows(SchemaSql.OTHER_TABLES, row -> row.getString(1));
        if (!others.isEmpty()) {
            throw new SchemaException(
                    "%s: it has %d other table(s), such as %s. Uninstall the schema alone, or drop the"
                                    .formatted(
                                            problem,
                                            others.size(),
                                            String.join(", ", others.subList(0, Math.min(NAMED_TABLES, others.size()))))
                            + " database yourself");
        }
        if (transaction.isTrue(SchemaSql.IS_PRESENT)) {
            Uninstallation.requireNoMessages(transaction, removal);
        }
        return true;
    }
}
