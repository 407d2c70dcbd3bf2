package io.github.camelmessagedb.schema;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Message DB's objects in one database: the schema {@code message_store} with its table, functions, indexes and views,
 * and the role that may use them. They are drop-in for those of the original Message DB 1.3.0.
 *
 * <p>Works under any autocommit default and any search_path of the data source, and leaves its connections as they
 * were. Each call is one transaction: it does all that it says or, with an exception, nothing.
 *
 * @since 0.1.0
 */
public final class MessageDbSchema {

    /** The role of the original. */
    public static final String DEFAULT_ROLE = "message_store";

    private final DataSource dataSource;
    private final String role;

    private MessageDbSchema(DataSource dataSource, String role) {
        this.dataSource = dataSource;
        this.role = role;
    }

    /** What {@link #install()} found or did. */
    public enum Outcome {
        /** All objects were created. */
        INSTALLED,
        /** There was a Message DB, of whatever making and version; it was left exactly as it is. */
        ALREADY_PRESENT
    }

    /**
     * The schema in the data source's database, and the role {@code message_store}.
     *
     * @param dataSource to install, it must be of a superuser, or of a role with CREATEROLE and with CREATE on the
     *     database; where the role {@code message_store} exists already, CREATEROLE is not needed
     */
    public static MessageDbSchema on(DataSource dataSource) {
        return new MessageDbSchema(dataSource, DEFAULT_ROLE);
    }

    /**
     * The same for programs that log in with another role: it is the one that gets the privileges, is created where it is
     * missing, and is verified and dropped. The schema's name stays {@code message_store}; a role that is created here has
     * it in its search_path, one that exists is left as it is.
     */
    public MessageDbSchema withRole(String name) {
        return new MessageDbSchema(dataSource, name);
    }

    /**
     * Installs Message DB, in one transaction, unless there is one. Any number of programs may do so at once, also on
     * several databases of one cluster: one installs, the others wait for it and find it present.
     *
     * <p>The role is created with LOGIN and without a password if it is missing. What is created belongs to the data
     * source's role.
     *
     * @throws MissingPrivilegeException naming the privilege and a statement that mends it
     * @throws SchemaException if the database refuses for another reason
     */
    public Outcome install() {
        return change("Message DB cannot be installed", this::installUnlessPresent);
    }

    /**
     * Brings Message DB from version 1.0.0 or later to 1.3.0, in one transaction, while programs go on writing and reading.
     * No message is touched. Functions that changed since then are replaced; what else somebody changed is left for
     * {@link #verify()} to tell.
     *
     * @throws MissingPrivilegeException naming the privilege and a statement that mends it
     * @throws SchemaException if there is no Message DB, one of a version that is not known here, or objects that depend
     *     on what has to be replaced
     */
    public UpdateOutcome update() {
        return change("Message DB cannot be updated", Update::run);
    }

    /**
     * Holds Message DB against what it should be, and says in words what is missing or different, what that means, and
     * how to mend it. Any role can ask: the catalogs are open to all, and what else a role may not look at is said.
     *
     * @throws SchemaException if the database refuses to say
     */
    public Verification verify() {
        try {
            return SchemaTransaction.look(dataSource, transaction -> {
                transaction.text(SchemaSql.GRANTEE, role);
                List<Finding> findings = new ArrayList<>(new Comparison(Item.inventory(transaction), role).findings());
                Positions.verify(transaction).ifPresent(findings::add);
                findings.sort(Comparator.comparing(Finding::severity));
                return new Verification(findings);
            });
        } catch (SQLException e) {
            throw SchemaErrors.translate("Message DB cannot be verified", e);
        }
    }

    /**
     * Removes Message DB from the database, unless it holds messages: its schema and, if nothing else needs it, the role.
     * The extension pgcrypto stays.
     *
     * @throws MessagesPresentException if there are messages
     * @throws MissingPrivilegeException naming the privilege and a statement that mends it
     * @throws SchemaException if objects of others depend on Message DB, or are in its schema
     */
    public Uninstalled uninstall() {
        return uninstall(Removal.ONLY_WITHOUT_MESSAGES);
    }

    /**
     * As {@link #uninstall()}, and also where there are messages if that is said: they are deleted for good.
     *
     * @param removal whether messages may go
     */
    public Uninstalled uninstall(Removal removal) {
        return change(Uninstallation.PROBLEM, transaction -> Uninstallation.run(transaction, role, removal));
    }

    /**
     * Deletes all messages for good, and begins their global positions anew. Positions that consumers stored in Message
     * DB are messages too. Consumers that run meanwhile must be stopped before: they would wait for positions that will
     * not come soon.
     *
     * @throws MissingPrivilegeException naming the privilege and a statement that mends it
     * @throws SchemaException if there is no Message DB
     */
    public void clearMessages() {
        String problem = "The messages cannot be deleted";
        change(problem, transaction -> {
            requirePrivileges(transaction, problem, SchemaSql.MISSING_TO_CLEAR);
            transaction.execute(SchemaSql.CLEAR);
            return true;
        });
    }

    /**
     * What {@code message_store_version()} answers, or empty where it is not installed.
     *
     * @throws SchemaException if the database refuses to say
     */
    public Optional<String> version() {
        try {
            return SchemaTransaction.look(
                    dataSource,
                    transaction -> transaction.isTrue(SchemaSql.HAS_VERSION)
                            ? Optional.of(transaction.text(SchemaSql.VERSION))
                            : Optional.empty());
        } catch (SQLException e) {
            throw SchemaErrors.translate("Message DB's version cannot be read", e);
        }
    }

    private <T> T change(String problem, SchemaTransaction.Work<T> work) {
        try {
            return SchemaTransaction.run(dataSource, transaction -> {
                transaction.text(SchemaSql.GRANTEE, role);
                return work.in(transaction);
            });
        } catch (SQLException e) {
            throw SchemaErrors.translate(problem, e);
        }
    }

    private Outcome installUnlessPresent(SchemaTransaction transaction) throws SQLException {
        if (transaction.isTrue(SchemaSql.IS_PRESENT)) {
            return Outcome.ALREADY_PRESENT;
        }
        transaction.execute(SchemaSql.LOCK);
        if (transaction.isTrue(SchemaSql.IS_PRESENT)) {
            return Outcome.ALREADY_PRESENT;
        }
        requirePrivileges(transaction, "Message DB cannot be installed", SchemaSql.MISSING_TO_INSTALL);
        transaction.execute(SchemaSql.SEARCH_PATH);
        for (String script : SchemaSql.SCRIPTS) {
            transaction.execute(SchemaSql.script(script, role));
        }
        return Outcome.INSTALLED;
    }

    static void requirePrivileges(SchemaTransaction transaction, String problem, String query) throws SQLException {
        List<MissingPrivilege> missing =
                transaction.rows(query, row -> new MissingPrivilege(row.getString(1), row.getString(2)));
        if (!missing.isEmpty()) {
            throw new MissingPrivilegeException(problem, transaction.text(SchemaSql.CURRENT_ROLE), missing);
        }
    }
}
