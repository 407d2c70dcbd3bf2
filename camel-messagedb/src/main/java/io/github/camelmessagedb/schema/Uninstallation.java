package io.github.camelmessagedb.schema;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Removes Message DB's objects and, if nothing else needs it, the role. */
final class Uninstallation {

    static final String PROBLEM = "Message DB cannot be uninstalled";

    private Uninstallation() {}

    static Uninstalled run(SchemaTransaction transaction, String role, Removal removal) throws SQLException {
        transaction.execute(SchemaSql.LOCK);
        boolean present = transaction.isTrue(SchemaSql.IS_PRESENT);
        if (present) {
            MessageDbSchema.requirePrivileges(transaction, PROBLEM, SchemaSql.MISSING_TO_UNINSTALL);
            requireNoMessages(transaction, removal);
            transaction.execute(SchemaSql.CATALOG_PATH);
            transaction.execute(SchemaSql.script("uninstall.sql"));
        }
        return new Uninstalled(present, dropRole(transaction, role).orElse(null));
    }

    /** Nobody writes a message from here on to the end of the transaction. */
    static void requireNoMessages(SchemaTransaction transaction, Removal removal) throws SQLException {
        transaction.execute(SchemaSql.LOCK_MESSAGES);
        @Nullable String lastPosition = transaction.text(SchemaSql.LAST_POSITION);
        if (lastPosition != null && removal != Removal.EVEN_WITH_MESSAGES) {
            throw new MessagesPresentException(transaction.text(SchemaSql.CURRENT_DATABASE), lastPosition);
        }
    }

    /** Answers why it is kept, or nothing. */
    static Optional<String> dropRole(SchemaTransaction transaction, String role) throws SQLException {
        var plain = transaction.rows(SchemaSql.IS_PLAIN_ROLE, row -> row.getBoolean(1), role);
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> refusal = plain.get(0)
                ? transaction.attempt(SchemaSql.dropRole(role))
                : Optional.of("it is more than a role to write and read messages with");
        return refusal.map(reason -> "The role %s is kept: %s. Whoever may can drop it with: %s;"
                .formatted(role, reason, SchemaSql.dropRole(role)));
    }
}
